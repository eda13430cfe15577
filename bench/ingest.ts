// `npm run bench ingest [-- --rounds N] [--events N] [--save]`: events from Kafka into a table on HDFS and into one in a local
// folder, end to end, beside a consumer that drops them (the client library's own), by turns. Goals: at least 0.3 of its rate, at most 800 MB.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHdfs } from "../dev/hdfs/start-hdfs.ts";
import { startKafka } from "../dev/kafka/start-kafka.ts";
import { fillTopic } from "./ingest/events.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const topic = "bench";

interface Measure {
  readonly seconds: number;
  readonly rows: number;
  readonly peakBytes: number;
}

const { rounds, events, save } = benchOptions({ rounds: 5, events: 1_000_000 });
const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));
const kafka = await startKafka();
const hdfs = await startHdfs();
try {
  const bytes = await fillTopic(kafka.bootstrap, topic, events);
  const brokers = kafka.bootstrap.join(",");
  const measures = { drop: [] as Measure[], ingest: [] as Measure[], local: [] as Measure[] };
  for (let round = 1; round <= rounds; round++) {
    const turns = {
      drop: () => run("drop-peer.ts", [brokers, topic, String(events)]),
      ingest: () => run("ingest-peer.ts", [brokers, topic, `${hdfs.url}/lake-${round}`, hdfs.webhdfs]),
      local: () => run("ingest-peer.ts", [brokers, topic, join(folder, `lake-${round}`), ""]),
    };
    // Who goes first changes, so that neither always finds the machine warm.
    const order = (["drop", "ingest", "local"] as const).toSorted(() => (round % 2 === 0 ? 1 : -1));
    for (const name of order) {
      const measure = turns[name]();
      if (measure.rows !== events) throw new Error(`${name} had ${measure.rows} of ${events} rows.`);
      measures[name].push(measure);
      const { seconds, peakBytes } = measure;
      console.log(`round ${round}  ${name.padEnd(6)}  ${seconds.toFixed(2)} s  ${megabytes(peakBytes)} MB`);
    }
  }
  const result = (name: keyof typeof measures) => ({
    name,
    eventsPerSecond: Math.round(events / median(measures[name].map(({ seconds }) => seconds))),
    peakMegabytes: megabytes(Math.max(...measures[name].map(({ peakBytes }) => peakBytes))),
    rounds: measures[name],
  });
  const results = [result("ingest"), result("local"), result("drop")];
  const [ratio, localRatio] = results.map((each) => each.eventsPerSecond / results[2].eventsPerSecond);
  for (const { name, eventsPerSecond, peakMegabytes } of results)
    console.log(`${name.padEnd(6)}  ${eventsPerSecond} events/s  at most ${peakMegabytes} MB`);
  console.log(
    `${ratio.toFixed(2)} of the rate of a consumer that drops them into HDFS, ${localRatio.toFixed(2)} into a folder (goal ≥ 0.3)`,
  );
  if (save) saveResult("ingest", { events, bytes, ratio, localRatio, results });
} finally {
  await Promise.all([kafka.stop(), hdfs.stop()]);
  rmSync(folder, { recursive: true, force: true });
}

function run(peer: string, args: readonly string[]): Measure {
  const script = join(import.meta.dirname, "ingest", peer);
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${peer} ended with ${status}:\n${stdout}${stderr}`);
  return JSON.parse(stdout) as Measure;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
