import { describe, expect, test } from "vitest";
import { hashKey, KeyMap } from "./key-map.ts";

const equal: [string, unknown, unknown][] = [
  ["arrays", ["a", 1], ["a", 1]],
  ["nested arrays", [[1], [2, [3]]], [[1], [2, [3]]]],
  ["objects, whatever the order of their fields", { a: 1, b: [2] }, { b: [2], a: 1 }],
  ["dates", new Date(5), new Date(5)],
  [
    "maps",
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["sets", new Set([1, 2]), new Set([2, 1])],
  ["typed arrays", Uint8Array.of(1), Uint8Array.of(1)],
  ["NaN", Number.NaN, Number.NaN],
  ["0 and -0", 0, -0],
  ["0 and -0 inside", [0], [-0]],
  ["null", null, null],
  ["undefined", undefined, undefined],
  ["errors", new Error("a"), new Error("a")],
  ["patterns", /a/g, /a/g],
  ["bigints", 2n ** 70n, 2n ** 70n],
];

const different: [string, unknown, unknown][] = [
  ["a number and its text", 1, "1"],
  ["a number and a bigint", 1, 1n],
  ["null and undefined", null, undefined],
  ["null and its text", null, "null"],
  ["an array and its text", ["a"], '["a"]'],
  ["arrays of numbers and of texts", [1], ["1"]],
  ["a cut at another place", ["a,b"], ["a", "b"]],
  ["an object and an array", { 0: 1 }, [1]],
  ["a date and its number", new Date(5), 5],
  ["typed arrays of other types", Uint8Array.of(1), Int8Array.of(1)],
  ["texts of numbers in arrays", ["1,2"], ["1", "2"]],
  ["a text and the text by which an array is known", "\u0000[1,]", [1]],
  ["true and 1", true, 1],
  ["arrays of true and of 1", [true], [1]],
  ["null and undefined inside", [null], [undefined]],
  ["nested otherwise", [[1], 2], [[1, 2]]],
  ["errors of other messages", new Error("a"), new Error("b")],
  ["an object's names and its values", { a: "b" }, { ab: "" }],
  ["an empty object and an empty map", {}, new Map()],
];

describe("a map by value", () => {
  test("keeps the order in which keys of all kinds came", () => {
    const keys = [
      "b",
      ["a", 1],
      2,
      { a: 1 },
      "a",
      null,
      "\u0000[1,]",
      [1],
      undefined,
      "\u0000",
      1n,
      true,
      Number.NaN,
    ];
    const map = new KeyMap<number>();
    keys.forEach((key, index) => map.set(key, index));
    for (const key of keys) map.set(key, map.get(key)! + 100);
    expect([...map.entries()]).toEqual(keys.map((key, index) => [key, index + 100]));
    expect([...map.all()].map(({ key }) => key)).toEqual(keys);
  });

  test("changes a value in place, and forgets", () => {
    const map = new KeyMap<number>();
    expect(map.entry([1])).toBeUndefined();
    map.add([1], 1);
    map.entry([1])!.value++;
    expect(map.get([1])).toBe(2);
    map.add("a", 1);
    map.clear();
    expect(map.size).toBe(0);
    expect(map.has("a")).toBe(false);
    expect(map.has([1])).toBe(false);
    expect([...map.all()]).toEqual([]);
  });

  test("sees a key that was changed between two looks", () => {
    const map = new KeyMap<number>();
    const key = [1];
    map.set(key, 1);
    key[0] = 2;
    expect(map.has(key)).toBe(false);
  });

  test("holds many keys of all kinds", () => {
    const map = new KeyMap<number>();
    const keys = Array.from(
      { length: 20_000 },
      (_, i) => [[i, `${i}`], { n: i, of: [i % 7] }, i, `${i}`][i % 4],
    );
    for (let round = 0; round < 2; round++) {
      for (const key of keys) map.set(structuredClone(key), (map.get(key) ?? 0) + 1);
    }
    expect([...map.entries()]).toEqual(keys.map((key) => [key, 2]));
  });
});

test("a key that holds itself is refused with what to do", () => {
  const key: unknown[] = [];
  key.push(key);
  expect(() => hashKey(key)).toThrow(/holds itself\.\nUse a part of it as the key/);
});

describe("keys by value", () => {
  test.each(equal)("%s are one key", (_, a, b) => {
    const map = new KeyMap<string>();
    map.set(a, "first");
    expect(map.get(b)).toBe("first");
    map.set(b, "second");
    expect([...map.entries()]).toHaveLength(1);
    expect(hashKey(a)).toBe(hashKey(b));
  });

  test.each(different)("%s are two", (_, a, b) => {
    const map = new KeyMap<number>();
    map.set(a, 1);
    expect(map.has(b)).toBe(false);
    map.set(b, 2);
    expect(map.size).toBe(2);
  });
});

test("hashes spread over few partitions evenly", () => {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[hashKey(`host-${i}`) % 4]++;
  for (let i = 0; i < 4000; i++) counts[hashKey(i * 4) % 4]++;
  for (const count of counts) expect(count).toBeGreaterThan(1800);
});
