import { describe, expect, test } from "vitest";
import { functions as F, Window } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("DataFrame on %s", (engine) => {
  const context = sessionFor(engine);
  const events = () =>
    context.spark.createDataFrame(
      [
        ["srv1", "ann", 10],
        ["srv1", "bob", 30],
        ["srv2", "ann", 20],
        [null, "cy", null],
      ],
      "host string, user string, bytes int",
    );

  test("select takes names, columns and expressions", async () => {
    const df = events().select("user", F.col("bytes").plus(1).alias("more"), F.expr("upper(host) AS h"));
    expect(valuesOf(await df.orderBy("user", "more").collect())).toEqual([
      ["ann", 11, "SRV1"],
      ["ann", 21, "SRV2"],
      ["bob", 31, "SRV1"],
      ["cy", null, null],
    ]);
  });

  test("filter takes a condition as a column or as SQL", async () => {
    const byColumn = events().filter(F.col("bytes").gt(10).and(F.col("host").eq("srv1")));
    const bySql = events().where("bytes > 10 AND host = 'srv1'");
    expect(valuesOf(await byColumn.collect())).toEqual([["srv1", "bob", 30]]);
    expect(valuesOf(await bySql.collect())).toEqual([["srv1", "bob", 30]]);
  });

  test("groupBy keeps one row per key, nulls together", async () => {
    const df = events().groupBy("host").agg(F.sum("bytes").alias("bytes"), F.count("*").alias("n"));
    expect(valuesOf(await df.orderBy("host").collect())).toEqual([
      [null, null, 1],
      ["srv1", 40, 2],
      ["srv2", 20, 1],
    ]);
  });

  test("groupBy counts, and takes functions by column name", async () => {
    expect(valuesOf(await events().groupBy("user").count().orderBy("user").collect())).toEqual([
      ["ann", 2],
      ["bob", 1],
      ["cy", 1],
    ]);
    expect(valuesOf(await events().groupBy().agg({ bytes: "max" }).collect())).toEqual([[30]]);
  });

  test.each([
    [
      "inner",
      [
        ["srv1", "paris"],
        ["srv1", "paris"],
      ],
    ],
    [
      "left",
      [
        [null, null],
        ["srv1", "paris"],
        ["srv1", "paris"],
        ["srv2", null],
      ],
    ],
    ["anti", [[null], ["srv2"]]],
    ["semi", [["srv1"], ["srv1"]]],
  ] as const)("a %s join by a shared column", async (how, expected) => {
    const places = context.spark.createDataFrame([["srv1", "paris"]], "host string, place string");
    const df = events().select("host").join(places, "host", how).orderBy("host");
    expect(valuesOf(await df.collect())).toEqual(expected);
  });

  test("a join by a condition on columns of either side", async () => {
    const left = events().alias("l");
    const right = events().alias("r");
    const pairs = left
      .join(
        right,
        F.col("l.user")
          .eq(F.col("r.user"))
          .and(F.col("l.bytes").lt(F.col("r.bytes"))),
      )
      .select("l.user", "l.bytes", "r.bytes");
    expect(valuesOf(await pairs.collect())).toEqual([["ann", 10, 20]]);
  });

  test("sets: union, unionByName, intersect, subtract, distinct", async () => {
    const a = context.spark.createDataFrame(
      [
        [1, "x"],
        [1, "x"],
        [2, "y"],
      ],
      "n int, s string",
    );
    const b = context.spark.createDataFrame([["y", 2]], "s string, n int");
    expect(await a.union(a).count()).toBe(6);
    expect(valuesOf(await a.unionByName(b).distinct().orderBy("n").collect())).toEqual([
      [1, "x"],
      [2, "y"],
    ]);
    expect(valuesOf(await a.intersect(b.select("n", "s")).collect())).toEqual([[2, "y"]]);
    expect(valuesOf(await a.subtract(b.select("n", "s")).collect())).toEqual([[1, "x"]]);
    expect(await a.dropDuplicates(["s"]).count()).toBe(2);
  });

  test("columns are added, renamed and dropped", async () => {
    const df = events()
      .withColumn("kb", F.round(F.col("bytes").divide(1000), 2))
      .withColumnRenamed("user", "who")
      .drop("host", "not there");
    expect(await df.columns()).toEqual(["who", "bytes", "kb"]);
    expect(await events().toDF("a", "b", "c").columns()).toEqual(["a", "b", "c"]);
  });

  test("orderBy puts nulls first, desc puts them last", async () => {
    const order = async (column: Parameters<typeof F.count>[0]) =>
      (await events().orderBy(column).collect()).map((row) => row.bytes);
    expect(await order("bytes")).toEqual([null, 10, 20, 30]);
    expect(await order(F.desc("bytes"))).toEqual([30, 20, 10, null]);
    expect(await order(F.col("bytes").ascNullsLast())).toEqual([10, 20, 30, null]);
  });

  test("window functions see the rows of their partition", async () => {
    const window = Window.partitionBy("host").orderBy("bytes");
    const df = events()
      .filter("host = 'srv1'")
      .select("user", F.rowNumber().over(window).alias("i"), F.lag("user").over(window).alias("before"));
    expect(valuesOf(await df.orderBy("i").collect())).toEqual([
      ["ann", 1, null],
      ["bob", 2, "ann"],
    ]);
    const running = events()
      .filter("host = 'srv1'")
      .select(
        F.sum("bytes").over(window.rowsBetween(Window.unboundedPreceding, Window.currentRow)).alias("sum"),
      );
    expect((await running.orderBy("sum").collect()).map((row) => row.sum)).toEqual([10, 40]);
  });

  test("when, isin, like, cast, getItem and null tests", async () => {
    const df = events().select(
      F.when(F.col("bytes").gt(15), "big")
        .when(F.col("bytes").isNull(), "none")
        .otherwise("small")
        .alias("size"),
      F.col("user").isin("ann", "bob").alias("known"),
      F.col("host").like("%1").alias("first"),
      F.col("bytes").cast("string").alias("text"),
      F.split(F.concat("user", F.lit("-x")), "-")
        .getItem(0)
        .alias("name"),
    );
    expect(valuesOf(await df.orderBy("name", "text").collect())).toEqual([
      ["small", true, true, "10", "ann"],
      ["big", true, false, "20", "ann"],
      ["big", true, true, "30", "bob"],
      ["none", false, null, null, "cy"],
    ]);
  });

  test("limit, offset, take, first and isEmpty", async () => {
    const df = context.spark.range(10).orderBy("id");
    expect(valuesOf(await df.offset(7).limit(2).collect())).toEqual([[7], [8]]);
    expect((await df.take(3)).map((row) => row.id)).toEqual([0, 1, 2]);
    expect((await df.first())?.id).toBe(0);
    expect(await df.filter("id > 99").first()).toBeNull();
    expect(await df.filter("id > 99").isEmpty()).toBe(true);
  });

  test("toLocalIterator yields the rows of collect", async () => {
    const seen: unknown[] = [];
    for await (const row of context.spark.range(5).toLocalIterator()) seen.push(row.id);
    expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  test("toPandas is a local frame with the same values", async () => {
    const frame = await events().orderBy("user", "bytes").toPandas();
    expect(frame.columns).toEqual(["host", "user", "bytes"]);
    expect(frame.height).toBe(4);
    expect(frame.getColumn("bytes").toArray()).toEqual([10, 20, 30, null]);
  });

  test("the schema is known without running a job", async () => {
    expect(String(await events().schema())).toBe("struct<host:string,user:string,bytes:int>");
    expect(await events().dtypes()).toEqual([
      ["host", "string"],
      ["user", "string"],
      ["bytes", "int"],
    ]);
  });
});
