// `npm run soak rdd-cluster [-- --runs N] [--save]`: on a standalone cluster of two workers, records are numbered after a
// shuffle and two repartitions, and each time the executor of one worker is killed between the map side's end and the
// fetch. The ids and their order must be the same each time, and no process may be left.
import { SparkSession } from "../../runtime/index.ts";
import { startSpark } from "../../dev/spark/start-spark.ts";
import { killedAtFetch, numberedRecords } from "../../tests/support/order-rounds.ts";
import { descendants } from "../../tests/support/processes.ts";
import { benchOptions, median, saveResult } from "../support/report.ts";

const { runs, save } = benchOptions({ runs: 30 });
const cluster = await startSpark();
const spark = await SparkSession.builder.remote(cluster.remote).getOrCreate();
const undisturbed = JSON.stringify(await numberedRecords(spark));
const seconds: number[] = [];
const failures: string[] = [];
let same = 0;
for (let run = 0; run < runs; run++) {
  const began = performance.now();
  try {
    if (JSON.stringify(await killedAtFetch(spark, cluster, run % 2)) === undisturbed) same++;
    else failures.push(`run ${run + 1}: other ids or another order`);
  } catch (error) {
    failures.push(`run ${run + 1}: ${(error as Error).message}`);
  }
  seconds.push((performance.now() - began) / 1000);
  console.log(`${run + 1} of ${runs}: ${same} the same, ${seconds.at(-1)!.toFixed(1)} s`);
}
await spark.stop();
await cluster.stop();
const left = descendants(process.pid).filter(({ command }) => /java|pyspark|\.cjs/.test(command)).length;
const records = (JSON.parse(undisturbed) as unknown[]).length;
const report = { runs, same, records, failures, left, medianSeconds: Number(median(seconds).toFixed(1)) };
const isRight = same === runs && left === 0;
console.dir(report, { depth: 4 });
if (save) saveResult("soak-rdd-cluster", { ...report, isRight });
process.exit(isRight ? 0 : 1);
