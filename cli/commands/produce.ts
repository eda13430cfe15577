import { createTopic, IngestError, produce as send } from "../../runtime/index.ts";
import { CommandError } from "../command-error.ts";
import { commandOptions } from "../command-options.ts";
import { checkFiles, recordsOf } from "../ingest/record-files.ts";
import type { Command } from "../main.ts";

const usage = `sightline produce --topic NAME [options] FILE …

Sends the records of files to a Kafka topic, in their order, each once. Files ending in .ndjson, .jsonl, .log, .csv
or .txt are one record a line, all others one record each; .gz and .zst are unpacked; - is standard input, by lines.

  --topic NAME         the topic
  --brokers HOST:PORT  one or more, with commas        (default 127.0.0.1:9092)
  --create             makes the topic if it isn't there
  --partitions N       of a topic that is made          (default 6)
  --lines, --whole     a record a line; the whole file as one record
  --key FIELD          the field of JSON records whose value is the key: records of one key stay in order
  --compression NAME   none, gzip, snappy, lz4 or zstd  (default zstd)`;

const options = {
  topic: { type: "string" },
  brokers: { type: "string", default: "127.0.0.1:9092" },
  create: { type: "boolean" },
  partitions: { type: "string", default: "6" },
  lines: { type: "boolean" },
  whole: { type: "boolean" },
  key: { type: "string" },
  compression: { type: "string", default: "zstd" },
  help: { type: "boolean", short: "h" },
} as const;

export const produce: Command = {
  summary: "Sends files to a Kafka topic. --help shows the options.",
  async run(args) {
    const { values, positionals } = commandOptions("sightline produce", args, options);
    if (values.help) {
      console.log(usage);
      return 0;
    }
    const { topic, brokers } = values;
    if (!topic) throw new CommandError("sightline produce needs the name of a topic.\nAdd --topic NAME.", 2);
    if (positionals.length === 0)
      throw new CommandError("sightline produce was given no file.\nName some, or - for standard input.", 2);
    checkFiles(positionals);
    const isLines = values.lines ? true : values.whole ? false : undefined;
    try {
      if (values.create) {
        const partitions = Number(values.partitions);
        if (!Number.isInteger(partitions) || partitions < 1)
          throw new CommandError(
            `--partitions was given ${values.partitions}.\nPass a whole number above 0.`,
            2,
          );
        await createTopic({ brokers, topic, partitions });
      }
      for (const file of positionals) {
        const records = recordsOf(file, { isLines });
        const compression = values.compression as "zstd";
        const sent = await send({ brokers, topic, compression }, withKeys(records, values.key));
        console.log(`${file}: ${sent.records} records, ${sent.bytes} bytes, to ${topic}`);
      }
      return 0;
    } catch (error) {
      if (error instanceof IngestError) throw new CommandError(error.message, 1);
      throw error;
    }
  },
};

async function* withKeys(records: AsyncIterable<Buffer>, field: string | undefined) {
  for await (const value of records) yield field === undefined ? value : { key: keyOf(value, field), value };
}

function keyOf(value: Buffer, field: string): string | undefined {
  try {
    const found: unknown = JSON.parse(value.toString("utf8"))[field];
    return found === undefined || found === null ? undefined : String(found);
  } catch {
    // What isn't JSON is sent all the same: whoever reads the topic sees what came.
    return undefined;
  }
}
