import polars from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { parquetRows } from "../../../tests/support/parquet-rows.ts";
import { randomFrom } from "../../../tests/support/random.ts";
import type { ParquetColumn } from "./parquet-column.ts";
import { parquetFile } from "./parquet-file.ts";

type Value = bigint | number | boolean | string | null;

/** A column of these values, null for none. */
function column(name: string, type: ParquetColumn["type"], values: readonly Value[]): ParquetColumn {
  const rows = [...values.keys()].filter((row) => values[row] !== null);
  const present = rows.map((row) => values[row]!);
  return {
    name,
    type,
    count: rows.length,
    rows: rows.length === values.length ? undefined : Int32Array.from(rows),
    data: dataOf(type, present),
  };
}

function dataOf(type: ParquetColumn["type"], values: readonly NonNullable<Value>[]): ParquetColumn["data"] {
  if (type === "boolean") return { kind: "boolean", bits: Uint8Array.from(values, Number) };
  if (type === "double") {
    return { kind: "fixed", halves: new Int32Array(Float64Array.from(values as number[]).buffer) };
  }
  if (type === "string") {
    const texts = values.map((value) => Buffer.from(value as string));
    const starts = new Int32Array(texts.length + 1);
    for (const [index, text] of texts.entries()) starts[index + 1] = starts[index] + text.length;
    return { kind: "text", bytes: Buffer.concat(texts), starts };
  }
  return { kind: "fixed", halves: new Int32Array(BigInt64Array.from(values as bigint[]).buffer) };
}

/** What is read from a file that has this one column. */
function roundTrip(type: ParquetColumn["type"], values: readonly Value[]): Value[] {
  const { rows } = parquetRows(parquetFile([column("v", type, values)], values.length));
  return rows.map(({ v }) => v);
}

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

describe("parquetFile", () => {
  const cases: [string, ParquetColumn["type"], Value[]][] = [
    ["longs", "long", [0n, -1n, least, most, null, 4294967296n]],
    ["doubles", "double", [0, -0.5, 1e308, 5e-324, null, 0.1]],
    ["booleans", "boolean", [true, null, false, true, true, false, true, true, false, true]],
    ["texts", "string", ["", "a", "é😀", null, "x".repeat(3_000_000), "\u0000"]],
    ["timestamps", "timestamp", [0n, 1_600_085_146_455_123n, null]],
    ["one value", "long", [7n]],
    ["one value over and over", "string", Array.from({ length: 1000 }, () => "same")],
    ["one value among nulls", "long", [...Array.from({ length: 5000 }, () => null), 1n]],
    ["a value before nulls", "long", [1n, ...Array.from({ length: 5000 }, () => null)]],
  ];
  test.each(cases)("gives back %s", (_name, type, values) => {
    expect(roundTrip(type, values)).toEqual(values);
  });

  const random = randomFrom(4);
  const pickers: [string, ParquetColumn["type"], (row: number) => Value][] = [
    ["few distinct longs", "long", () => BigInt(random(50) - 25)],
    ["longs that never repeat, in several pages", "long", (row) => BigInt(row) * 7919n],
    ["more distinct longs than a dictionary holds, each twice", "long", (row) => BigInt(row >> 1)],
    ["doubles", "double", () => random(1000) / 8],
    ["few distinct texts", "string", () => `user${random(300)}`],
    ["texts that never repeat, in several pages", "string", (row) => `event ${row} ${random(1e9)}`],
    ["texts whose dictionary gets too large", "string", (row) => `${row % 5000} ${"x".repeat(400)}`],
    ["booleans", "boolean", () => random(2) === 0],
  ];
  const shares: [string, (row: number) => boolean][] = [
    ["in each row", () => true],
    ["in every other row or so", () => random(2) === 0],
    ["in one row of a thousand", () => random(1000) === 0],
    ["in runs", (row) => (row >> 9) % 3 === 0],
  ];
  test.each(pickers.flatMap((picker) => shares.map((share) => [...picker, ...share] as const)))(
    "gives back %s",
    (_name, type, pick, _where, isPresent) => {
      const values = Array.from({ length: 150_000 }, (_, row) => (isPresent(row) ? pick(row) : null));
      // Compared here: a difference of 150,000 values can't be read.
      const back = roundTrip(type, values);
      expect(back.length).toBe(values.length);
      expect(back.findIndex((value, row) => value !== values[row])).toBe(-1);
    },
  );

  test("gives columns the types that Spark calls bigint, double, boolean, string and timestamp", () => {
    const names = ["long", "double", "boolean", "string", "timestamp"] as const;
    const values: Value[][] = [[1n], [0.5], [true], ["x"], [1n]];
    const columns = names.map((type, index) => column(type, type, values[index]));
    expect(parquetRows(parquetFile(columns, 1)).types).toEqual({
      long: "Int64",
      double: "Float64",
      boolean: "Bool",
      string: "String",
      timestamp: "Datetime(us,UTC)",
    });
  });

  test("writes constants without an entry for each row", () => {
    const text: ParquetColumn["data"] = { kind: "constant", value: "siem" };
    const number: ParquetColumn["data"] = { kind: "constant", value: 2 ** 40 };
    const all = { count: 100_000, rows: undefined };
    const bytes = parquetFile(
      [
        { name: "t", type: "string", ...all, data: text },
        { name: "n", type: "long", ...all, data: number },
      ],
      100_000,
    );
    expect(bytes.length).toBeLessThan(600);
    const { rows } = parquetRows(bytes);
    expect(rows.length).toBe(100_000);
    expect(new Set(rows.map(({ t, n }) => `${t} ${n}`))).toEqual(new Set([`siem ${2 ** 40}`]));
  });

  test("takes 1000 columns that are nearly empty without a byte for each row", () => {
    const columns = Array.from({ length: 1000 }, (_, index): ParquetColumn => {
      const data = dataOf("long", [BigInt(index)]);
      return { name: `column${index}`, type: "long", count: 1, rows: Int32Array.of(index * 90), data };
    });
    const bytes = parquetFile(columns, 100_000);
    expect(bytes.length).toBeLessThan(250_000);
    const frame = polars.readParquet(bytes);
    expect(frame.height).toBe(100_000);
    expect(frame.getColumn("column17").nullCount()).toBe(99_999);
    expect(frame.getColumn("column17").get(17 * 90)).toBe(17);
  });

  test("lets readers find rows by the bounds of numbers", () => {
    const values = Array.from({ length: 1000 }, (_, row) => BigInt(row - 500) * 2n ** 40n);
    const bytes = parquetFile([column("v", "long", values), column("d", "double", values.map(Number))], 1000);
    const frame = polars.readParquet(bytes);
    const least = -500 * 2 ** 40;
    for (const name of ["v", "d"]) {
      expect(frame.filter(polars.col(name).lt(least + 1)).height).toBe(1);
      expect(frame.filter(polars.col(name).gt(499 * 2 ** 40 - 1)).height).toBe(1);
    }
  });
});
