import { describe, expect, test } from "vitest";
import { DayTimeInterval, Decimal, functions as F, Timestamp, udf } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("values of functions on %s", (engine) => {
  const context = sessionFor(engine);

  /** What a function that says what it got says of a SQL expression. */
  const said = async (expression: string) => {
    const say = udf((value: unknown) => {
      const name =
        value === null ? "null" : typeof value === "object" ? value.constructor.name : typeof value;
      const text =
        value instanceof Map
          ? JSON.stringify([...value])
          : value instanceof Uint8Array
            ? value.join()
            : String(value);
      return `${name} ${Array.isArray(value) ? JSON.stringify(value) : text}`;
    });
    const [row] = await context.spark
      .range(1)
      .select(say(F.expr(expression)))
      .collect();
    return row.get(0);
  };

  test.each([
    ["CAST(1 AS TINYINT)", "number 1"],
    ["9007199254740991", "number 9007199254740991"],
    ["9223372036854775807", "bigint 9223372036854775807"],
    ["CAST(0.1 AS FLOAT)", "number 0.10000000149011612"],
    ["double('NaN')", "number NaN"],
    ["CAST('-12.30' AS DECIMAL(38,2))", "Decimal -12.30"],
    ["true", "boolean true"],
    ["X'00FF'", "Uint8Array 0,255"],
    ["map('a', 1)", 'Map [["a",1]]'],
    ["array(1, NULL)", "Array [1,null]"],
    ["array('a', '漢字')", 'Array ["a","漢字"]'],
    ["CAST(NULL AS STRING)", "null null"],
    ["''", "string "],
  ])("%s comes as %s", async (expression, expected) => {
    expect(await said(expression)).toBe(expected);
  });

  test("days, moments and structs come as rows have them", async () => {
    const say = udf(
      (day: Date, at: Timestamp, local: Timestamp, struct: { x: number; y: { z: string } }) =>
        `${day.toISOString()} ${at.epochMicros} ${local.epochMicros} ${struct.x} ${struct.y.z}`,
    );
    const df = context.spark
      .range(1)
      .select(
        say(
          F.expr("DATE'0001-01-01'"),
          F.expr("timestamp_micros(1234567890123456)"),
          F.expr("TIMESTAMP_NTZ'1969-12-31 23:59:59.999999'"),
          F.expr("named_struct('x', 1, 'y', named_struct('z', 'in'))"),
        ),
      );
    expect(valuesOf(await df.collect())).toEqual([["0001-01-01T00:00:00.000Z 1234567890123456 -1 1 in"]]);
  });

  const moment = new Timestamp(1234567890123456n);
  const amount = new Decimal("0.10");
  test.each<[type: string, make: () => unknown, expected: unknown]>([
    ["tinyint", () => -128, -128],
    ["smallint", () => 32767, 32767],
    ["bigint", () => 2n ** 62n, 2n ** 62n],
    ["bigint", () => 5, 5],
    ["interval day to second", () => -1_500_000n, new DayTimeInterval(-1_500_000n)],
    ["interval day to second", () => null, null],
    ["float", () => 1.5, 1.5],
    ["double", () => -0, -0],
    ["double", () => NaN, NaN],
    ["boolean", () => false, false],
    ["string", () => "漢字 😀", "漢字 😀"],
    ["binary", () => Uint8Array.of(0, 255), Uint8Array.of(0, 255)],
    ["decimal(38,2)", () => new Decimal("-12.30"), new Decimal("-12.30")],
    ["decimal(5,2)", () => "1.5", new Decimal("1.50")],
    ["decimal(5,2)", () => amount, amount],
    ["date", () => new Date("9999-12-31T00:00:00Z"), new Date("9999-12-31T00:00:00Z")],
    ["timestamp", () => moment, moment],
    ["timestamp_ntz", () => new Date(5), new Timestamp(5000n)],
    ["array<array<int>>", () => [[1], null, []], [[1], null, []]],
    ["map<string,int>", () => new Map([["a", 1]]), new Map([["a", 1]])],
    ["map<string,int>", () => ({ a: 1 }), new Map([["a", 1]])],
    ["array<struct<x: int>>", () => [{ x: 1 }, [2]], [[1], [2]]],
    ["int", () => undefined, null],
  ])("a function can make %s", async (type, make, expected) => {
    const made = udf(make, type);
    const [row] = await context.spark.range(1).select(made().alias("x")).collect();
    const plain = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(plain)
        : typeof value === "object" && value !== null && "toArray" in value
          ? (value as { toArray(): unknown[] }).toArray()
          : value;
    expect(plain(row.x)).toEqual(expected);
  });

  test("text of 10 MB, and thousands of rows of every length", async () => {
    const long = udf((n: number) => "ü".repeat(n), "string");
    const length = udf((s: string) => s.length, "int");
    const lengths = await context.spark
      .range(3)
      .select(length(long(F.lit(5_000_000))))
      .collect();
    expect(valuesOf(lengths)).toEqual([[5_000_000], [5_000_000], [5_000_000]]);
    const sum = context.spark
      .range(20_000)
      .select(length(long(F.col("id").mod(50))).alias("n"))
      .agg(F.sum("n"));
    expect(valuesOf(await sum.collect())).toEqual([[490_000]]);
  });

  test("unpaired surrogates are refused, as in local data and by PySpark", async () => {
    const broken = udf(() => "a\ud800b");
    await expect(context.spark.range(1).select(broken()).collect()).rejects.toThrow(
      "returned half of a surrogate pair, which UTF-8 has no bytes for",
    );
    const mended = udf(() => "a\ud800b".toWellFormed());
    expect(valuesOf(await context.spark.range(1).select(mended()).collect())).toEqual([["a\ufffdb"]]);
  });
});
