import { tableFromArrays } from "apache-arrow";
import polars from "nodejs-polars";
import { describe, expect, test } from "vitest";
import {
  CalendarInterval,
  DayTimeInterval,
  Decimal,
  Time,
  Timestamp,
  types,
  VariantVal,
  YearMonthInterval,
} from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

const [first, last] = ["0001-01-01", "9999-12-31"];
const cases: [ddl: string, values: unknown[]][] = [
  [
    "interval day to second",
    [DayTimeInterval.of({ days: 1, microseconds: 5 }), new DayTimeInterval(-1n), null],
  ],
  [
    "interval year to month",
    [YearMonthInterval.of({ years: 1, months: 2 }), new YearMonthInterval(-13), null],
  ],
  ["interval", [CalendarInterval.of({ months: 1, days: -2, microseconds: 3 }), null]],
  ["variant", [VariantVal.of({ a: [1, 2.5, "x", null] }), null]],
  ["array<variant>", [[VariantVal.of(1), null], null]],
  ["array<interval day to second>", [[DayTimeInterval.of({ hours: 1 }), null], [], null]],
  [
    "date",
    [new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`), new Date("1582-10-10T00:00:00Z"), null],
  ],
  ["timestamp", [Timestamp.of(`${first}T00:00:00.000001Z`), Timestamp.of(`${last}T23:59:59.999999Z`), null]],
  ["timestamp_ntz", [Timestamp.of(`${first}T00:00:00Z`), Timestamp.of(`${last}T23:59:59.999999Z`), null]],
  ["decimal(38,0)", [new Decimal("-99999999999999999999999999999999999999"), null]],
  ["decimal(38,38)", [new Decimal("0.00000000000000000000000000000000000001"), null]],
  ["double", [-0, Number.NaN, 5e-324, Number.MAX_VALUE, null]],
  ["void", [null, null]],
  ["string", ["x".repeat(10 << 20), "\u0000", "é😀", null]],
  [
    "map<string,array<decimal(38,10)>>",
    [new Map([["a", [new Decimal("1.0000000001"), null]]]), new Map([["b", null]]), null],
  ],
];

describe.each(engines)("local data on %s", (engine) => {
  const context = sessionFor(engine);

  test.each(cases)("%s goes and comes back with nothing lost", async (ddl, values) => {
    const rows = values.map((value, i) => [i, value]);
    const df = context.spark.createDataFrame(rows, `i int, v ${ddl}`);
    const back = valuesOf(await df.collect());
    expect(back).toEqual(rows);
    expect((await df.schema()).fields[1].dataType.simpleString()).toBe(ddl);
  });

  test("a time of day keeps its microseconds", async (context_) => {
    if (engine === "spark") {
      await context.spark.conf
        .set("spark.sql.timeType.enabled", true)
        .catch(() =>
          context_.skip('spark.conf.set("spark.sql.timeType.enabled", true) on a server that allows it'),
        );
    }
    const rows = [[Time.of("23:59:59.999999")], [Time.of("00:00:00")], [null]];
    expect(valuesOf(await context.spark.createDataFrame(rows, "t time(6)").collect())).toEqual(rows);
  });

  test("structs hold every kind, and are null as a whole", async () => {
    const df = context.spark.createDataFrame(
      [[{ v: VariantVal.of([1]), t: Timestamp.of("2020-01-01"), n: { d: "1.50" } }], [null]],
      "s struct<v: variant, t: timestamp_ntz, n: struct<d: decimal(5,2)>>",
    );
    const [row, none] = valuesOf(await df.collect()).flat() as Record<string, unknown>[];
    expect(JSON.stringify(row)).toBe('{"v":[1],"t":"2020-01-01T00:00:00.000Z","n":{"d":"1.50"}}');
    expect(none).toBeNull();
  });

  test("more than a message holds arrives whole, and again in the next job", async () => {
    const text = "x".repeat(500);
    const rows = Array.from({ length: 16_000 }, (_, i) => [i, text]);
    const df = context.spark.createDataFrame(rows, "n bigint, s string");
    expect(valuesOf(await df.selectExpr("sum(n)", "sum(length(s))").collect())).toEqual([
      [127_992_000, 8_000_000],
    ]);
    expect(await df.filter("n % 2 = 0").count()).toBe(8000);
    expect(await df.union(df).count()).toBe(32_000);
  });

  test("an Arrow table and a local frame", async () => {
    const table = tableFromArrays({ n: Int32Array.of(1, 2), s: ["a", "b"] });
    expect(valuesOf(await context.spark.createDataFrame(table).orderBy("n").collect())).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    const frame = polars.DataFrame({ s: ["é", null], x: [0.5, null], t: [true, false] });
    const df = context.spark.createDataFrame(frame);
    expect((await df.schema()).simpleString()).toBe("struct<s:string,x:double,t:boolean>");
    expect(valuesOf(await df.collect())).toEqual([
      ["é", 0.5, true],
      [null, null, false],
    ]);
    const again = context.spark.createDataFrame(await df.toPandas());
    expect(valuesOf(await again.collect())).toEqual(valuesOf(await df.collect()));
  });

  test("ten thousand columns", async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
    const df = context.spark.createDataFrame([names.map((_, i) => i)], names);
    expect((await df.select("c9999", "c0").collect())[0].toArray()).toEqual([9999, 0]);
  }, 240_000);

  test("hostile names and no rows", async () => {
    const names = ['a"b', "c.d", "e\nf", "g`h", "😀", " "];
    const schema = new types.StructType(
      names.map((name) => new types.StructField(name, new types.LongType())),
    );
    const empty = context.spark.createDataFrame([], schema);
    expect([await empty.columns(), await empty.collect()]).toEqual([names, []]);
    const [row] = await context.spark.createDataFrame([names.map((_, i) => i)], schema).collect();
    expect(names.map((name) => row.get(name))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
