// cache, persist and checkpoints: what is kept is computed once, and gives what it would have given.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { col, count, lit, max, rand, split } from "../../runtime/sql/functions/index.ts";
import { type DataFrame, Observation, StorageLevel } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

const someRows = "SELECT id, uuid() AS u FROM range(50)";

describe.each(engines)("%s", (engine) => {
  const context = sessionFor(engine);
  const folders = () =>
    readdirSync(context.spark.sessionFolder)
      .filter((name) => name.startsWith("kept-"))
      .map((name) => join(context.spark.sessionFolder, name));

  test("a cached frame, and frames made of it, see the same rows each time", async () => {
    const frame = context.spark.range(50).select("id", rand().alias("u")).cache();
    const first = await frame.orderBy("id").collect();
    const again = await frame.filter("id >= 0").orderBy("id").collect();
    expect(again.map((row) => row.toArray())).toEqual(first.map((row) => row.toArray()));
    expect(String(await frame.storageLevel())).toBe("Disk Memory Deserialized 1x Replicated");
    expect(await frame.isCached()).toBe(true);
    frame.unpersist(true);
    expect(await frame.isCached()).toBe(false);
    expect(await frame.storageLevel()).toEqual(StorageLevel.NONE);
  });

  test("caching changes neither order nor schema", async () => {
    const sorted = context.spark
      .range(20_000)
      .select(col("id").multiply(-1).alias("a.b"), lit(null).alias("nothing"), lit("x").alias("a.b"))
      .toDF("i", "nothing", "i")
      .orderBy("nothing");
    const plain = await sorted.schema();
    const kept = sorted.cache();
    expect(await kept.count()).toBe(20_000);
    expect((await kept.schema()).simpleString()).toBe(plain.simpleString());
    const numbers = context.spark
      .range(20_000)
      .select(col("id").multiply(-1).alias("i"))
      .orderBy("i")
      .cache();
    await numbers.count();
    const values = (await numbers.collect()).map((row) => row.get("i"));
    expect(values).toEqual(values.toSorted((a, b) => (a as number) - (b as number)));
  });

  test("columns of the frame below are still found after it was cached", async () => {
    const base = context.spark.range(5);
    const frame = base.filter(base.col("id").gt(1)).cache();
    expect(await frame.count()).toBe(3);
    expect(await frame.filter(base.col("id").gt(2)).count()).toBe(2);
  });

  test("an empty frame and one without columns can be cached", async () => {
    const empty = context.spark.range(0).cache();
    expect([await empty.count(), await empty.count(), await empty.columns()]).toEqual([0, 0, ["id"]]);
  });

  test("the files are made once, and anew when they are gone", async (test) => {
    if (engine !== "sail") test.skip("ENGINES=sail: other engines keep rows themselves");
    const before = folders();
    const frame = context.spark.range(10).cache();
    expect(folders()).toEqual(before);
    await frame.count();
    const [folder] = folders().filter((each) => !before.includes(each));
    expect(existsSync(folder)).toBe(true);
    rmSync(folder, { recursive: true });
    expect(await frame.count()).toBe(10);
    frame.unpersist(true);
    await frame.count();
    expect(folders()).toEqual(before);
  });

  test("a failure is the job's own", async () => {
    const frame = context.spark.range(1).selectExpr("CAST(concat('x', id) AS int) AS y").cache();
    await expect(frame.collect()).rejects.toThrow("x0");
  });

  test("a local checkpoint keeps the rows, computed at once or later", async () => {
    for (const eager of [true, false]) {
      const frame = context.spark.sql(someRows).localCheckpoint(eager);
      const rows = async () => (await frame.orderBy("id").collect()).map((row) => row.get("u"));
      expect(await rows()).toEqual(await rows());
    }
  });

  test("an observation tells its metrics after the first action", async () => {
    const seen = new Observation();
    const frame = context.spark.range(7).observe(seen, count(lit(1)).alias("rows"), max("id").alias("top"));
    expect(await frame.filter("id > 3").collect()).toHaveLength(3);
    expect(await seen.get).toEqual({ rows: 7, top: 6 });
  });

  test.each([
    ["count()", (frame: DataFrame) => frame.count()],
    ["count() behind a filter", (frame: DataFrame) => frame.filter("id > 3").count()],
    ["a write", (frame: DataFrame) => frame.write.parquet(`${context.folder}/${crypto.randomUUID()}`)],
  ])("%s tells an observation its metrics, of all rows that passed", async (_, act) => {
    const seen = new Observation();
    await act(context.spark.range(7).observe(seen, count(lit(1)).alias("rows"), max("id").alias("top")));
    expect(await seen.get).toEqual({ rows: 7, top: 6 });
  });

  test("what a cached frame was read from may change: its rows were computed once, until it is let go", async () => {
    const path = join(context.folder, `${crypto.randomUUID()}.txt`);
    const texts = async () => (await frame.orderBy("value").collect()).map((row) => row.value);
    writeFileSync(path, "a\nb\n");
    const frame = context.spark.read.text(path).cache();
    expect(await frame.count()).toBe(2);
    writeFileSync(path, "c\nd\n");
    expect(await texts()).toEqual(["a", "b"]);
    expect(await frame.filter("value > 'a'").count()).toBe(1);
    frame.unpersist(true);
    expect(await texts()).toEqual(["c", "d"]);
  });

  test("a frame that was asked before it was cached is kept too, with calls that an engine has in other words", async () => {
    const path = join(context.folder, `${crypto.randomUUID()}.txt`);
    writeFileSync(path, "a\nb\n");
    const frame = context.spark.read.text(path).select(split("value", "").alias("letters"));
    expect(await frame.count()).toBe(2);
    frame.cache();
    const letters = async () => (await frame.collect()).map((row) => row.letters).toSorted();
    expect(await letters()).toEqual([["a"], ["b"]]);
    writeFileSync(path, "c\nd\n");
    expect(await letters()).toEqual([["a"], ["b"]]);
    frame.unpersist(true);
    expect(await letters()).toEqual([["c"], ["d"]]);
  });
});
