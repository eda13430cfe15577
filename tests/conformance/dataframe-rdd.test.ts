// A DataFrame's rows as records, and records as rows.
import { describe, expect, test } from "vitest";
import { Decimal, desc, type Row, type Timestamp } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

describe.each(engines)("DataFrames and RDDs on %s", (engine) => {
  const context = sessionFor(engine);
  const events = () =>
    context.spark
      .range(0, 20, 1, 4)
      .selectExpr(
        "id",
        "cast(id AS decimal(10,2)) AS paid",
        "concat('h', id % 3) AS host",
        "timestamp_seconds(id) AS ts",
      );

  test("df.rdd has the rows in the partitions of the engine, with their values' own types", async () => {
    const { rdd } = events();
    expect(await rdd.getNumPartitions()).toBe(4);
    expect(
      await rdd
        .glom()
        .map((rows) => rows.map((row) => row.id))
        .collect(),
    ).toEqual([0, 5, 10, 15].map((first) => Array.from({ length: 5 }, (_, i) => first + i)));
    const [first] = await rdd.take(1);
    expect([first.get("host"), first[0], String(first.paid)]).toEqual(["h0", 0, "0.00"]);
    expect(first.paid).toBeInstanceOf(Decimal);
    const [pair] = await rdd.map((row) => [row.host, row.get("id")]).collect();
    expect(pair).toEqual(["h0", 0]);
    const latest = await rdd.map((row) => row.ts as Timestamp).max();
    expect(latest.getTime()).toBe(19_000);
    expect(
      await rdd
        .map((row) => row.paid)
        .distinct()
        .count(),
    ).toBe(20);
  });

  test("the rows of a sorted frame keep their order", async () => {
    const { spark } = context;
    const sorted = spark.range(0, 6, 1, 3).orderBy(desc("id"));
    await spark.range(0, 6, 1, 3).createOrReplaceTempView("six");
    for (const df of [
      sorted,
      sorted.filter("id > -1").select("id"),
      spark.sql("SELECT id FROM six ORDER  BY id DESC"),
      spark.sparkContext.parallelize([[5], [4], [3], [2], [1], [0]], 3).toDF("id long"),
    ]) {
      const { rdd } = df;
      const ids = [5, 4, 3, 2, 1, 0];
      expect(await rdd.map((row) => row.id).collect()).toEqual(ids);
      expect(
        await rdd
          .zipWithIndex()
          .map(([row, at]) => [row.id, at])
          .collect(),
      ).toEqual(ids.map((id, at) => [id, at]));
    }
    const many = spark.range(0, 100_000, 1, 4).orderBy(desc("id")).rdd;
    expect((await many.take(2)).map((row) => row.id)).toEqual([99_999, 99_998]);
    expect(await many.map((row) => row.id).sum()).toBe(4_999_950_000);
    expect(await spark.range(3).filter("id > 5").orderBy("id").rdd.collect()).toEqual([]);
  });

  test("an empty frame, and one whose partitions are partly empty, have partitions too", async () => {
    const none = context.spark.createDataFrame([], "n int").rdd;
    expect(await none.collect()).toEqual([]);
    const few = events().filter("id = 12").rdd;
    expect((await few.glom().collect()).flat()).toHaveLength(1);
  });

  test("rows go back, by their places", async () => {
    const kept = events().rdd.filter((row) => row.id > 17);
    const df = kept.toDF("n long, price decimal(10,2), name string, at timestamp");
    expect((await df.collect()).map((row: Row) => [row.n, String(row.price), row.name])).toEqual([
      [18, "18.00", "h0"],
      [19, "19.00", "h1"],
    ]);
    expect(await kept.toDF().columns()).toEqual(["id", "paid", "host", "ts"]);
  });

  test("toDF tells types from the records, takes names, and types of single values", async () => {
    const pairs = context.spark.sparkContext.parallelize<[string, number]>([
      ["a", 1],
      ["b", 2],
    ]);
    const named = pairs.toDF(["name", "n"]);
    expect(await named.collect()).toMatchObject([
      { name: "a", n: 1 },
      { name: "b", n: 2 },
    ]);
    expect(await pairs.toDF().columns()).toEqual(["_1", "_2"]);
    const objects = pairs.map(([name, n]) => ({ name, n }));
    expect(await objects.toDF().collect()).toMatchObject([
      { name: "a", n: 1 },
      { name: "b", n: 2 },
    ]);
    const numbers = pairs.values().toDF("long");
    expect(await numbers.agg({ value: "sum" }).collect()).toMatchObject([{ "sum(value)": 3 }]);
  });

  test("what has no columns is refused with what to do", async () => {
    const sc = context.spark.sparkContext;
    await expect(sc.parallelize([1, 2]).toDF().count()).rejects.toThrow(
      /record 1 can't be told.*\nPass the type of the one column/,
    );
    await expect(sc.emptyRDD().toDF(["a"]).count()).rejects.toThrow(/no records to tell.*\nPass a schema/);
  });
});
