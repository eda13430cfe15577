// Results that are read bit by bit: what they hold, and how they end.
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { count, lit, Observation, type SparkError, udf } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

describe.each(engines)("toLocalIterator on %s", (engine) => {
  const context = sessionFor(engine);

  test("gives the rows of collect, in their order", async () => {
    const df = context.spark.range(0, 100_000, 1, 4).orderBy("id");
    let next = 0;
    for await (const row of df.toLocalIterator()) if (row.id !== next++) break;
    expect(next).toBe(100_000);
  });

  test("what was read isn't kept", async () => {
    const { spark } = context;
    const df = spark.range(0, 3_000_000, 1, 1).selectExpr("id", "id * 2 AS b", "id * 3 AS c");
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const held = async () => {
      // What was looked at in this turn lives until it is over.
      await sleep(0);
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = await held();
    let rows = 0;
    const growths: number[] = [];
    for await (const _ of df.toLocalIterator())
      if (++rows > 1_500_000 && rows % 100_000 === 0) growths.push((await held()) - before);
    expect(rows).toBe(3_000_000);
    // What is on its way comes and goes, up to the connection's window and some batches; the rows so far have 36 MB and more.
    expect(Math.min(...growths)).toBeLessThan(18e6);
  });

  test("leaving the loop ends the operation", async () => {
    const { spark } = context;
    for await (const row of spark.range(3_000_000).toLocalIterator()) if (row.id === 5) break;
    await vi.waitFor(async () => expect(await spark.interruptAll()).toEqual([]));
    expect(await spark.range(3).count()).toBe(3);
  });

  test("an interrupt by tag stops it between rows", async () => {
    const { spark } = context;
    const rows = spark.range(3_000_000).toLocalIterator();
    await spark.withTags(["read"], () => rows.next());
    expect(await spark.interruptTag("read")).toHaveLength(1);
    const read = async () => {
      for await (const _ of rows);
    };
    await expect(read()).rejects.toMatchObject({ errorClass: "OPERATION_CANCELED" });
  });

  test("an observation hears its metrics", async () => {
    const seen = new Observation();
    const df = context.spark.range(1000).observe(seen, count(lit(1)).alias("rows"));
    let rows = 0;
    for await (const _ of df.toLocalIterator()) rows++;
    expect([rows, (await seen.get).rows]).toEqual([1000, 1000]);
  });

  test("a function that throws is named, as in collect", async () => {
    const { spark } = context;
    const strict = udf((x: number) => {
      if (x === 7) throw new RangeError("seven");
      return x;
    }, "int");
    const df = spark.range(10).select(strict("id"));
    const message = async (job: () => Promise<unknown>) =>
      job().then(
        () => "",
        (error: unknown) => (error as SparkError).message,
      );
    const iterated = await message(() => Array.fromAsync(df.toLocalIterator()));
    expect(iterated).toContain("seven");
    expect(iterated.split("\n")[0]).toBe((await message(() => df.collect())).split("\n")[0]);
  });
});
