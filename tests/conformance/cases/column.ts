import type { CaseEntry } from "../recorded/case.ts";

export const cases: readonly CaseEntry[] = [
  'df([["abc", 1]], "s string, n int").select(F.upper("s"), F.col("n").plus(1).alias("m"))',
  'df([[1, 2]], "a int, b int").select(F.col("a").gt(F.col("b")).alias("x"), F.col("a").eq(1).and(F.col("b").neq(1)).alias("y"))',
  'df([[[1, 2, 3]]], "xs array<int>").select(F.expr("transform(xs, x -> x + 1)").alias("ys"))',
  'df([[1.5, nan, -0]], "a double, b double, c double")',
  'df([[dec("1.20"), ts("2020-01-01T00:00:00.123456Z"), ntz("0001-01-01T00:00:00"), date("9999-12-31"), bytes("00ff")]], "a decimal(38,2), b timestamp, c timestamp_ntz, d date, e binary")',
  'df([[map([["k", 1]]), [1, null], row(1, "x")]], "m map<string, int>, a array<int>, s struct<a: int, b: string>")',
  'df([[1]], "a int").select("b")',
  'spark.sql("SELECT 1 AS a, :x AS b", { "x": 5 })',
  'steps(spark.range(3).createOrReplaceTempView("column_v"), spark.sql("SELECT * FROM column_v ORDER BY id"))',
  "value(spark.range(7).count())",
  'use(spark.range(3), (d) => d.join(d.alias("x"), "id"))',
];
