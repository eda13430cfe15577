import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type DataFrame, EngineError, JobScope, SparkSession } from "../../runtime/index.ts";
import type { LocalEngine } from "../../runtime/engines/local-engine.ts";
import { engines, remoteOf, sessionFor } from "../support/engines.ts";
import { prepare, rounds } from "../support/death-rounds.ts";
import { allGone, descendants, pidGone } from "../support/processes.ts";

const runtime = new URL("../../runtime/index.ts", import.meta.url).href;

describe.each(engines)("the engine's life on %s", (engine) => {
  const context = sessionFor(engine);

  test("killed in the middle of a job: one message, then a new engine with views and settings", async (test) => {
    const own = context.spark.engine as LocalEngine;
    if (!own.isLocal) test.skip("ENGINES=spark without SPARK_REMOTE, so that the engine is ours to kill");
    await context.spark.range(5).createOrReplaceTempView("five");
    await context.spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
    const job = crossJoin(context.spark).count();
    setTimeout(() => process.kill(own.pid!, "SIGKILL"), 300);
    const error = await job.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineError);
    expect((error as Error).message).toContain("was killed by SIGKILL in the middle of a job.\nRun it again");
    expect(await context.spark.table("five").count()).toBe(5);
    expect(await context.spark.conf.get("spark.sql.session.timeZone")).toBe("Asia/Tokyo");
  }, 240_000);

  test("a worker killed in a job, and one in its second attempt, fail it; the next job works, with views and settings", async (test) => {
    const { spark } = context;
    if (!spark.engine.isLocal)
      test.skip("ENGINES=spark without SPARK_REMOTE, so that the workers are ours to kill");
    await prepare(spark);
    await rounds.worker(spark, 300);
  }, 240_000);

  test("killed at any moment with several jobs running: each says so, and the next call works", async (test) => {
    const { spark } = context;
    if (spark.engine.name !== "sail") test.skip("ENGINES=sail npm test -- lifecycle");
    await spark.range(8).createOrReplaceTempView("eight");
    for (const delayMs of [0, 20, 80, 160, 320]) {
      expect(await spark.table("eight").count()).toBe(8);
      const spinning = spark.sparkContext.parallelize([1, 2], 2).map(() => {
        for (;;);
      });
      const jobs = [crossJoin(spark).count(), spark.range(1e8).collect(), spinning.count()];
      const outcomes = Promise.allSettled(jobs);
      await sleep(delayMs);
      process.kill((spark.engine as LocalEngine).pid!, "SIGKILL");
      for (const outcome of await outcomes) {
        expect(outcome).toMatchObject({
          status: "rejected",
          reason: {
            name: "EngineError",
            message: expect.stringContaining("was killed by SIGKILL in the middle of a job."),
          },
        });
      }
    }
  });

  test("a cancelled job that Sail would compute for ever costs it its process, not the session its views", async (test) => {
    const { spark } = context;
    if (spark.engine.name !== "sail") test.skip("ENGINES=sail npm test -- lifecycle");
    await spark.range(6).createOrReplaceTempView("six");
    const before = spark.engine.generation;
    const scope = new JobScope();
    const endless = scope.run(() => crossJoin(spark).count());
    setTimeout(() => scope.cancel(new Error("stopped")), 300);
    await expect(endless).rejects.toThrow("stopped");
    expect(await spark.table("six").count()).toBe(6);
    expect(spark.engine.generation).toBe(before + 1);
  });

  test("a query called while the engine is deaf to a cancellation runs on the next one", async (test) => {
    const { spark } = context;
    if (spark.engine.name !== "sail") test.skip("ENGINES=sail npm test -- lifecycle");
    await spark.range(7).createOrReplaceTempView("seven");
    const before = spark.engine.generation;
    const scope = new JobScope();
    const endless = scope.run(() => crossJoin(spark).count());
    endless.catch(() => {});
    await sleep(300);
    await stopProcess((spark.engine as LocalEngine).pid!);
    scope.cancel(new Error("stopped"));
    await sleep(10);
    expect(await spark.table("seven").count()).toBe(7);
    await expect(endless).rejects.toThrow("stopped");
    expect(spark.engine.generation).toBe(before + 1);
  });

  test("a script ends by itself, and its engine with it", async () => {
    const script = `
      import { SparkSession } from ${JSON.stringify(runtime)};
      const spark = await SparkSession.builder.getOrCreate();
      console.log(await spark.range(7).count(), spark.engine.pid);`;
    const { stdout, code } = await run(script, engine);
    expect(code).toBe(0);
    const [count, pid] = stdout.trim().split(" ");
    expect(count).toBe("7");
    if (pid !== "undefined") await pidGone(Number(pid));
  }, 240_000);

  test("a script that is killed leaves no engine", async () => {
    const script = `
      import { SparkSession } from ${JSON.stringify(runtime)};
      const spark = await SparkSession.builder.getOrCreate();
      console.log("ready");
      await spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0").count();`;
    const child = start(script, engine);
    const said = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => "ended")]);
    expect(String(said)).toBe("ready\n");
    const started = descendants(child.pid!);
    if (context.spark.engine.isLocal) expect(started.length).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await allGone(started);
  }, 240_000);

  test("stop() cancels what runs, and each call of it waits for the end", async () => {
    const script = `
      import { SparkSession } from ${JSON.stringify(runtime)};
      const spark = await SparkSession.builder.getOrCreate();
      const job = spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0").count();
      const rows = spark.range(3e6).toLocalIterator();
      await rows.next();
      void spark.stop();
      await spark.stop();
      console.log(spark.engine.isLocal ? spark.engine.pid : undefined);
      const told = async () => { for await (const row of rows); };
      for (const { reason } of await Promise.allSettled([job, told()])) console.log(reason.message);`;
    const { stdout, code } = await run(script, engine);
    const cancelled =
      "OPERATION_CANCELED: the job was stopped by stop().\nRun it again if you want its result.\n";
    expect(stdout).toBe(`undefined\n${cancelled}${cancelled}`);
    expect(code).toBe(0);
  }, 240_000);

  test("a stopped session says so, and the builder makes a new one", async () => {
    const script = `
      import { SparkSession } from ${JSON.stringify(runtime)};
      const spark = await SparkSession.builder.getOrCreate();
      await spark.stop();
      try { await spark.range(1).count(); } catch (error) { console.log(error.message); }
      console.log(await (await SparkSession.builder.getOrCreate()).range(2).count());`;
    const { stdout } = await run(script, engine);
    expect(stdout).toBe(
      "This session was stopped.\nMake a new one: `const spark = await SparkSession.builder.getOrCreate()`.\n2\n",
    );
  }, 240_000);
});

