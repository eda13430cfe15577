import { describe, expect, test } from "vitest";
import { ColumnKind } from "./column-kinds.ts";
import { decodeColumns, decodeRecords, encodeColumns, encodeRecords } from "./records.ts";

const none = new Map();
const inherited = Object.create({ a: 1 }) as Record<string, unknown>;
const named = Object.assign([1, 2], { name: "x" });
const holes: unknown[] = [1, 2, 3];
delete holes[1];
const self: unknown[] = [1];
self.push(self);

const kinds: [string, unknown[], number][] = [
  ["nulls", [null, null], ColumnKind.nulls],
  ["undefineds", [undefined, undefined], ColumnKind.undefineds],
  ["one number over and over", [-7, -7, -7], ColumnKind.sameInt],
  ["small integers", [-128, 0, 127], ColumnKind.int8],
  ["short integers", [-32768, 5, 32767], ColumnKind.int16],
  ["integers", [-(2 ** 31), 0, 2 ** 31 - 1], ColumnKind.int32],
  ["larger integers", [2 ** 31, 2 ** 53], ColumnKind.float64],
  ["-0", [0, -0, 1], ColumnKind.float64],
  ["only -0", [-0, -0], ColumnKind.float64],
  ["floats", [1, 1.5, Number.NaN, Infinity, 5e-324], ColumnKind.float64],
  ["booleans", [true, false], ColumnKind.boolean],
  ["dates", [new Date(0), new Date(Number.NaN), new Date(-62135596800000)], ColumnKind.date],
  ["latin1", ["", "a", "é\u0000ÿ", "a".repeat(300)], ColumnKind.latin1],
  ["long texts", ["é".repeat(5000), "b"], ColumnKind.latin1],
  ["texts beyond", ["a", "ж", "😀", "\ud800", "\udc00x"], ColumnKind.utf16],
  ["long texts beyond", ["ж".repeat(5000), "b"], ColumnKind.utf16],
  ["empty texts", ["", ""], ColumnKind.latin1],
  ["numbers and what is missing", [1, null, undefined, 2], ColumnKind.optional],
  ["nulls and undefineds", [null, undefined], ColumnKind.optional],
  ["texts, first missing", [null, "a"], ColumnKind.optional],
  [
    "pairs",
    [
      ["a", 1],
      ["b", null],
    ],
    ColumnKind.tuple,
  ],
  [
    "triples of triples",
    [
      [1, [2, 3, 4], "x"],
      [5, [6, 7, 8], "y"],
    ],
    ColumnKind.tuple,
  ],
  ["empty arrays", [[], []], ColumnKind.tuple],
  ["one long array", [Array.from({ length: 3000 }, (_, i) => i)], ColumnKind.list],
  ["lists", [[1], [], [2, 3]], ColumnKind.list],
  [
    "lists of pairs",
    [
      [["a", 1]],
      [
        ["b", 2],
        ["c", 3],
      ],
    ],
    ColumnKind.list,
  ],
  [
    "objects",
    [
      { n: 1, sum: 1.5 },
      { n: 2, sum: -0 },
    ],
    ColumnKind.object,
  ],
  [
    "objects with hostile names",
    [JSON.parse('{"__proto__": 1, "a\\"\\n`${x}": 2, "é😀": 3, "": 4}')],
    ColumnKind.object,
  ],
  [
    "objects with numbers for names",
    [
      { 2: "b", 1: "a" },
      { 1: "c", 2: "d" },
    ],
    ColumnKind.object,
  ],
  ["empty objects", [{}, {}], ColumnKind.object],
  ["objects in objects", [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }], ColumnKind.object],
  ["numbers and texts", [1, "1"], ColumnKind.v8],
  ["numbers and bigints", [1, 1n], ColumnKind.v8],
  ["bigints", [2n ** 70n], ColumnKind.v8],
  ["maps and sets", [new Map([[1, new Set([2])]])], ColumnKind.v8],
  ["bytes", [Buffer.from("a"), Uint8Array.of(1)], ColumnKind.v8],
  ["objects with other names", [{ a: 1 }, { b: 1 }], ColumnKind.v8],
  ["objects with more names", [{ a: 1 }, { a: 1, b: 2 }], ColumnKind.v8],
  ["objects with fewer names", [{ a: 1, b: 2 }, { a: 1 }], ColumnKind.v8],
  [
    "objects with names in another order",
    [
      { a: 1, b: 2 },
      { b: 1, a: 2 },
    ],
    ColumnKind.v8,
  ],
  ["objects and arrays", [{ 0: 1 }, [1]], ColumnKind.v8],
  ["arrays and null", [[1], null], ColumnKind.optional],
  ["arrays with names", [named, named], ColumnKind.v8],
  ["matches", ["a1".match(/(.)(.)/), "b2".match(/(.)(.)/)], ColumnKind.v8],
  ["arrays with holes", [holes], ColumnKind.v8],
  ["holes among records", holes, ColumnKind.v8],
  ["dates and numbers", [new Date(0), 0], ColumnKind.v8],
];

