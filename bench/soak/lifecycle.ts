// `npm run soak lifecycle [-- --sail N] [--spark N] [--seed N] [--save]`: engine, worker and client are killed with
// SIGKILL in the middle of jobs, and cross joins interrupted, so many times on each engine, at random moments. Nothing
// may be left, nothing hang, views and settings must come back, and an interrupt on Sail free the session in 3 s.
import { SparkSession } from "../../runtime/index.ts";
import { prepare, rounds } from "../../tests/support/death-rounds.ts";
import { descendants } from "../../tests/support/processes.ts";
import { randomFrom } from "../../tests/support/random.ts";
import { benchOptions, median, saveResult } from "../support/report.ts";

const {
  sail,
  spark: onSpark,
  seed,
  save,
} = benchOptions({ sail: 50, spark: 10, seed: Date.now() % 1_000_000 });
const random = randomFrom(seed);
console.log(`seed ${seed}`);

const report: Record<string, object> = {};
let isRight = true;
for (const [name, times] of [
  ["sail", sail],
  ["local[2]", onSpark],
] as const) {
  const spark = await SparkSession.builder.remote(name).getOrCreate();
  await prepare(spark);
  const counts = { engine: 0, worker: 0, client: 0, interrupt: 0 };
  const freeMs: number[] = [];
  const failures: string[] = [];
  for (let i = 0; i < times; i++) {
    for (const kind of Object.keys(counts) as (keyof typeof counts)[]) {
      const afterMs = random(kind === "interrupt" ? 1000 : 600);
      try {
        const took = await rounds[kind](spark, afterMs);
        if (kind === "interrupt") freeMs.push(took as number);
        counts[kind]++;
      } catch (error) {
        failures.push(`${kind} ${i}, after ${afterMs} ms: ${(error as Error).message}`);
        console.log(failures.at(-1));
      }
    }
    console.log(`${name}: ${i + 1} of ${times}`);
  }
  await spark.stop();
  const orphans = descendants(process.pid).filter(({ command }) =>
    /serve\.py|rdd-worker|SparkSubmit/.test(command),
  );
  const slowest = Math.round(Math.max(...freeMs));
  report[name] = {
    counts,
    failures,
    orphans: orphans.length,
    freeMs: { median: Math.round(median(freeMs)), slowest },
  };
  if (failures.length + orphans.length > 0 || (name === "sail" && slowest > 3000)) isRight = false;
}
console.dir(report, { depth: 4 });
if (save) saveResult("soak-lifecycle", { seed, ...report, isRight });
process.exit(isRight ? 0 : 1);
