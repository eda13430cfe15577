// `npm run bench client [-- --rounds N] [--rows N] [--save]`: our client and pyspark's Connect client by turns on one
// engine: Sail, or the server that SPARK_REMOTE names. Goals: ratios at most those of `goals`.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Peer } from "./support/peer.ts";
import { startPlainSail } from "./support/plain-sail.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const python = join(import.meta.dirname, "..", ".sightline", "spark", "bin", "python");
if (!existsSync(python)) {
  console.error("pyspark's client isn't here: npm run setup -- --spark");
  process.exit(2);
}

const { rounds, rows, save } = benchOptions({ rounds: 5, rows: 5_000_000 });

/** What each task is given, and the most that ours may take of what pyspark's takes. */
const tasks = {
  // First, in a process that hasn't held anything yet: its memory is what is looked at.
  iterate: { size: rows, goals: {} },
  sql: { size: 200, goals: { seconds: 0.6 } },
  arrow: { size: rows, goals: { seconds: 0.5, cpuSeconds: 1 } },
  create: { size: Math.max(1, Math.round(rows / 5)), goals: { seconds: 1 } },
  plan: { size: 200, goals: { seconds: 0.5 } },
} as const;

interface Measure {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly grownBytes: number;
}

const sail = process.env.SPARK_REMOTE ? undefined : await startPlainSail();
const remote = sail?.remote ?? process.env.SPARK_REMOTE!;
const peers = [
  new Peer("sightline", [process.execPath, join(import.meta.dirname, "client", "sightline-peer.ts")], {
    SPARK_REMOTE: remote,
  }),
  // pyspark sends a token over plain text to this name alone.
  new Peer("pyspark", [python, join(import.meta.dirname, "client", "pyspark_peer.py")], {
    SPARK_REMOTE: remote.replace("//127.0.0.1", "//localhost"),
  }),
];

const report: Record<string, object> = {};
let isMet = true;
try {
  for (const [name, { size, goals }] of Object.entries(tasks)) {
    const measures = new Map<string, Measure[]>(peers.map((peer) => [peer.name, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const peer of peers) {
        const measure = await peer.ask<Measure>(`${name} ${size}`);
        if (round > 0) measures.get(peer.name)!.push(measure); // the first warms up
      }
    }
    const middle = (peer: string, what: keyof Measure) =>
      median(measures.get(peer)!.map((each) => each[what]));
    const compared = (["seconds", "cpuSeconds", "grownBytes"] as const).map((what) => {
      const [ours, theirs] = [middle("sightline", what), middle("pyspark", what)];
      return [what, { sightline: ours, pyspark: theirs, ratio: ours / theirs }] as const;
    });
    report[name] = { size, goals, ...Object.fromEntries(compared) };
    for (const [what, { sightline, pyspark, ratio }] of compared) {
      const goal = (goals as Record<string, number>)[what];
      if (goal !== undefined && ratio > goal) isMet = false;
      const verdict = goal === undefined ? "" : ratio <= goal ? ` ≤ ${goal}` : ` > ${goal}  MISSED`;
      const show = (value: number) =>
        what === "grownBytes" ? `${(value / 2 ** 20).toFixed(0)} MiB` : value.toFixed(4);
      console.log(
        `${name.padEnd(8)} ${what.padEnd(10)}  ours ${show(sightline)}  pyspark ${show(pyspark)}  ratio ${ratio.toFixed(2)}${verdict}`,
      );
    }
  }
} finally {
  await Promise.all(peers.map((peer) => peer.end()));
  await sail?.stop();
}
if (save)
  saveResult(sail ? "client" : "client-spark", { rounds, engine: sail ? "sail" : "spark", ...report });
process.exitCode = isMet ? 0 : 1;
