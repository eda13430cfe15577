// Deaths in the middle of jobs: of the engine, of a worker, of the whole client; and interrupts. The tests run each
// round once, `npm run soak lifecycle` many times. Each round throws when something is left, hangs or doesn't come back.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalEngine } from "../../runtime/engines/local-engine.ts";
import { type DataFrame, EngineError, JobScope, type SparkSession } from "../../runtime/index.ts";
import { allGone, descendants, spinningWorkers } from "./processes.ts";

const runtime = new URL("../../runtime/index.ts", import.meta.url).href;
/** Nothing here takes this long on a machine that is busy with other things too. */
const hangMs = 120_000;

/** The rounds on one session; `afterMs` is how long the job runs before the death. */
export const rounds = {
  engine: (spark: SparkSession, afterMs: number) => within("the engine's death", engineDies(spark, afterMs)),
  worker: (spark: SparkSession, afterMs: number) => within("a worker's death", workerDies(spark, afterMs)),
  client: (spark: SparkSession, afterMs: number) => within("the client's death", clientDies(spark, afterMs)),
  interrupt: (spark: SparkSession, afterMs: number) => within("an interrupt", interrupted(spark, afterMs)),
};

/** What the rounds look for afterwards. */
export async function prepare(spark: SparkSession): Promise<void> {
  await spark.range(5).createOrReplaceTempView("five");
  await spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
}

async function engineDies(spark: SparkSession, afterMs: number): Promise<void> {
  const engine = spark.engine as LocalEngine;
  await expectAlive(spark);
  const started = descendants(engine.pid!);
  const outcome = outcomeOf(endless(spark).count());
  await sleep(afterMs);
  process.kill(engine.pid!, "SIGKILL");
  const error = await outcome;
  if (
    !(error instanceof EngineError) ||
    !error.message.includes("was killed by SIGKILL in the middle of a job.")
  ) {
    throw new Error(`The engine's death was told as: ${String(error)}`);
  }
  await allGone(started);
  await expectAlive(spark);
}

async function workerDies(spark: SparkSession, afterMs: number): Promise<void> {
  const job = spark.sparkContext.parallelize([1, 2], 2).map(() => {
    for (;;);
  });
  const outcome = outcomeOf(job.count());
  // The stage is run again after the first death, not after the second.
  for (const death of [1, 2]) {
    let workers = spinningWorkers();
    // Those of an engine that died before may be among the first.
    for (let since = 0; since < afterMs || workers.length === 0; since += 50) {
      await sleep(50);
      workers = spinningWorkers();
    }
    process.kill(workers[0].pid, "SIGKILL");
    if (death === 1) await allGone(workers);
  }
  const error = await outcome;
  if (!(error instanceof Error)) throw new Error("A job whose worker was killed twice ended as a success.");
  await allGone(spinningWorkers());
  await expectAlive(spark);
  const doubled = await spark.sparkContext
    .parallelize([1, 2], 2)
    .map((x) => x * 2)
    .collect();
  if (doubled.join() !== "2,4") throw new Error(`After a worker's death a job gave ${doubled.join()}.`);
}

async function clientDies(spark: SparkSession, afterMs: number): Promise<void> {
  const script = `
    import { SparkSession } from ${JSON.stringify(runtime)};
    const spark = await SparkSession.builder.getOrCreate();
    await spark.range(1).count();
    console.log("ready");
    await spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0").count();`;
  const env = { ...process.env, SPARK_REMOTE: spark.engine.name === "sail" ? "sail" : "local[2]" };
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => "ended")]);
  if (String(said) !== "ready\n") throw new Error(`The client said ${String(said)}.`);
  await sleep(afterMs);
  const started = descendants(child.pid!);
  if (started.length === 0) throw new Error("The client has no engine.");
  child.kill("SIGKILL");
  await allGone(started);
}

/** Gives how long the session wasn't free after it. */
async function interrupted(spark: SparkSession, afterMs: number): Promise<number> {
  const scope = new JobScope();
  const outcome = outcomeOf(scope.run(() => endless(spark).count()));
  await sleep(afterMs);
  const began = performance.now();
  scope.cancel(new Error("stopped by hand"));
  const error = await outcome;
  if (!(error instanceof Error) || error.message !== "stopped by hand") {
    throw new Error(`An interrupted cross join ended as: ${String(error)}`);
  }
  await expectAlive(spark);
  return performance.now() - began;
}

async function expectAlive(spark: SparkSession): Promise<void> {
  const count = await spark.table("five").count();
  const zone = await spark.conf.get("spark.sql.session.timeZone");
  if (count !== 5 || zone !== "Asia/Tokyo")
    throw new Error(`The view has ${count} rows, the zone is ${zone}.`);
}

/** Rows enough for hours. */
function endless(spark: SparkSession): DataFrame {
  return spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0");
}

/** What a job failed with, or that it didn't. */
function outcomeOf(job: Promise<unknown>): Promise<unknown> {
  return job.then(
    (value) => `the result ${String(value)}`,
    (error: unknown) => error,
  );
}

async function within<T>(what: string, round: Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const hung = sleep(hangMs, undefined, { signal: deadline.signal }).then(
    () => {
      throw new Error(`After ${what} nothing went on for ${hangMs / 1000} s.`);
    },
    () => undefined as never,
  );
  try {
    return await Promise.race([round, hung]);
  } finally {
    deadline.abort();
  }
}
