// What the types of schemas know: checked by tsc, nothing of this runs.
import { expectTypeOf } from "vitest";
import { type DataFrame, type Row, type SparkSession, types } from "../../index.ts";
import type { Decimal } from "../decimal.ts";
import type { Timestamp } from "../timestamp.ts";
import type { CalendarInterval } from "../values/calendar-interval.ts";
import type { DayTimeInterval } from "../values/day-time-interval.ts";
import type { Geography, Geometry } from "../values/shape.ts";
import type { Time } from "../values/time.ts";
import type { VariantVal } from "../values/variant-val.ts";
import type { YearMonthInterval } from "../values/year-month-interval.ts";
import type { SchemaOfDDL } from "./ddl.ts";

declare const spark: SparkSession;
const { ArrayType, LongType, MapType, StringType, StructField, StructType } = types;

type SchemaOf<D> = D extends DataFrame<infer S> ? { [K in keyof S]: S[K] } : never;
declare function schemaOf<D extends DataFrame>(df: D): SchemaOf<D>;

// ---- step by step, and of a list ----

const added = new StructType().add("host", new StringType()).add("n", new LongType(), false);
expectTypeOf(schemaOf(spark.createDataFrame([["a", 1]], added))).toEqualTypeOf<{
  host: string | null;
  n: number | bigint;
}>();
const listed = new StructType([
  new StructField("host", new StringType(), false),
  new StructField("tags", new ArrayType(new StringType())),
  new StructField("counts", new MapType(new StringType(), new LongType()), true, { comment: "by name" }),
  new StructField("inner", new StructType([new StructField("d", new types.DecimalType(10, 2))])),
  new StructField("at", new types.TimestampType()),
]);
expectTypeOf(schemaOf(spark.createDataFrame([], listed))).toEqualTypeOf<{
  host: string;
  tags: (string | null)[] | null;
  counts: Map<string, number | bigint | null> | null;
  inner: Row<{ d: Decimal | null }> | null;
  at: Timestamp | null;
}>();
expectTypeOf(schemaOf(spark.read.schema(listed.add("more", "array<int>")).json("x"))).toEqualTypeOf<{
  host: string | null;
  tags: (string | null)[] | null;
  counts: Map<string, number | bigint | null> | null;
  inner: Row<{ d: Decimal | null }> | null;
  at: Timestamp | null;
  more: (number | null)[] | null;
}>();
expectTypeOf(
  schemaOf(spark.createDataFrame([], new StructType().add(new StructField("`x`.y", new types.TimeType())))),
).toEqualTypeOf<{ "`x`.y": Time | null }>();
expectTypeOf(schemaOf(spark.read.csv("x", StructType.fromDDL("n int")))).toEqualTypeOf<{
  n: number | null;
}>();
expectTypeOf(schemaOf(spark.createDataFrame([], "n int").to(added))).toEqualTypeOf<{
  host: string | null;
  n: number | bigint;
}>();
// @ts-expect-error
spark.createDataFrame([], added).select("hots");
// @ts-expect-error
spark.read.schema(listed).parquet("x").groupBy("hots");

// ---- schemas that aren't known: any column ----

declare const name: string;
declare const declared: types.StructType;
const empty = new StructType();
empty.add("host", "string");
let built = new StructType();
for (const one of ["a", "b"]) built = built.add(one, "string");
const fields = [new StructField("a", new StringType())];
fields.push(new StructField("b", new LongType()), new StructField(name, new LongType(), false));
spark.createDataFrame([], declared).select("anything");
spark.createDataFrame([], declared.add("a", "int")).select("anything");
spark.createDataFrame([], empty).select("host");
spark.createDataFrame([], built).select("a");
spark.createDataFrame([], new StructType(fields)).select("b");
spark.createDataFrame([], new StructType().add(name, "int")).select("b");
spark.createDataFrame([], new StructType().add("a", types.DataType.fromDDL("int"))).select("a");
const takesSchema = (schema: types.StructType): number => schema.length;
takesSchema(added);
if ((added as unknown) instanceof StructType) expectTypeOf(added.fields[0].name).toEqualTypeOf<string>();

// ---- DDL's newer types ----

expectTypeOf<
  SchemaOfDDL<"a interval, b INTERVAL DAY TO SECOND, c interval month NOT NULL, d time(3), e time, f variant">
>().toEqualTypeOf<{
  a: CalendarInterval | null;
  b: DayTimeInterval | null;
  c: YearMonthInterval;
  d: Time | null;
  e: Time | null;
  f: VariantVal | null;
}>();
expectTypeOf<
  SchemaOfDDL<"a char(3), b varchar(20), c string collate UNICODE_CI, d geometry(4326), e geography(ANY), f timestamp without time zone, g array<interval hour>">
>().toEqualTypeOf<{
  a: string | null;
  b: string | null;
  c: string | null;
  d: Geometry | null;
  e: Geography | null;
  f: Timestamp | null;
  g: (DayTimeInterval | null)[] | null;
}>();
