// The processes that run functions on executors: how many, how large, how they end.
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { EngineError, JobScope, PlanError, udf } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";
import { allGone, descendants } from "../support/processes.ts";

const memorySetting = "spark.sightline.worker.memory";
const workers = () => descendants(process.pid).filter(({ command }) => command.includes("-worker.cjs"));
const untilThere = async (file: string) => {
  while (!existsSync(file)) await sleep(20);
};

describe.each(engines)("the workers of functions on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const failure = (job: Promise<unknown>) =>
    job.then(
      () => expect.unreachable("it succeeded"),
      (error: Error) => error,
    );
  const requireLocal = (skip: (note: string) => never) => {
    if (!context.spark.engine.isLocal)
      skip("unset SPARK_REMOTE: the workers of another machine aren't seen here");
  };
  afterEach(() => context.spark.conf.unset(memorySetting));

  test.each<[string, (n: number) => unknown]>([
    [
      "objects",
      () => {
        const all = [];
        for (let i = 0; ; i++) all.push({ i });
      },
    ],
    [
      "buffers outside of the heap",
      () => {
        const all = [];
        for (;;) all.push(Buffer.alloc(1 << 20, 1));
      },
    ],
  ])(
    "one that fills its memory with %s is ended, with what to do, and the next job works",
    async (_, fill) => {
      await context.spark.conf.set(memorySetting, "256m");
      const error = await failure(sc().parallelize([1], 1).map(fill).collect());
      expect(error).toBeInstanceOf(EngineError);
      const [what, remedy] = error.message.split("\n");
      expect(what).toMatch(/^A Node process on the executor \S+ used more than 256 MB of memory\.$/);
      expect(remedy).toContain('await spark.conf.set("spark.sightline.worker.memory", "4g");');
      expect(await sc().parallelize([1, 2], 2).count()).toBe(2);
    },
  );

  test("a function over columns has the same limit", async () => {
    await context.spark.conf.set(memorySetting, "256m");
    const greedy = udf((n: number) => {
      const all = [];
      for (;;) all.push({ n });
    }, "int");
    const error = await failure(context.spark.range(1).select(greedy("id")).collect());
    expect(error.message).toContain("used more than 256 MB of memory.");
  });

  test("one allocation that is too large is an error of the function", async () => {
    await context.spark.conf.set(memorySetting, "256m");
    const error = await failure(
      sc()
        .parallelize([1], 1)
        .map(() => Buffer.alloc(2 ** 31, 1).length)
        .collect(),
    );
    expect(error.message).toMatch(/^RangeError: .*allocat/);
  });

  test.each([
    ["lots", 'is "lots", which isn\'t an amount of memory.'],
    ["-5g", 'is "-5g", which isn\'t an amount of memory.'],
    ["255m", 'is "255m", too little for Node.'],
    ["1024k", 'is "1024k", too little for Node.'],
  ])("the setting %s is refused before the job, and can be mended", async (value, what) => {
    await context.spark.conf.set(memorySetting, value);
    const error = await failure(sc().parallelize([1], 1).count());
    expect(error).toBeInstanceOf(PlanError);
    expect(error.message.split("\n")).toEqual([
      `${memorySetting} ${what}`,
      `Give 256m or more, as in await spark.conf.set("${memorySetting}", "2g");`,
    ]);
    await context.spark.conf.set(memorySetting, "1g");
    expect(await sc().parallelize([1], 1).count()).toBe(1);
  });

  test("one that is killed is tried again, and told by its signal when that one dies too", async ({
    skip,
  }) => {
    requireLocal(skip);
    const folder = context.folder;
    const dying = (times: number) => (n: number) => {
      const fs = process.getBuiltinModule("node:fs");
      const marks = fs.readdirSync(folder).filter((name) => name.startsWith(`killed-${times}-`));
      if (n === 2 && marks.length < times) {
        fs.writeFileSync(`${folder}/killed-${times}-${marks.length}`, "");
        process.kill(process.pid, "SIGKILL");
      }
      return n;
    };
    const once = dying(1);
    const twice = dying(2);
    const pair = sc().parallelize([1, 2], 2);
    expect(await pair.map(once).collect()).toEqual([1, 2]);
    const error = await failure(pair.map(twice).collect());
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain(
      "The Node process was ended by SIGKILL in the middle of the stage.\nRun it again",
    );
    expect(await pair.map(twice).collect()).toEqual([1, 2]);
  });

  test("what functions have started ends with them", async ({ skip }) => {
    requireLocal(skip);
    const file = join(context.folder, `child-${engine}`);
    const scope = new JobScope();
    const job = scope.run(() =>
      sc()
        .parallelize([1], 1)
        .map(() => {
          const { spawn } = process.getBuiltinModule("node:child_process");
          const { pid } = spawn("sleep", ["1000"], { stdio: "ignore" });
          process.getBuiltinModule("node:fs").writeFileSync(file, String(pid));
          for (;;);
        })
        .count(),
    );
    const outcome = failure(job);
    await untilThere(file);
    const pid = await vi.waitUntil(() => Number(readFileSync(file, "utf8")));
    scope.cancel(new Error("stopped by hand"));
    expect((await outcome).message).toBe("stopped by hand");
    await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 });
  });

  test("cancelling a DataFrame of an RDD ends its spinning workers, and the session goes on", async ({
    skip,
  }) => {
    requireLocal(skip);
    const { spark } = context;
    const generation = spark.engine.generation;
    await spark.range(3).createOrReplaceTempView("three");
    const file = join(context.folder, `spinning-${engine}`);
    const spinning = sc()
      .parallelize([1], 1)
      .map((n): [number] => {
        process.getBuiltinModule("node:fs").writeFileSync(file, "");
        for (;;) if (n < 0) return [n];
      });
    const scope = new JobScope();
    const outcome = failure(scope.run(() => spark.createDataFrame(spinning, "n int").count()));
    await untilThere(file);
    const seen = workers();
    expect(seen.length).toBeGreaterThan(0);
    scope.cancel(new Error("stopped by hand"));
    expect((await outcome).message).toBe("stopped by hand");
    await allGone(seen.filter(({ pid }) => isComputing(pid)));
    expect(await spark.table("three").count()).toBe(3);
    expect(spark.engine.generation).toBe(generation);
  });

  test(
    "many jobs at a time have a bounded number of them, and idle ones end",
    { timeout: 120_000 },
    async ({ skip }) => {
      requireLocal(skip);
      const busy = (n: number) => {
        for (const end = Date.now() + 200; Date.now() < end;);
        return n;
      };
      let most = 0;
      const jobs = Array.from({ length: 12 }, () => sc().parallelize([1, 2, 3, 4], 4).map(busy).count());
      const watching = setInterval(() => (most = Math.max(most, workers().length)), 100);
      expect(await Promise.all(jobs)).toEqual(jobs.map(() => 4));
      clearInterval(watching);
      expect(most).toBeGreaterThan(0);
      // On Spark each task slot has a Python process, and that its own workers.
      expect(most).toBeLessThanOrEqual(5 * Math.max(2, availableParallelism()));
      await vi.waitUntil(() => workers().length === 0, { timeout: 100_000, interval: 500 });
    },
  );
});

function isRunning(pid: number): boolean {
  return !"XZ".includes(stateOf(pid));
}

function isComputing(pid: number): boolean {
  return stateOf(pid) === "R";
}

/** As the kernel has it; X for one that is gone. */
function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))![1];
  } catch {
    return "X";
  }
}