test("a server that isn't there is named with its address", async () => {
  const script = `
    import { SparkSession } from ${JSON.stringify(runtime)};
    try { await SparkSession.builder.remote("sc://127.0.0.1:1/;token=secret").getOrCreate(); }
    catch (error) { console.log(error.message); }`;
  const { stdout } = await run(script, "sail");
  expect(stdout).toContain("sc://127.0.0.1:1");
  expect(stdout).toContain("Check that the server runs and that its address is right (SPARK_REMOTE)");
  expect(stdout).not.toContain("secret");
});

test("an engine that nobody knows is named with those there are", () => {
  expect(() => SparkSession.builder.remote("yarn").lazy()).toThrow(
    'No engine is called "yarn".\nUse "sc://host:15002"',
  );
});

/** Stops a process as SIGSTOP does, and waits until each of its threads has taken notice. */
async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  const states = () =>
    readdirSync(`/proc/${pid}/task`).map(
      (task) => readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8").split(") ")[1][0],
    );
  await expect.poll(() => new Set(states()), { interval: 5 }).toEqual(new Set(["T"]));
}

/** Rows enough for hours. */
function crossJoin(spark: SparkSession): DataFrame {
  return spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0");
}

function start(script: string, engine: string) {
  const env = { ...process.env, SPARK_REMOTE: remoteOf(engine) };
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function run(script: string, engine: string): Promise<{ stdout: string; code: number | null }> {
  const child = start(script, engine);
  let stdout = "";
  child.stdout.on("data", (data) => (stdout += data));
  const [code] = (await once(child, "close")) as [number | null];
  return { stdout, code };
}
