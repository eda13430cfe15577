import { existsSync } from "node:fs";
import { join } from "node:path";
import { DevError } from "../../dev/dev-error.ts";
import { bringUp } from "../../dev/standing/bring-up.ts";
import { endedServers, readState, type Service, services, type Standing } from "../../dev/standing/state.ts";
import { deleteData, takeDown } from "../../dev/standing/take-down.ts";
import { places } from "../../dev/places.ts";
import { CommandError } from "../command-error.ts";
import { describe, nextSteps } from "../dev/describe.ts";
import { type DevOptions, parseDev, usage } from "../dev/options.ts";
import { runTool } from "../dev/run-tool.ts";
import type { Command } from "../main.ts";
import { Lock } from "../setup/lock.mjs";

const titles: Record<Service, string> = { kafka: "Kafka", hdfs: "HDFS", spark: "Spark" };

export const dev: Command = {
  summary: "Starts and stops real Kafka, HDFS and Spark servers on this machine. --help shows how.",
  async run(args) {
    if (args.length === 0 || args.some((arg, index) => index < 2 && (arg === "--help" || arg === "-h"))) {
      console.log(usage);
      return 0;
    }
    try {
      if (args[0] === "run") return await runTool(args.slice(1));
      const options = parseDev(args);
      if (options.word === "status") return status();
      return await alone(() => (options.word === "up" ? up(options) : down(options)));
    } catch (error) {
      if (error instanceof DevError) throw new CommandError(error.message);
      const { code, path } = error as NodeJS.ErrnoException;
      if (!code || !path) throw error;
      throw new CommandError(
        `${path} can't be used (${code}).\n` +
          "Name a folder of your own: SIGHTLINE_DEV_FOLDER=~/dev-servers npx --no-install sightline dev up",
      );
    }
  },
};

async function up({ services, brokers, dataNodes }: DevOptions): Promise<number> {
  const sizes = { kafka: brokers, hdfs: dataNodes, spark: undefined };
  const outcomes = await Promise.allSettled(services.map((service) => start(service, sizes[service])));
  const state = readState();
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as Error] : [],
  );
  // What is wrong with several is said once.
  const [first, ...others] = failures;
  for (const message of new Set(others.map((other) => other.message)))
    if (message !== first.message) console.error(message);
  if (first) throw first;
  console.log(["", "Next:", ...nextSteps(state).map((line) => `  ${line}`)].join("\n"));
  return 0;
}

async function start(service: Service, size: 1 | 3 | undefined): Promise<void> {
  const title = titles[service];
  const known = readState()[service];
  if (known) {
    const ended = endedServers(known);
    if (ended.length === 0) {
      requireSize(service, known, size);
      console.log(`${title} runs already.\n${describe(service, known).join("\n")}`);
      return;
    }
    console.log(`${ended.map((server) => server.title).join(", ")} ended meanwhile; starting ${title} anew.`);
    await takeDown(service);
  }
  console.log(`Starting ${title} …`);
  const standing = await bringUp(service, size, (line) => console.log(line));
  console.log(describe(service, standing).join("\n"));
}

function requireSize(service: Service, { servers }: Standing, size: 1 | 3 | undefined): void {
  const count = service === "kafka" ? servers.length : servers.length - 1;
  const part = service === "kafka" ? "broker" : "DataNode";
  if (size !== undefined && size !== count)
    throw new DevError(
      `${titles[service]} runs already, with ${count} ${part}${count > 1 ? "s" : ""} instead of ${size}.`,
      `Its data belongs to that number; to begin anew: npx --no-install sightline dev down ${service} --delete`,
    );
}

async function down({ services, deletes }: DevOptions): Promise<number> {
  for (const service of services) {
    const didRun = await takeDown(service);
    const hadData = existsSync(join(places.data, service));
    if (deletes) deleteData(service);
    const data = !hadData ? "" : deletes ? "; its data is removed" : "; its data is kept";
    console.log(`${titles[service]} ${didRun ? "is stopped" : "did not run"}${data}.`);
  }
  return 0;
}

function status(): number {
  const state = readState();
  for (const service of services) {
    const standing = state[service];
    if (standing) console.log(describe(service, standing).join("\n"));
    else console.log(`${titles[service].padEnd(9)}none: npx --no-install sightline dev up ${service}`);
  }
  return 0;
}

/** One `dev up` or `dev down` at a time. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = new Lock(`${places.state}.lock`);
  await lock.acquire((pid: number) => console.log(`Waiting for another sightline dev, process ${pid} …`));
  try {
    return await work();
  } finally {
    lock.release();
  }
}
