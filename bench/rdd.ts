// `npm run bench rdd [-- --rounds N] [--megabytes N] [--save]`: processor time of textFile → map → count over one file, ours on
// the embedded engine and PySpark's, by turns. Goal: ours uses less (ratio below 1).
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { logFile } from "./rdd/log-file.ts";
import { treeCpuSeconds } from "./rdd/process-tree.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const root = join(import.meta.dirname, "..");
const python = join(root, ".sightline", "spark", "bin", "python");

interface Measure {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/** A program that answers paths with numbers, and whose processes' time is counted. */
class Peer {
  readonly name: string;
  readonly measures: Measure[] = [];
  readonly #child: ChildProcess;
  readonly #answers: Interface;

  constructor(name: string, command: readonly string[]) {
    this.name = name;
    const [file, ...args] = command;
    this.#child = spawn(file, args, { cwd: root, env: process.env, stdio: ["pipe", "pipe", "ignore"] });
    this.#answers = createInterface({ input: this.#child.stdout! });
  }

  async run(path: string): Promise<Measure & { readonly count: number }> {
    const start = performance.now();
    const before = treeCpuSeconds(this.#child.pid!);
    const answer = new Promise<string>((resolve, reject) => {
      this.#answers.once("line", resolve);
      this.#child.once("exit", (code) => reject(new Error(`${this.name} ended with ${code}.`)));
    });
    this.#child.stdin!.write(`${path}\n`);
    const count = Number(await answer);
    const cpuSeconds = treeCpuSeconds(this.#child.pid!) - before;
    return { count, cpuSeconds, wallSeconds: (performance.now() - start) / 1000 };
  }

  end(): Promise<void> {
    const exited = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.stdin!.end();
    return exited;
  }
}

const { rounds, megabytes, save } = benchOptions({ rounds: 3, megabytes: 300 });
const path = join(root, ".sightline", "bench", `log-${megabytes}.txt`);
const warmUp = join(root, ".sightline", "bench", "log-1.txt");
logFile(path, megabytes * 1e6);
logFile(warmUp, 1e6);

const peers = [
  new Peer("sightline", [process.execPath, join(import.meta.dirname, "rdd", "sightline-peer.ts")]),
];
if (existsSync(python))
  peers.push(new Peer("pyspark", [python, join(import.meta.dirname, "rdd", "pyspark_peer.py")]));
else console.log("SKIP PySpark's side: npm run setup -- --spark");

for (const peer of peers) await peer.run(warmUp);
const counts = new Set<number>();
for (let round = 1; round <= rounds; round++) {
  for (const peer of peers) {
    const { count, ...measure } = await peer.run(path);
    counts.add(count);
    peer.measures.push(measure);
    const { cpuSeconds, wallSeconds } = measure;
    console.log(
      `round ${round}  ${peer.name.padEnd(9)}  ${cpuSeconds.toFixed(2)} CPU s  ${wallSeconds.toFixed(2)} s`,
    );
  }
}
await Promise.all(peers.map((peer) => peer.end()));
if (counts.size !== 1) throw new Error(`The peers don't count the same: ${[...counts].join(", ")}.`);

const results = peers.map(({ name, measures }) => ({
  name,
  cpuSeconds: median(measures.map((measure) => measure.cpuSeconds)),
  wallSeconds: median(measures.map((measure) => measure.wallSeconds)),
  rounds: measures,
}));
for (const { name, cpuSeconds, wallSeconds } of results) {
  console.log(`median   ${name.padEnd(9)}  ${cpuSeconds.toFixed(2)} CPU s  ${wallSeconds.toFixed(2)} s`);
}
const [ours, theirs] = results;
const ratio = theirs && ours.cpuSeconds / theirs.cpuSeconds;
if (ratio !== undefined) {
  console.log(
    `ratio    ${ratio.toFixed(2)} of PySpark's CPU (goal: below 1): ${ratio < 1 ? "reached" : "MISSED"}`,
  );
  if (ratio >= 1) process.exitCode = 1;
}
if (save) saveResult("rdd", { megabytes, lines: [...counts][0], ratio, results });
