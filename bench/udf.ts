// `npm run bench udf [-- --rounds N] [--rows N] [--save]`: a scalar function over a million rows on the embedded engine: ours
// in Node, PySpark's plain `udf` and its arrow-optimised one in Python, on one engine process each, by turns.
// Goal: ours takes less time than either (ratios below 1).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SparkSession, sum, udf } from "../runtime/index.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const python = join(import.meta.dirname, "..", ".venv", "bin", "python");
const { rounds, rows, save } = benchOptions({ rounds: 5, rows: 1_000_000 });

/** What makes a round: resolves with the sum of the function's values. */
type Round = () => Promise<number>;

async function ours(): Promise<{ run: Round; end: () => Promise<void> }> {
  const spark = await SparkSession.builder.remote("sail").getOrCreate();
  const length = udf((n: number, text: string) => (n % 7) + text.length, "int");
  const df = spark.range(rows).selectExpr("id", "concat('host-', id) AS text");
  return {
    run: async () => {
      const [row] = await df.agg(sum(length("id", "text")).alias("total")).collect();
      return row.total as number;
    },
    end: () => spark.stop(),
  };
}

/** PySpark's client on a Sail of its own; answers a line for each that it is sent. */
function peer(useArrow: boolean): { run: Round; end: () => Promise<void> } {
  const script = join(import.meta.dirname, "udf", "pyspark_peer.py");
  const child = spawn(python, [script, String(rows), String(useArrow)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const answers = createInterface({ input: child.stdout });
  return {
    run: () =>
      new Promise((resolve, reject) => {
        answers.once("line", (line) => resolve(Number(line)));
        child.once("exit", (code) => reject(new Error(`PySpark's side ended with ${code}.`)));
        child.stdin.write("run\n");
      }),
    end: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.stdin.end();
      }),
  };
}

if (!existsSync(python)) throw new Error("There is no .venv with pyspark.\nMake it: npm run setup");
const sides = { sightline: await ours(), udf: peer(false), arrow: peer(true) };
const names = Object.keys(sides) as (keyof typeof sides)[];
const seconds = { sightline: [] as number[], udf: [] as number[], arrow: [] as number[] };
const totals = new Set<number>();
for (const name of names) totals.add(await sides[name].run()); // engines and workers start
for (let round = 0; round < rounds; round++) {
  for (const name of names) {
    const start = performance.now();
    totals.add(await sides[name].run());
    seconds[name].push((performance.now() - start) / 1000);
  }
}
for (const name of names) await sides[name].end();
if (totals.size !== 1) throw new Error(`The sides disagree: ${[...totals].join(", ")}.`);

const [mine, plain, arrow] = names.map((name) => median(seconds[name]));
const [udfRatio, arrowRatio] = [mine / plain, mine / arrow];
console.log(`${rows} rows: ours ${mine.toFixed(2)} s`);
console.log(`  PySpark udf              ${plain.toFixed(2)} s, ratio ${udfRatio.toFixed(2)} (goal: below 1)`);
console.log(
  `  PySpark udf(useArrow)    ${arrow.toFixed(2)} s, ratio ${arrowRatio.toFixed(2)} (goal: below 1)`,
);
if (save)
  saveResult("udf", { rounds, rows, udfRatio, arrowRatio, seconds: { sightline: mine, udf: plain, arrow } });
if (udfRatio > 1 || arrowRatio > 1) process.exitCode = 1;
