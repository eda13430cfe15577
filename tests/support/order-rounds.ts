// Whether the ids of records are the same each time, whichever order blocks come in and whoever dies meanwhile. The
// tests run it a few times, `npm run soak rdd-cluster` thirty.
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SparkCluster } from "../../dev/spark/start-spark.ts";
import type { SparkSession } from "../../runtime/index.ts";
import { descendants } from "./processes.ts";

/** An id and its record: the number of the record in all partitions, and one that needs no counting. */
export interface NumberedRecord {
  readonly index: number;
  readonly uniqueId: number;
  readonly record: readonly [string, number];
}

/** Where the reducers of a round wait: the first that has fetched makes `reached`, and goes on when `go` is there. */
export interface Gate {
  readonly reached: string;
  readonly go: string;
}

/**
 * Sums by key, repartitions twice, and numbers what comes of it.
 * @param gate where the first reducer waits, once
 * @param diesOnceAt a file that a reducer makes, and with it kills its own process
 */
export async function numberedRecords(
  spark: SparkSession,
  { parallelism = 6, gate, diesOnceAt }: { parallelism?: number; gate?: Gate; diesOnceAt?: string } = {},
): Promise<NumberedRecord[]> {
  const sums = spark.sparkContext
    .parallelize([...Array(3000).keys()], parallelism)
    .map((n): [string, number] => [`key ${n % 700}`, n])
    .reduceByKey((a, b) => a + b, parallelism)
    .mapPartitions((records) => {
      const fs = process.getBuiltinModule("node:fs");
      const isFirst = (file: string) => {
        try {
          fs.closeSync(fs.openSync(file, "wx"));
          return true;
        } catch {
          return false;
        }
      };
      if (diesOnceAt !== undefined && isFirst(diesOnceAt)) process.kill(process.pid, "SIGKILL");
      if (gate && isFirst(gate.reached))
        while (!fs.existsSync(gate.go)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      return records;
    });
  const twice = sums.repartition(parallelism + 2).repartition(parallelism - 1);
  const numbered = twice.zipWithUniqueId().zipWithIndex();
  return (await numbered.collect()).map(([[record, uniqueId], index]) => ({ index, uniqueId, record }));
}

/** The processes of the executors of a cluster, by worker. */
export function executorsOf(cluster: SparkCluster): number[][] {
  return cluster.servers
    .slice(1, -1)
    .map(({ pid }) =>
      descendants(pid).flatMap((process) =>
        process.command.includes("CoarseGrainedExecutorBackend") ? [process.pid] : [],
      ),
    );
}

/** Numbers records while the executor of a worker is killed between the writing of a shuffle and its reading. */
export async function killedAtFetch(
  spark: SparkSession,
  cluster: SparkCluster,
  worker: number,
): Promise<NumberedRecord[]> {
  const gate = { reached: join(cluster.folder, "reached"), go: join(cluster.folder, "go") };
  const job = numberedRecords(spark, { gate });
  // A failure is told by the await below.
  job.catch(() => closeSync(openSync(gate.reached, "w")));
  while (!existsSync(gate.reached)) await sleep(20);
  const [executor] = executorsOf(cluster)[worker];
  if (executor !== undefined) process.kill(executor, "SIGKILL");
  closeSync(openSync(gate.go, "w"));
  try {
    const records = await job;
    if (executor === undefined) throw new Error(`Worker ${worker} had no executor to kill.`);
    return records;
  } finally {
    rmSync(gate.reached, { force: true });
    rmSync(gate.go, { force: true });
    // The next round is to find both.
    while (executorsOf(cluster).some((pids) => pids.length === 0 || pids.includes(executor))) await sleep(50);
  }
}
