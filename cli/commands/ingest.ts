import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  ingest as startIngest,
  IngestError,
  type IngestOptions,
  type IngestProgress,
} from "../../runtime/index.ts";
import { CommandError } from "../command-error.ts";
import { commandOptions } from "../command-options.ts";
import type { Command } from "../main.ts";

const usage = `sightline ingest CONFIG.ts [options]

Brings Kafka topics into a table of Parquet files until Ctrl-C. CONFIG.ts exports what ingest() takes:

  import { feeds, kafka, parquet } from "sightline";
  export default {
    from: kafka({ brokers: "127.0.0.1:9092", topics: ["siem"], groupId: "lake" }),
    parse: { siem: feeds.json() },
    to: parquet("hdfs://127.0.0.1:9000/lake"),
  };

  --available-now   takes what Kafka holds now, and ends
  --every SECONDS   says this often how far it is  (default 10)`;

const options = {
  "available-now": { type: "boolean" },
  every: { type: "string", default: "10" },
  help: { type: "boolean", short: "h" },
} as const;

export const ingest: Command = {
  summary: "Brings Kafka topics into Parquet, as a config says. --help shows the options.",
  async run(args) {
    const { values, positionals } = commandOptions("sightline ingest", args, options);
    if (values.help) {
      console.log(usage);
      return 0;
    }
    if (positionals.length !== 1)
      throw new CommandError("sightline ingest takes one config.\nsightline ingest CONFIG.ts", 2);
    const everyMs = Number(values.every) * 1000;
    if (!(everyMs > 0)) throw new CommandError(`--every was given ${values.every}.\nPass seconds.`, 2);
    const ingestOptions = await load(positionals[0]);
    try {
      const trigger = values["available-now"]
        ? { ...ingestOptions.trigger, availableNow: true }
        : ingestOptions.trigger;
      return await run({ ...ingestOptions, trigger }, everyMs);
    } catch (error) {
      if (error instanceof Error && "code" in error === false && !(error instanceof IngestError)) throw error;
      throw new CommandError((error as Error).message, 1);
    }
  },
};

async function run(options: IngestOptions, everyMs: number): Promise<number> {
  const job = startIngest(options);
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    console.log("Stopping: what was read is being committed. A second Ctrl-C doesn't wait for it.");
    void job.stop().catch(() => {});
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  const timer = setInterval(() => console.log(line(job.progress)), everyMs);
  try {
    console.log(line(await job.finished));
    return 0;
  } finally {
    clearInterval(timer);
  }
}

function line({ state, rows, rate, lag, files, deadLetters, lostRecords, problem }: IngestProgress): string {
  const facts = [
    state,
    `${rows} rows`,
    `${rate} rows/s`,
    `lag ${lag}`,
    `${files} files`,
    `${deadLetters} dead letters`,
    ...(lostRecords > 0 ? [`${lostRecords} gone from Kafka before they were read`] : []),
  ];
  return facts.join(" · ") + (problem === undefined ? "" : ` · ${problem}`);
}

async function load(path: string): Promise<IngestOptions> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new CommandError(`There is no config ${path}.\nsightline ingest --help shows one.`, 2);
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: IngestOptions };
    if (module.default) return module.default;
  } catch (error) {
    if (error instanceof IngestError || (error as Error).name === "FeedError")
      throw new CommandError(`${path}: ${(error as Error).message}`, 2);
    throw new CommandError(`${path} can't be loaded: ${(error as Error).message}\nMend it and try again.`, 2);
  }
  throw new CommandError(`${path} has no default export.\nsightline ingest --help shows one.`, 2);
}