function kindOf(values: readonly unknown[]): number {
  return encodeColumns([values], none)[9];
}

describe("columns of records", () => {
  test.each(kinds)("%s come back", (_, values, kind) => {
    expect(kindOf(values)).toBe(kind);
    const bytes = encodeColumns([values], none);
    const [back] = decodeColumns(bytes, none);
    expect(back).toStrictEqual(values);
    expect(back.map((value) => Object.is(value, -0))).toEqual(values.map((value) => Object.is(value, -0)));
    // At an odd address, as a part of a file is.
    const shifted = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
    expect(decodeColumns(shifted, none)[0]).toStrictEqual(values);
    expect(decodeRecords(encodeRecords(values, none), none)).toStrictEqual(values);
  });

  test("all of them at once, side by side", () => {
    const same = kinds.filter(([, values]) => values.length === 2).map(([, values]) => values);
    expect(decodeColumns(encodeColumns(same, none), none)).toStrictEqual(same);
    expect(same.length).toBeGreaterThan(10);
  });

  test("mixed in records of which one part only is V8's", () => {
    const records = kinds.flatMap(([, values]) => [...values].map((value, i) => [i, "a", value]));
    expect(kindOf(records)).toBe(ColumnKind.tuple);
    expect(decodeRecords(encodeRecords(records, none), none)).toStrictEqual(records);
  });

  test("no columns, and no records", () => {
    expect(decodeColumns(encodeColumns([], none), none)).toEqual([]);
    expect(decodeColumns(encodeColumns([[], []], none), none)).toEqual([[], []]);
    expect(decodeRecords(encodeRecords([], none), none)).toEqual([]);
  });

  test("values that hold themselves still do", () => {
    const [back] = decodeRecords(encodeRecords([self], none), none) as [[number, unknown]];
    expect(back[1]).toBe(back);
    const loop: Record<string, unknown> = { a: 1 };
    loop.self = { again: loop };
    const [object] = decodeRecords(encodeRecords([loop], none), none) as [{ self: { again: unknown } }];
    expect(object.self.again).toBe(object);
  });

  test("what an object inherits stays behind, as V8 leaves it", () => {
    inherited.own = 1;
    expect(decodeRecords(encodeRecords([inherited, inherited], none), none)).toStrictEqual([
      { own: 1 },
      { own: 1 },
    ]);
  });

  test("pairs of words and counts take their letters and little more", () => {
    const words = Array.from({ length: 1000 }, (_, i) => `word${i % 10}`);
    const bytes = encodeColumns([words, words.map(() => 1)], none);
    expect(bytes.length).toBe(5000 + 20);
  });

  test("large columns", () => {
    const words = Array.from({ length: 100_000 }, (_, i) => `${i}-é`.repeat(i % 9));
    const records = words.map((word, i) => [word, { n: i, even: i % 2 === 0 }]);
    expect(decodeRecords(encodeRecords(records, none), none)).toStrictEqual(records);
  });
});
