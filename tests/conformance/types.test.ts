import { describe, expect, test } from "vitest";
import { Decimal, Timestamp, types } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

const time = new Timestamp(1_600_085_146_455_123n);
const cases: [ddl: string, values: unknown[]][] = [
  ["string", ["", "a", "é😀", "x".repeat(100_000), null]],
  ["boolean", [true, false, null]],
  ["tinyint", [-128, 0, 127, null]],
  ["smallint", [-32768, 0, 32767, null]],
  ["int", [-2147483648, 0, 2147483647, null]],
  ["bigint", [-(2 ** 53) + 1, 0, 2 ** 53 - 1, 9223372036854775807n, -9223372036854775808n, null]],
  ["float", [0.5, -1.25, Number.POSITIVE_INFINITY, Number.NaN, null]],
  ["double", [0.1, -1e300, Number.NEGATIVE_INFINITY, Number.NaN, null]],
  ["decimal(10,2)", [new Decimal("1.25"), new Decimal("-99999999.99"), new Decimal("0.00"), null]],
  ["decimal(38,18)", [new Decimal("12345678901234567890.123456789012345678"), null]],
  ["date", [new Date("2020-02-29T00:00:00Z"), new Date("1969-12-31T00:00:00Z"), null]],
  ["timestamp", [time, new Timestamp(-1n), null]],
  ["timestamp_ntz", [time, null]],
  ["binary", [new Uint8Array([0, 255]), new Uint8Array(), null]],
  ["array<int>", [[1, null, 3], [], null]],
  ["array<array<string>>", [[["a"], [], null], null]],
  ["map<string,bigint>", [new Map([["k", 1]]), new Map(), null]],
];

describe.each(engines)("types on %s", (engine) => {
  const context = sessionFor(engine);

  test.each(cases)("%s goes and comes back with nothing lost", async (ddl, values) => {
    const rows = values.map((value, i) => [i, value]);
    const df = context.spark.createDataFrame(rows, `i int, v ${ddl}`);
    expect(valuesOf(await df.orderBy("i").collect())).toEqual(rows);
    const schema = await df.schema();
    expect(schema.fields[1].dataType.simpleString()).toBe(ddl);
  });

  test("structs arrive as rows", async () => {
    const df = context.spark.createDataFrame(
      [[{ name: "ann", tags: ["x"] }], [null]],
      "user struct<name: string, tags: array<string>>",
    );
    const [first, second] = await df.collect();
    expect({ ...(first.user as object) }).toEqual({ name: "ann", tags: ["x"] });
    expect(second.user).toBeNull();
  });

  test("types written to Parquet are the types read", async () => {
    const schema =
      "a int, b string, c decimal(12,3), d timestamp, e array<double>, f map<string,int>, g struct<x: date>";
    const df = context.spark.createDataFrame(
      [
        [1, "x", "1.5", time, [1.5], { k: 1 }, { x: "2020-01-02" }],
        [null, null, null, null, null, null, null],
      ],
      schema,
    );
    const path = `${context.folder}/types`;
    df.write.mode("overwrite").parquet(path);
    const back = context.spark.read.parquet(path);
    expect((await back.schema()).simpleString()).toBe(types.fromDDL(schema).simpleString());
    expect(await back.orderBy("a").collect()).toEqual(await df.orderBy("a").collect());
  });

  test("one setting makes every long a bigint", async () => {
    const df = context.spark.sql("SELECT 1L AS n, array(2L) AS xs");
    await context.spark.conf.set("spark.sightline.longs", "bigint");
    expect(valuesOf(await df.collect())).toEqual([[1n, [2n]]]);
    await context.spark.conf.unset("spark.sightline.longs");
    expect(valuesOf(await df.collect())).toEqual([[1, [2]]]);
  });

  test("types are told from values where no schema is given", async () => {
    const df = context.spark.createDataFrame([
      { a: 1, b: "x" },
      { a: 2.5, b: null, c: true },
    ]);
    expect((await df.schema()).simpleString()).toBe("struct<a:double,b:string,c:boolean>");
  });
});
