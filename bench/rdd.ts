// `npm run bench rdd [-- --rounds N] [--programs a,b] [--engines a,b] [--scale N] [--save]`: RDD programs on the same files, by
// turns: ours on the embedded engine and on Spark, PySpark's RDD with two cores, and one Node process written by hand. Fails
// when a goal of bench/rdd/program-list.ts is missed, or the answers differ. `--scale 0.01` is for a quick trial. With
// `--programs`, `--save` replaces the figures of those programs only: all seven take an hour.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dataFile } from "./rdd/data-files.ts";
import { type MemorySeen, watchMemory } from "./rdd/memory-watch.ts";
import { treeCpuSeconds } from "./rdd/process-tree.ts";
import { type Figures, type Program, programList, workerMegabytes } from "./rdd/program-list.ts";
import { Peer } from "./support/peer.ts";
import { benchOptions, median, readResult, saveResult } from "./support/report.ts";

const python = join(import.meta.dirname, "..", ".sightline", "spark", "bin", "python");
const programFile = (name: string) => join(import.meta.dirname, "rdd", "programs", name);
const commands: Readonly<Record<string, readonly string[]>> = {
  pyspark: [python, programFile("pyspark_rdd.py")],
  sail: [process.execPath, programFile("sightline.ts"), "sail"],
  spark: [process.execPath, programFile("sightline.ts"), "local[2]"],
  // It holds everything in memory.
  node: [process.execPath, "--max-old-space-size=12000", programFile("node.ts")],
};
const ours = ["sail", "spark"];
/** Sessions that have run some cells: a JVM's first jobs cost twice as much as its tenth. */
const warmUps = 10;

interface Result extends Figures {
  readonly name: string;
  readonly workers?: MemorySeen;
  readonly rounds: readonly Figures[];
}

const { rounds, scale, programs, engines, save } = benchOptions(
  { rounds: 3, scale: 1 },
  { programs: Object.keys(programList), engines: Object.keys(commands) },
);
const hasSpark = existsSync(python);
if (!hasSpark) console.log("SKIP what runs on Spark: npm run setup -- --spark");
const peerNames = engines.filter((name) => hasSpark || name === "sail" || name === "node");

const report: Record<string, object> = {};
let missed = 0;
for (const name of programs) {
  const program = programList[name];
  console.log(`\n${name}: ${program.title}${scale === 1 ? "" : `, at ${scale} of that`}`);
  const { answer, results } = await measure(name, program);
  const goals = results
    .filter((result) => ours.includes(result.name))
    .flatMap((result) => reached(program, result, results));
  missed += goals.filter(({ isReached }) => !isReached).length;
  report[name] = { title: program.title, scale, answer, goals, results };
}
if (save) {
  const saved = (readResult("rdd") as { programs?: object } | undefined)?.programs;
  const all: Record<string, object> = { ...saved, ...report };
  const inOrder = Object.keys(programList).flatMap((name) => (all[name] ? [[name, all[name]]] : []));
  saveResult("rdd", { programs: Object.fromEntries(inOrder) as object });
}
if (missed > 0) {
  console.log(`\n${missed} goals MISSED`);
  process.exitCode = 1;
}

async function measure(name: string, { files }: Program) {
  const ask = (at: number) =>
    JSON.stringify({ program: name, paths: files.map((file) => dataFile(file, at)) });
  const question = ask(scale);
  const warmUp = ask(scale / 100);
  const peers = peerNames.map((peer) => new Peer(peer, commands[peer]));
  const measures = new Map<string, Figures[]>(peerNames.map((peer) => [peer, []]));
  const answers = new Set<string>();
  const workers = new Map<string, MemorySeen>();
  try {
    for (const peer of peers) for (let i = 0; i < warmUps; i++) await peer.ask(warmUp);
    const watches = peers.map(({ pid }) => watchMemory(pid, "rdd-worker"));
    for (let round = 1; round <= rounds; round++) {
      for (const peer of peers) {
        const { answer, ...figures } = await run(peer, question);
        answers.add(answer);
        measures.get(peer.name)!.push(figures);
        console.log(`  round ${round}  ${line(peer.name, figures)}`);
      }
    }
    for (const [index, peer] of peers.entries()) workers.set(peer.name, watches[index]());
  } finally {
    await Promise.all(peers.map((peer) => peer.end()));
  }
  if (answers.size !== 1) throw new Error(`The answers to ${name} differ: ${[...answers].join(" and ")}.`);
  const results = peerNames.map((peer): Result => {
    const all = measures.get(peer)!;
    return {
      name: peer,
      cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
      wallSeconds: median(all.map(({ wallSeconds }) => wallSeconds)),
      ...(ours.includes(peer) && { workers: workers.get(peer) }),
      rounds: all,
    };
  });
  for (const result of results) {
    const { workers: seen } = result;
    const memory = seen
      ? `  ${seen.processes} workers, ${seen.peakMegabytes} MB at most${seen.hasSpilled ? ", spilled" : ""}`
      : "";
    console.log(`  median   ${line(result.name, result)}${memory}`);
  }
  return { answer: JSON.parse([...answers][0]) as unknown, results };
}

async function run(peer: Peer, question: string): Promise<Figures & { readonly answer: string }> {
  const before = treeCpuSeconds(peer.pid);
  const start = performance.now();
  const answer = JSON.stringify(await peer.ask(question));
  const wallSeconds = (performance.now() - start) / 1000;
  return { answer, wallSeconds, cpuSeconds: treeCpuSeconds(peer.pid) - before };
}

/** Says which of a program's goals a result reaches; those whose peer didn't run are left out. */
function reached({ goals }: Program, result: Result, results: readonly Result[]) {
  const found = goals.flatMap(({ figure, peer, atMost }) => {
    const other = results.find((each) => each.name === peer);
    if (!other) return [];
    const ratio = result[figure] / other[figure];
    const what = `${result.name}: ${ratio.toFixed(2)} × ${peer}'s ${figure === "cpuSeconds" ? "CPU" : "time"}`;
    return [{ what, ratio, atMost, isReached: ratio <= atMost }];
  });
  const { peakMegabytes } = result.workers!;
  const memory = {
    what: `${result.name}: ${peakMegabytes} MB in a worker`,
    ratio: peakMegabytes / workerMegabytes,
    atMost: 1,
    isReached: peakMegabytes <= workerMegabytes,
  };
  for (const { what, atMost, isReached } of found) {
    console.log(`  ${what} (goal: ${atMost}): ${isReached ? "REACHED" : "MISSED"}`);
  }
  console.log(`  ${memory.what} (goal: ${workerMegabytes}): ${memory.isReached ? "REACHED" : "MISSED"}`);
  return [...found, memory];
}

function line(name: string, { cpuSeconds, wallSeconds }: Figures): string {
  return `${name.padEnd(8)} ${cpuSeconds.toFixed(2).padStart(7)} CPU s ${wallSeconds.toFixed(2).padStart(7)} s`;
}
