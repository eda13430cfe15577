import assert from "node:assert/strict";
import { Decimal, functions as F, type SparkSession, Timestamp, Window } from "../../../runtime/index.ts";
import { valuesOf } from "../../support/engines.ts";
import { type Area, capability, knownGap } from "./capability.ts";

export const dataframe: Area = {
  name: "DataFrame",
  capabilities: [
    capability("select, filter, withColumn, drop, orderBy, limit, offset", async (spark) => {
      const df = events(spark).filter("n > 1").withColumn("m", F.col("n").plus(1)).drop("kind");
      assert.deepEqual(valuesOf(await df.orderBy("n").offset(1).limit(1).collect()), [["b", 3, 4]]);
    }),
    capability(
      "withColumnRenamed finds names whatever their case",
      async (spark) => {
        assert.deepEqual(await events(spark).withColumnRenamed("HOST", "who").columns(), [
          "who",
          "kind",
          "n",
        ]);
      },
      knownGap("sail", "nothing is renamed; write the name as it is"),
    ),
    capability("groupBy, agg, pivot", async (spark) => {
      const df = events(spark).groupBy("host").pivot("kind", ["x", "y"]).sum("n").orderBy("host");
      assert.deepEqual(valuesOf(await df.collect()), [
        ["a", 1, 2],
        ["b", 3, null],
      ]);
    }),
    capability("join: inner, left, right, full, semi, anti, cross", async (spark) => {
      const left = events(spark).select("host");
      const right = spark.createDataFrame([["b"], ["c"]], "host string");
      const counts = { inner: 1, left: 3, right: 2, full: 4, semi: 1, anti: 2 } as const;
      for (const [how, count] of Object.entries(counts))
        assert.equal(await left.join(right, "host", how as keyof typeof counts).count(), count, how);
      assert.equal(await left.crossJoin(right).count(), 6);
    }),
    capability("union, unionByName, intersect, subtract, dropDuplicates", async (spark) => {
      const all = events(spark).unionByName(events(spark).select("host"), { allowMissingColumns: true });
      assert.equal(await all.dropDuplicates(["host"]).count(), 2);
      const one = events(spark).filter("n = 1");
      assert.equal(await events(spark).subtract(one).count(), 2);
      assert.equal(await events(spark).union(one).intersect(one).count(), 1);
    }),
    capability("Window functions", async (spark) => {
      const first = F.rowNumber().over(Window.partitionBy("host").orderBy(F.desc("n")));
      const df = events(spark).withColumn("i", first).filter("i = 1").select("n").orderBy("n");
      assert.deepEqual(valuesOf(await df.collect()), [[2], [3]]);
    }),
    capability("createDataFrame from rows, with a schema or told from them", async (spark) => {
      const df = spark.createDataFrame([
        { a: 1, b: ["x"] },
        { a: 2.5, b: [] },
      ]);
      assert.equal((await df.schema()).simpleString(), "struct<a:double,b:array<string>>");
    }),
    capability("Exact decimals, microseconds, 64-bit integers, binary", async (spark) => {
      const row = [
        new Decimal("12345678901234567890.12"),
        new Timestamp(1n),
        9223372036854775807n,
        new Uint8Array([255]),
      ];
      const df = spark.createDataFrame([row], "d decimal(38,2), t timestamp, l bigint, b binary");
      assert.deepEqual(valuesOf(await df.collect()), [row]);
    }),
    capability("Arrays, maps and structs, nested", async (spark) => {
      const row = [[["x"], []], new Map([["k", [1, null]]])];
      const df = spark.createDataFrame([row], "a array<array<string>>, m map<string, array<int>>");
      assert.deepEqual(valuesOf(await df.collect()), [row]);
    }),
    capability("toPandas (a Polars frame), toArrow", async (spark) => {
      assert.deepEqual((await events(spark).toPandas()).shape, { height: 3, width: 3 });
      assert.equal((await events(spark).toArrow()).numRows, 3);
    }),
    capability("Settings, temp views", async (spark) => {
      await spark.conf.set("spark.sql.session.timeZone", "UTC");
      assert.equal(await spark.conf.get("spark.sql.session.timeZone"), "UTC");
      await events(spark).createOrReplaceTempView("capability_events");
      assert.equal(await spark.table("capability_events").count(), 3);
    }),
  ],
};

function events(spark: SparkSession) {
  const rows = [
    ["a", "x", 1],
    ["a", "y", 2],
    ["b", "x", 3],
  ];
  return spark.createDataFrame(rows, "host string, kind string, n int");
}
