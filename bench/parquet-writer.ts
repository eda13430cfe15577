// `npm run bench parquet-writer [-- --rounds N] [--events N] [--save]`: from JSON events to zstd Parquet by our own way, by
// nodejs-polars, by DuckDB and by JSON.parse with hyparquet-writer, each in a process of its own, by turns. The two that aren't
// dependencies are installed into .sightline/bench. Goal: ours takes less memory than each, and at most 1.5 times the processor
// time: the native ones read whole files, guess types anew for each, and know nothing of bad records, offsets or partitions.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventsFile } from "./parquet-writer/events-file.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

interface Measure {
  readonly rows: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMemoryMB: number;
}

const names = ["sightline", "polars", "duckdb", "hyparquet"];
const { rounds, events, save } = benchOptions({ rounds: 3, events: 1_000_000 });
const folder = join(import.meta.dirname, "..", ".sightline", "bench", "parquet-writer");
const path = join(folder, `events-${events}.ndjson`);
install();
eventsFile(path, events);

const measures = new Map<string, Measure[]>(names.map((name) => [name, []]));
for (let round = 1; round <= rounds; round++) {
  for (const name of names) {
    const measure = run(name);
    if (measure.rows !== events) throw new Error(`${name} wrote ${measure.rows} of ${events} rows.`);
    measures.get(name)!.push(measure);
    console.log(`round ${round}  ${line(name, measure)}`);
  }
}
const results = names.map((name) => ({ name, ...middle(measures.get(name)!) }));
for (const { name, ...result } of results) console.log(`median   ${line(name, result)}`);
const [ours, ...others] = results;
const ratios = Object.fromEntries(
  others.map(({ name, cpuSeconds, peakMemoryMB }) => [
    name,
    { cpu: ours.cpuSeconds / cpuSeconds, memory: ours.peakMemoryMB / peakMemoryMB },
  ]),
);
for (const [name, { cpu, memory }] of Object.entries(ratios)) {
  const isReached = cpu <= 1.5 && memory < 1;
  if (!isReached) process.exitCode = 1;
  console.log(
    `ratio    ${cpu.toFixed(2)} of the CPU and ${memory.toFixed(2)} of the memory of ${name} (goal: at most 1.5, below 1): ${isReached ? "reached" : "MISSED"}`,
  );
}
if (save) saveResult("parquet-writer", { events, ratios, results });

function run(name: string): Measure {
  const script = join(import.meta.dirname, "parquet-writer", "measure.ts");
  return JSON.parse(execFileSync(process.execPath, [script, name, path], { encoding: "utf8" })) as Measure;
}

function middle(each: readonly Measure[]): Measure {
  const of = (key: keyof Measure) => median(each.map((measure) => measure[key]));
  return {
    rows: of("rows"),
    bytes: of("bytes"),
    cpuSeconds: of("cpuSeconds"),
    wallSeconds: of("wallSeconds"),
    peakMemoryMB: of("peakMemoryMB"),
  };
}

function line(name: string, { cpuSeconds, wallSeconds, peakMemoryMB, bytes }: Measure): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  return `${name.padEnd(9)}  ${cpuSeconds.toFixed(2)} CPU s  ${wallSeconds.toFixed(2)} s  ${peakMemoryMB} MB memory  ${megabytes} MB Parquet`;
}

function install(): void {
  if (existsSync(join(folder, "node_modules", "hyparquet-writer"))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  console.log("Installing DuckDB and hyparquet-writer into .sightline/bench/parquet-writer …");
  const packages = ["@duckdb/node-api@1.5.6-r.1", "hyparquet-writer@0.17.0"];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder, stdio: "inherit" });
}
