import { describe, expect, test } from "vitest";
import { ByteKeys } from "./byte-keys.ts";
import { hashBytes, KeyBytes, readKeys } from "./key-bytes.ts";

const written = new KeyBytes();

function bytesOf(key: unknown): Buffer | undefined {
  return written.write(key) ? Buffer.from(written.bytes.subarray(0, written.length)) : undefined;
}

const keys: [string, unknown][] = [
  ["a text", "key"],
  ["an empty text", ""],
  ["a text of one byte a unit", "\u00ff\u0000\n"],
  ["a text of two", "漢😀"],
  ["half of a character", "\ud800x"],
  ["a long text", "x".repeat(100_000)],
  ["a long text of two bytes", "é漢".repeat(50_000)],
  ["0", 0],
  ["a negative number", -5],
  ["a large number", 2 ** 40],
  ["a fraction", 0.1],
  ["infinity", -Infinity],
  ["NaN", Number.NaN],
  ["null", null],
  ["undefined", undefined],
  ["true", true],
  ["false", false],
  ["a date", new Date(5)],
  ["a date that isn't one", new Date(Number.NaN)],
  ["an empty array", []],
  ["an array", ["a", 1, null, undefined, true, 0.5, "漢"]],
  ["nested arrays", [["a"], [["b", [new Date(7)]]]]],
  ["a long array", Array.from({ length: 5000 }, (_, i) => `item ${i}`)],
];

describe("a key", () => {
  test.each(keys)("that is %s comes back from its bytes", (_, key) => {
    const bytes = bytesOf(key)!;
    expect(written.isExact).toBe(true);
    expect(written.hash).toBe(hashBytes(bytes, 0, bytes.length));
    expect(readKeys(bytes, 0, [bytes.length], 1)).toEqual([key]);
  });

  test("has bytes of its own", () => {
    const more = [
      "1",
      1,
      [1],
      ["1"],
      [[1]],
      ["a", "b"],
      ["ab"],
      ["a,b"],
      [null],
      [[]],
      1.5,
      "\u0001",
      new Date(1),
    ];
    const all = [...keys.map(([, key]) => key), ...more].map((key) => bytesOf(key)!.toString("latin1"));
    expect(new Set(all).size).toBe(all.length);
  });

  test("that is -0 is the key 0, but isn't read back as it", () => {
    for (const [key, same] of [
      [-0, 0],
      [
        [1, [-0]],
        [1, [0]],
      ],
    ]) {
      const bytes = bytesOf(key);
      expect(written.isExact).toBe(false);
      expect(bytes).toEqual(bytesOf(same));
      expect(written.isExact).toBe(true);
    }
    const holes: unknown[] = [1, 2];
    delete holes[0];
    bytesOf(holes);
    expect(written.isExact).toBe(false);
  });

  test.each([
    ["an object", { a: 1 }],
    ["a bigint", 1n],
    ["a map", new Map()],
    ["an instance", new (class Point {})()],
    ["an array of another class", new (class List extends Array {})()],
    ["an object without a prototype", Object.create(null)],
    ["an array with an object in it", ["a", [{}]]],
    ["bytes", new Uint8Array(2)],
    ["an array that has itself in it", cycle()],
  ])("that is %s has none", (_, key) => {
    expect(written.write(key)).toBe(false);
  });
});

function cycle(): unknown[] {
  const items: unknown[] = [];
  items.push(items);
  return items;
}

test("a table of keys gives each its place, however many there are", () => {
  const table = new ByteKeys();
  const place = (key: unknown) => {
    written.write(key);
    return table.place(written.bytes, 0, written.length, written.hash);
  };
  const all = Array.from({ length: 50_000 }, (_, i) => (i % 2 === 0 ? `key ${i}` : [i, `${i}`]));
  expect(all.map(place)).toEqual(all.map((_, i) => i));
  expect(all.map(place)).toEqual(all.map((_, i) => i));
  expect(table.read(0, 50_000)).toEqual(all);
  expect(table.read(49_999, 50_000)).toEqual([[49_999, "49999"]]);
  table.clear();
  expect([table.count, place("new"), place("key 0"), place("new")]).toEqual([0, 0, 1, 0]);
  expect(table.read(0, 2)).toEqual(["new", "key 0"]);
});
