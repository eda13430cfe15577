import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import type { TypeJson } from "../../plan/data-type.ts";
import { columnBuilder } from "./column-builder.ts";
import type { ColumnLayout } from "./column-layouts.ts";

const types: Record<string, arrow.DataType> = {
  string: new arrow.Utf8(),
  binary: new arrow.Binary(),
  boolean: new arrow.Bool(),
  byte: new arrow.Int8(),
  short: new arrow.Int16(),
  integer: new arrow.Int32(),
  long: new arrow.Int64(),
  float: new arrow.Float32(),
  double: new arrow.Float64(),
};

function arrowType(type: TypeJson): arrow.DataType {
  if (typeof type === "string") return types[type];
  if (type.type === "array")
    return new arrow.List(new arrow.Field("element", arrowType(type.elementType), true));
  if (type.type === "struct")
    return new arrow.Struct(type.fields.map((f) => new arrow.Field(f.name, arrowType(f.type), true)));
  if (type.type !== "map") throw new Error(type.type);
  const entries = new arrow.Struct([
    new arrow.Field("key", arrowType(type.keyType)),
    new arrow.Field("value", arrowType(type.valueType), true),
  ]);
  return new arrow.Map_(new arrow.Field("entries", entries as never));
}

/** Apache's own reader of the layout. */
function read(layout: ColumnLayout, type: arrow.DataType): arrow.Data {
  const { length, nullCount, buffers, children } = layout;
  const aligned = buffers.map((buffer) => new Uint8Array(buffer)); // a copy, at the start of its memory
  const nullBitmap = nullCount > 0 ? aligned[0] : undefined;
  const nested = (type.children ?? []).map((field, i) => read(children[i], field.type));
  if (nested.length > 0) {
    const valueOffsets = aligned[1] && new Int32Array(aligned[1].buffer);
    return arrow.makeData({
      type,
      length,
      nullCount,
      nullBitmap,
      valueOffsets,
      children: nested,
      child: nested[0],
    } as never);
  }
  if (aligned.length === 3) {
    return arrow.makeData({
      type,
      length,
      nullCount,
      nullBitmap,
      valueOffsets: new Int32Array(aligned[1].buffer),
      data: aligned[2],
    } as never);
  }
  const { ArrayType } = type as unknown as { ArrayType: new (buffer: ArrayBuffer) => ArrayBufferView };
  return arrow.makeData({
    type,
    length,
    nullCount,
    nullBitmap,
    data: new ArrayType(aligned[1].buffer),
  } as never);
}

function column(type: TypeJson, values: unknown[], nullable = true): unknown[] {
  const builder = columnBuilder(type, nullable, "c");
  for (const value of values) builder.append(value);
  const vector = new arrow.Vector([read(builder.finish(), arrowType(type))]);
  return JSON.parse(
    JSON.stringify([...vector], (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
  ) as unknown[];
}

describe("columns in Arrow's layout", () => {
  test.each<[TypeJson, unknown[]]>([
    ["string", ["a", "", null, "漢字 😀", "x".repeat(10_000)]],
    ["boolean", [true, false, null, true, true, false, true, null, true, true]],
    ["byte", [-128, 127, null]],
    ["short", [-32768, 32767, null]],
    ["integer", [-2147483648, 2147483647, null]],
    ["long", [0, -1, null, Number.MAX_SAFE_INTEGER]],
    ["float", [1.5, null, -0.25]],
    ["double", [0.1, null, 1e308]],
    [{ type: "array", elementType: "integer", containsNull: true }, [[1, null, 3], [], null, [4]]],
    [
      {
        type: "struct",
        fields: [
          { name: "a", type: "string", nullable: false },
          { name: "b", type: "long", nullable: true },
        ],
      },
      [{ a: "x", b: 1 }, null, { a: "y", b: null }],
    ],
    [
      { type: "map", keyType: "string", valueType: "double", valueContainsNull: true },
      [{ a: 1, b: null }, {}, null],
    ],
  ])("%j", (type, values) => {
    expect(column(type, values)).toEqual(values);
    expect(column(type, [])).toEqual([]);
    expect(column(type, [null, undefined])).toEqual([null, null]);
  });

  test("bytes", () => {
    expect(column("binary", [Uint8Array.of(1, 255), null])).toEqual([{ 0: 1, 1: 255 }, null]);
  });

  test("a column without nulls has no validity buffer", () => {
    const builder = columnBuilder("integer", true, "c");
    builder.append(1);
    expect(builder.finish()).toMatchObject({
      length: 1,
      nullCount: 0,
      buffers: [{ length: 0 }, { length: 4 }],
    });
  });

  test("a builder starts anew after finish", () => {
    const builder = columnBuilder("string", true, "c");
    builder.append("first");
    builder.append(null);
    builder.finish();
    builder.append("second");
    const vector = new arrow.Vector([read(builder.finish(), types.string)]);
    expect([...vector]).toEqual(["second"]);
  });

  test.each<[TypeJson, unknown, string]>([
    ["string", 1, "has 1 (number) in column `c` of type string"],
    ["boolean", "true", 'has "true" (string) in column `c` of type boolean'],
    ["byte", 128, "has 128 (number) in column `c` of type byte"],
    ["integer", 2 ** 31, "in column `c` of type integer"],
    ["integer", Number.NaN, "in column `c` of type integer"],
    ["long", 2 ** 53, "in column `c` of type long"],
    ["long", 2n ** 63n, "has 9223372036854775808n (bigint)"],
    ["double", 1n, "has 1n (bigint) in column `c` of type double"],
    ["date", "2024-1-1", 'has "2024-1-1" (string) in column `c` of type date'],
    ["timestamp", new Date(Number.NaN), "(Date) in column `c` of type timestamp"],
    ["decimal(4,2)", "100", 'has "100" (string) in column `c` of type decimal(4,2)'],
    ["decimal(4,2)", "1.234", "of type decimal(4,2)"],
    [{ type: "array", elementType: "long", containsNull: true }, "abc", "in column `c`, an array"],
    [
      { type: "array", elementType: "long", containsNull: true },
      [1, "b"],
      'has "b" (string) in column `c[]`',
    ],
    [
      { type: "array", elementType: "long", containsNull: false },
      [null],
      "column `c[]`, which the schema says is never null",
    ],
    [
      { type: "struct", fields: [{ name: "a", type: "long", nullable: true }] },
      [1, 2],
      "a struct of 1 fields",
    ],
    [
      { type: "map", keyType: "string", valueType: "long", valueContainsNull: true },
      [1],
      "a map: pass a Map or an object",
    ],
  ])("%j refuses %o", (type, value, message) => {
    expect(() => columnBuilder(type, true, "c").append(value)).toThrow(message);
  });

  test("null is refused where the schema has none", () => {
    expect(() => columnBuilder("long", false, "n").append(undefined)).toThrow(
      "has undefined in column `n`, which the schema says is never null",
    );
  });
});
