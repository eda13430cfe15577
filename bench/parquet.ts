// `npm run bench parquet [-- --megabytes N] [--rounds N] [--save]`: a data set of 450 columns as CSV and as Parquet: its size,
// and the time to count it, by `count()` and with a predicate, and to group it. Goals on Sail: 45 times smaller, 29 times
// faster. ENGINES=spark measures Spark over growing sizes: its fixed cost for each job hides the difference in small files.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { col, type DataFrame, SparkSession } from "../runtime/index.ts";
import { wideCsv } from "./parquet/wide-csv.ts";
import { startPlainSail } from "./support/plain-sail.ts";
import { benchOptions, median, saveResult } from "./support/report.ts";

const goals = { smaller: 45, faster: 29 };
const { megabytes, rounds, save } = benchOptions({ megabytes: 1100, rounds: 5 });
const folder = join(import.meta.dirname, "..", ".sightline", "bench");
mkdirSync(folder, { recursive: true });

const questions: Record<string, (df: DataFrame) => Promise<unknown>> = {
  count: (df) => df.count(),
  "count where": (df) => df.filter("severity = 'critical'").count(),
  "filter, group": (df) => df.filter("severity = 'critical'").groupBy("event_type").count().collect(),
};

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Milliseconds, and the bytes that the engine read where its process is known. */
async function measure(ask: () => Promise<unknown>, pid: number | undefined) {
  const before = pid && bytesRead(pid);
  const start = performance.now();
  await ask();
  const milliseconds = performance.now() - start;
  return { milliseconds, bytesRead: pid && bytesRead(pid) - before! };
}

function bytesRead(pid: number): number {
  return Number(/^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))![1]);
}

async function compare(spark: SparkSession, size: number, pid: number | undefined) {
  const csvPath = join(folder, `wide-${size}.csv`);
  const parquetPath = join(folder, `wide-${size}-${process.pid}.parquet`);
  wideCsv(csvPath, size * 1e6);
  const csv = spark.read.csv(csvPath, { header: true });
  await csv.write.parquet(parquetPath, { mode: "overwrite" });
  try {
    const parquet = spark.read.parquet(parquetPath);
    const smaller = sizeOf(csvPath) / sizeOf(parquetPath);
    console.log(`${size} MB: Parquet is ${smaller.toFixed(1)} times smaller`);
    const times: Record<string, object> = {};
    for (const [name, ask] of Object.entries(questions)) {
      const taken: { csv: number[]; parquet: number[] } = { csv: [], parquet: [] };
      let read: { csv?: number; parquet?: number } = {};
      for (let round = 0; round <= rounds; round++) {
        const [ofCsv, ofParquet] = [
          await measure(() => ask(csv), pid),
          await measure(() => ask(parquet), pid),
        ];
        if (round === 0) continue; // warms up
        taken.csv.push(ofCsv.milliseconds);
        taken.parquet.push(ofParquet.milliseconds);
        read = { csv: ofCsv.bytesRead, parquet: ofParquet.bytesRead };
      }
      const [csvMs, parquetMs] = [median(taken.csv), median(taken.parquet)];
      const faster = csvMs / parquetMs;
      times[name] = { csvMs, parquetMs, faster, bytesRead: read };
      const bytes = pid ? `; bytes read ${read.csv} and ${read.parquet}` : "";
      console.log(
        `${name.padEnd(14)} CSV ${csvMs.toFixed(0)} ms, Parquet ${parquetMs.toFixed(1)} ms: ${faster.toFixed(1)} times faster${bytes}`,
      );
    }
    await showPruning(parquet, pid);
    return { megabytes: size, smaller, times };
  } finally {
    rmSync(parquetPath, { recursive: true, force: true });
  }
}

/** What the plan reads, and what was read, for one column with a predicate and for all of them. */
async function showPruning(parquet: DataFrame, pid: number | undefined): Promise<void> {
  const narrow = parquet.filter("severity = 'critical'").select(col("bytes_in"));
  console.log("The plan of one column with a predicate:");
  await narrow.explain();
  if (!pid) return;
  const one = await measure(() => narrow.toArrow(), pid);
  const all = await measure(() => parquet.toArrow(), pid);
  console.log(`bytes read: ${one.bytesRead} for one column with a predicate, ${all.bytesRead} for all`);
}

const engines = (process.env.ENGINES ?? "sail").split(",");
let isMet = true;
for (const engine of engines) {
  const sail = engine === "sail" ? await startPlainSail() : undefined;
  const remote = sail?.remote ?? process.env.SPARK_REMOTE ?? "local[*]";
  const spark = await SparkSession.builder.remote(remote).getOrCreate();
  try {
    const sizes = sail ? [megabytes] : [megabytes / 4, megabytes / 2, megabytes].map(Math.round);
    const results = [];
    for (const size of sizes) results.push(await compare(spark, size, sail?.pid));
    if (sail) {
      const [{ smaller, times }] = results;
      const counts = [times.count, times["count where"]] as { faster: number }[];
      isMet &&= smaller >= goals.smaller && counts.every(({ faster }) => faster >= goals.faster);
      console.log(
        `Goals: ${goals.smaller} times smaller, ${goals.faster} times faster: ${isMet ? "met" : "MISSED"}`,
      );
    }
    if (save) saveResult(sail ? "parquet" : "parquet-spark", { rounds, goals, results });
  } finally {
    await spark.stop();
    await sail?.stop();
  }
}
process.exitCode = isMet ? 0 : 1;
