// What the types of DataFrames know: checked by tsc, nothing of this runs.
import { expectTypeOf } from "vitest";
import { type DataFrame, functions as F, type Row, type SparkSession, types } from "../../index.ts";
import type { Decimal } from "../decimal.ts";
import type { Timestamp } from "../timestamp.ts";
import type { Long, SchemaOfDDL } from "./ddl.ts";

declare const spark: SparkSession;
const { avg, col, collectList, count, lower, max, sum, when, lit } = F;

/** The schema of a DataFrame. */
type SchemaOf<D> = D extends DataFrame<infer S> ? { [K in keyof S]: S[K] } : never;
declare function schemaOf<D extends DataFrame>(df: D): SchemaOf<D>;

// ---- schemas from DDL ----

expectTypeOf<SchemaOfDDL<"host string, n int NOT NULL">>().toEqualTypeOf<{
  host: string | null;
  n: number;
}>();
expectTypeOf<SchemaOfDDL<"\n  host: STRING,\n\tn: bigint\n">>().toEqualTypeOf<{
  host: string | null;
  n: number | bigint | null;
}>();
expectTypeOf<
  SchemaOfDDL<"m map<string, array<int>>, d decimal(10, 2), t timestamp, b binary">
>().toEqualTypeOf<{
  m: Map<string, (number | null)[] | null> | null;
  d: Decimal | null;
  t: Timestamp | null;
  b: Uint8Array | null;
}>();
expectTypeOf<
  SchemaOfDDL<"`x, y` date, s struct<a: int, B: string> COMMENT 'hi, there', `🎈 \"q\"` boolean">
>().toEqualTypeOf<{
  "x, y": Date | null;
  s: Row<{ a: number | null; B: string | null }> | null;
  '🎈 "q"': boolean | null;
}>();
expectTypeOf<SchemaOfDDL<string>>().toBeAny();

// ---- selections ----

const df = spark.createDataFrame(
  [["a", 1, 10, "1.50", ["x"], { a: 1, b: "y" }]],
  "host string, n int, bytes bigint, d decimal(10,2), tags array<string>, s struct<a:int,b:string>",
);

expectTypeOf(schemaOf(df.select("host", "n"))).toEqualTypeOf<{ host: string | null; n: number | null }>();
expectTypeOf(schemaOf(df.select(["host", "s.b", col("s.a")]))).toEqualTypeOf<{
  host: string | null;
  b: string | null;
  a: number | null;
}>();
expectTypeOf(
  schemaOf(
    df.select(
      df.n.plus(1).alias("next"),
      df.bytes.divide(2).alias("half"),
      df["host"].like("a%").alias("is"),
      lower("host"),
      when(col("n").gt(1), "many").otherwise("few").alias("much"),
      col("tags").getItem(0).alias("tag"),
      lit(5).alias("five"),
    ),
  ),
).toEqualTypeOf<{
  next: number | null;
  half: number | null;
  is: boolean | null;
  "lower(host)": string | null;
  much: string;
  tag: string | null;
  five: number;
}>();
expectTypeOf(schemaOf(df.select("n", "*").drop("d", df.tags, "s", "bytes"))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
}>();
// A Column of unknown name leaves the rest known, and any name open.
const open = df.select("host", col("n").plus(1));
expectTypeOf((await open.collect())[0].host).toEqualTypeOf<string | null>();
expectTypeOf((await open.collect())[0]["(n + 1)"]).toBeAny();
open.groupBy("(n + 1)");

// ---- what changes the columns ----

expectTypeOf(
  schemaOf(
    df
      .select("host", "n")
      .withColumn("n", col("host"))
      .withColumn("twice", df.n.multiply(2))
      .withColumnRenamed("host", "name")
      .withColumns({ one: lit(1), gone: lit(true) })
      .drop("gone"),
  ),
).toEqualTypeOf<{ name: string | null; n: string | null; twice: number | null; one: number }>();
expectTypeOf(schemaOf(spark.range(3).toDF("n"))).toEqualTypeOf<{ n: number }>();
expectTypeOf(schemaOf(df.select("host", "n").fillna(0))).toEqualTypeOf<{ host: string | null; n: number }>();
expectTypeOf(schemaOf(df.select("host", "n").na.fill({ host: "?" }))).toEqualTypeOf<{
  host: string;
  n: number | null;
}>();
expectTypeOf(schemaOf(df.select("host", "n").unpivot("host", ["n"], "what", "value"))).toEqualTypeOf<{
  host: string | null;
  what: string;
  value: number | null;
}>();

// ---- groups ----

