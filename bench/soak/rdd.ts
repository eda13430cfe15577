// `npm run soak rdd [-- --rounds N] [--engines sail,spark] [--save]`: twenty jobs of every kind, ten times on each engine, so
// 200 jobs in a row on one session. Afterwards there may be no more processes, file handles, memory and files of the
// session than after the first rounds, which warm up.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SparkSession } from "../../runtime/index.ts";
import { processTree } from "../rdd/process-tree.ts";
import { benchOptions, saveResult } from "../support/report.ts";
import { jobs } from "./rdd/jobs.ts";
import { growth, type Snapshot, snapshot } from "./rdd/snapshot.ts";

const remotes: Readonly<Record<string, string>> = { sail: "sail", spark: "local[2]" };
const { rounds, engines, save } = benchOptions({ rounds: 10 }, { engines: Object.keys(remotes) });
/** The first rounds fill pools and caches, and V8 and the JVM compile. */
const warmUpRounds = Math.floor(rounds * 0.4);
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const report: Record<string, object> = {};
let isRight = true;
for (const engine of engines) {
  const folder = mkdtempSync(join(tmpdir(), "sightline-soak-"));
  const spark = await SparkSession.builder.remote(remotes[engine]).getOrCreate();
  const snapshots: Snapshot[] = [];
  const failures: string[] = [];
  let done = 0;
  for (let round = 1; round <= rounds; round++) {
    for (const [name, job] of Object.entries(jobs)) {
      try {
        await job({ spark, folder, round });
        done++;
      } catch (error) {
        failures.push(`${name}, round ${round}: ${(error as Error).message}`);
        console.log(failures.at(-1));
      }
    }
    // What a cancelled job leaves is removed within five seconds.
    await sleep(6000);
    collectGarbage();
    await sleep(200);
    snapshots.push(snapshot(spark.sessionFolder));
    console.log(`${engine}: round ${round} of ${rounds}`, JSON.stringify(snapshots.at(-1)));
  }
  const grown = growth(snapshots.slice(warmUpRounds));
  await spark.stop();
  rmSync(folder, { recursive: true });
  const left = processTree(process.pid).length - 1;
  report[engine] = { jobs: done, failures, grown, leftAtEnd: left, snapshots };
  console.log(
    `${engine}: ${done} jobs, ${failures.length} failures. ${grown.join("; ") || "Nothing has grown."}`,
  );
  if (failures.length + grown.length + left > 0) isRight = false;
}
if (save) saveResult("soak-rdd", { ...report, isRight });
process.exit(isRight ? 0 : 1);
