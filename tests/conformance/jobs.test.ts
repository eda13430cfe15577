// Tags, interrupts and progress of jobs.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type DataFrame, type ExecutionProgress, functions as F, SparkError } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

describe.each(engines)("jobs on %s", (engine) => {
  const context = sessionFor(engine);

  /** Rows enough for hours. */
  const endless = (): DataFrame =>
    context.spark.range(1e7).crossJoin(context.spark.range(1e6).toDF("b")).filter("id + b < 0");
  /** Collects the ids of the operations that a function starts. */
  const operationsOf = (): Set<string> => {
    const ids = new Set<string>();
    const { spark } = context;
    const handler = ({ operationId }: ExecutionProgress) => void ids.add(operationId);
    spark.registerProgressHandler(handler);
    onTestFinished(() => spark.removeProgressHandler(handler));
    return ids;
  };
  const failureOf = (job: Promise<unknown>) =>
    job.then(
      () => undefined,
      (error: unknown) => error as SparkError,
    );

  function expectStopped(error: SparkError | undefined, by: string): void {
    expect(error).toBeInstanceOf(SparkError);
    expect(error).toMatchObject({ errorClass: "OPERATION_CANCELED", sqlState: "HY008" });
    expect(error!.message).toBe(
      `OPERATION_CANCELED: the job was stopped by ${by}.\nRun it again if you want its result.`,
    );
  }

  test("interruptTag stops what has the tag, says which, and leaves the rest and the session alone", async () => {
    const { spark } = context;
    const ids = operationsOf();
    spark.addTag("nightly");
    spark.addTag("häufig ☂");
    const job = failureOf(endless().count());
    spark.removeTag("nightly");
    spark.clearTags();
    expect(spark.getTags()).toEqual(new Set());
    await sleep(engine === "spark" ? 3000 : 500);
    expect(await spark.interruptTag("weekly")).toEqual([]);
    const stopped = await spark.interruptTag("häufig ☂");
    expectStopped(await job, 'interruptTag("häufig ☂")');
    expect(stopped).toHaveLength(1);
    expect(ids).toContain(stopped[0]);
    expect(await spark.range(3).count()).toBe(3);
  });

  test("interruptAll stops every job, and where nothing runs interrupts stop nothing", async () => {
    const { spark } = context;
    expect(await spark.interruptAll()).toEqual([]);
    expect(await spark.interruptOperation("00000000-0000-4000-8000-000000000000")).toEqual([]);
    const jobs = [endless().count(), endless().collect()].map(failureOf);
    await sleep(engine === "spark" ? 3000 : 500);
    const stopped = await spark.interruptAll();
    for (const job of jobs) expectStopped(await job, "interruptAll()");
    expect(new Set(stopped).size).toBe(2);
    expect(await spark.range(3).count()).toBe(3);
  });

  test("interruptOperation stops one operation by the id that handlers are told", async (test) => {
    const { spark } = context;
    if (engine === "sail") test.skip("ENGINES=spark npx vitest run tests/conformance/jobs.test.ts");
    const ids = operationsOf();
    const one = failureOf(endless().count());
    await expect.poll(() => ids.size, { timeout: 20_000 }).toBe(1);
    expect(await spark.interruptOperation([...ids][0])).toEqual([...ids]);
    expectStopped(await one, "interruptOperation()");
    expect(await spark.range(3).count()).toBe(3);
  });

  test("a job that was called and isn't sent yet is stopped too", async () => {
    const { spark } = context;
    const waiting = spark.withTags(["waiting"], () => failureOf(endless().count()));
    await spark.interruptTag("waiting");
    expectStopped(await waiting, 'interruptTag("waiting")');
    expect(await spark.range(3).count()).toBe(3);
  });

  test("tags of functions that run side by side stay theirs", async () => {
    const { spark } = context;
    const seen: string[][] = [];
    const part = (tag: string) =>
      spark.withTags([tag], async () => {
        spark.addTag(`${tag}2`);
        await spark.range(1).count();
        seen.push([...spark.getTags()]);
      });
    spark.addTag("outer");
    await Promise.all([part("a"), part("b")]);
    expect(seen.toSorted()).toEqual([
      ["outer", "a", "a2"],
      ["outer", "b", "b2"],
    ]);
    expect([...spark.getTags()]).toEqual(["outer"]);
    spark.clearTags();
  });

  test.each([
    ["", "A tag can't be the empty text."],
    ["a,b", 'The tag "a,b" has a comma, which separates tags.'],
    [7, "A tag was given as number, not text."],
    [null, "A tag was given as null, not text."],
  ])("the tag %j is refused with what to pass", (tag, message) => {
    const say = `${message}\nPass a name without commas: spark.addTag("nightly")`;
    const { spark } = context;
    expect(() => spark.addTag(tag as string)).toThrow(say);
    expect(() => spark.removeTag(tag as string)).toThrow(say);
    expect(() => spark.interruptTag(tag as string)).toThrow(say);
    expect(() => spark.withTags([tag as string], () => 1)).toThrow(say);
  });

  test("a handler hears of rows, and once of the end", async () => {
    const { spark } = context;
    const heard: ExecutionProgress[] = [];
    const handler = (progress: ExecutionProgress) => void heard.push(progress);
    spark.registerProgressHandler(handler);
    spark.registerProgressHandler(handler);
    const rows = await spark.range(0, 50_000, 1, 3).withColumn("n", F.col("id").plus(1)).collect();
    spark.removeProgressHandler(handler);
    expect(rows).toHaveLength(50_000);
    expect(heard.filter(({ done }) => done)).toHaveLength(1);
    expect(heard.at(-1)).toMatchObject({ done: true, rowsReceived: 50_000, inflightTasks: 0 });
    expect(new Set(heard.map(({ operationId }) => operationId)).size).toBe(1);
    if (engine === "sail") expect(heard.at(-1)!.stages).toEqual([]);
    const before = heard.length;
    await spark.range(2).count();
    expect(heard).toHaveLength(before);
  });

  test("a handler hears of stages and tasks while they run, where the engine tells them", async (test) => {
    const { spark } = context;
    if (engine === "sail") test.skip("ENGINES=spark npx vitest run tests/conformance/jobs.test.ts");
    const heard: ExecutionProgress[] = [];
    spark.registerProgressHandler((progress) => void heard.push(progress));
    const job = failureOf(spark.range(0, 1e12, 1, 5).filter("md5(cast(id AS string)) = ''").count());
    await expect
      .poll(() => heard.find(({ inflightTasks }) => inflightTasks > 0), { timeout: 30_000 })
      .toMatchObject({
        stages: [{ numTasks: 5, numCompletedTasks: 0, numBytesRead: 0, done: false }],
        done: false,
      });
    await spark.interruptAll();
    expectStopped(await job, "interruptAll()");
    expect(heard.at(-1)!.done).toBe(true);
    spark.clearProgressHandlers();
  });

  test("a handler that throws fails its operation, and what is no function is refused", async () => {
    const { spark } = context;
    spark.registerProgressHandler(() => {
      throw new Error("enough");
    });
    await expect(spark.range(10).collect()).rejects.toThrow("enough");
    spark.clearProgressHandlers();
    expect(await spark.range(2).count()).toBe(2);
    expect(() => spark.registerProgressHandler(7 as never)).toThrow(
      "registerProgressHandler() was given number.\nPass a function: ",
    );
  });
});