expectTypeOf(
  schemaOf(
    df
      .groupBy("host")
      .agg(
        sum("bytes"),
        avg("n"),
        max("n").alias("most"),
        collectList("s.b").alias("all"),
        count("*").alias("c"),
      ),
  ),
).toMatchTypeOf<{
  host: string | null;
  "sum(bytes)": number | bigint | null;
  "avg(n)": number | null;
  most: number | null;
  all: string[];
}>();
expectTypeOf(schemaOf(df.groupBy("host").agg({ bytes: "sum", n: "max" }))).toEqualTypeOf<{
  host: string | null;
  "sum(bytes)": number | bigint | null;
  "max(n)": number | null;
}>();
expectTypeOf(schemaOf(df.groupBy("host", "n").count())).toEqualTypeOf<{
  host: string | null;
  n: number | null;
  count: number;
}>();
expectTypeOf(schemaOf(df.groupBy("host").avg("n"))).toEqualTypeOf<{
  host: string | null;
  "avg(n)": number | null;
}>();
df.groupBy("host").pivot("n").sum("bytes").select("host", "1", "2");

// ---- joins and sets ----

const names = spark.createDataFrame([["a", 1]], "host string, id int NOT NULL");
const left = df.select("host", "n");
expectTypeOf(schemaOf(left.join(names, "host"))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
  id: number;
}>();
expectTypeOf(schemaOf(left.join(names, ["host"], "left"))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
  id: number | null;
}>();
expectTypeOf(schemaOf(left.join(names, "host", "semi"))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
}>();
expectTypeOf(
  schemaOf(left.join(names, left.host.eq(names.host), { how: "left_outer" }).select(names.id, left.n)),
).toEqualTypeOf<{ id: number | null; n: number | null }>();
expectTypeOf(schemaOf(left.unionByName(names, { allowMissingColumns: true }))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
  id: number | null;
}>();

// ---- rows ----

const [row] = await df.collect();
expectTypeOf(row.s!.a).toEqualTypeOf<number | null>();
expectTypeOf(row.get("n")).toEqualTypeOf<number | null>();
const first = await spark.range(3).first();
expectTypeOf(first!.id).toEqualTypeOf<number>();
for await (const { host } of df.toLocalIterator()) expectTypeOf(host).toEqualTypeOf<string | null>();
expectTypeOf(schemaOf(spark.createDataFrame([{ host: "a", n: 1, at: new Date() }]))).toEqualTypeOf<{
  host: string | null;
  n: number | null;
  at: Timestamp | null;
}>();
spark.createDataFrame([["a", 1]], ["host", "n"]).groupBy("host");
expectTypeOf(
  schemaOf(spark.read.schema("host string NOT NULL, n int").option("header", true).csv("events.csv")),
).toEqualTypeOf<{ host: string | null; n: number | null }>();

// ---- names that aren't there ----

// @ts-expect-error
df.select("hots");
// @ts-expect-error
df.groupBy("hots");
// @ts-expect-error
void df.hots;
// @ts-expect-error
df.col("hots");
// @ts-expect-error
df.orderBy("host", "hots");
// @ts-expect-error
df.join(names, "hots");
// @ts-expect-error
df.dropDuplicates(["hots"]);
// @ts-expect-error
df.dropna("any", { subset: ["hots"] });
// @ts-expect-error
df.na.fill(0, ["hots"]);
// @ts-expect-error
df.stat.corr("n", "hots");
// @ts-expect-error
df.groupBy("host").sum("hots");
// @ts-expect-error
void row.hots;
// @ts-expect-error
row.get("hots");
// Qualified, quoted and nested names, names that aren't known before the cell runs, and Columns are taken.
declare const name: string;
df.alias("t").select("t.host", "`host`", name, ...[name], col("anything"));
df.groupBy(name).agg(sum(name));
df.drop("never there").withColumnRenamed("never there", "x");

// ---- schemas that aren't known ----

declare const unknown: DataFrame;
unknown
  .select("a", "b.c")
  .groupBy("x")
  .agg(sum("y"))
  .filter(unknown.z.gt(1))
  .orderBy("q", { ascending: false });
const [any] = await unknown.collect();
expectTypeOf(any.whatever).toBeAny();
unknown.join(df, "anything").select("b");
df.join(unknown, "host").select("b");
spark.sql("SELECT 1").withColumn("x", lit(1)).groupBy("y");
// A DataFrame that knows its columns does where less is asked for.
const takesAny = (frame: DataFrame): DataFrame => frame.filter("n > 1");
const takesHost = (frame: DataFrame<{ host: string | null }>) => frame.groupBy("host").count();
takesAny(df);
takesHost(df);
// @ts-expect-error
takesHost(df.drop("host"));
let again = df.filter("n > 1");
again = again.withColumn("more", lit(1));
again.select("host");

// A cast says what the column becomes; text or a type that isn't known before it runs says nothing.
declare const written: string;
expectTypeOf(
  schemaOf(
    df.select(
      col("n").cast("string").alias("text"),
      df.host.cast(new types.LongType()).alias("long"),
      df.host.tryCast("array<int>").alias("list"),
      df.host.astype("decimal(10,2)").alias("decimal"),
      df.host.cast(written).alias("unknown"),
      lit(1).cast("double").plus(1).alias("sum"),
    ),
  ),
).toEqualTypeOf<{
  text: string | null;
  long: Long | null;
  list: (number | null)[] | null;
  decimal: Decimal | null;
  unknown: any;
  sum: number | null;
}>();
expectTypeOf(schemaOf(df.withColumn("n", col("n").cast("string"))).n).toEqualTypeOf<string | null>();
