import { describe, expect, test } from "vitest";
import { compareValues } from "./compare-values.ts";

const ascending: [string, unknown[]][] = [
  ["numbers, and what isn't one last", [-Infinity, -1.5, 0, 1, 2 ** 53, Infinity, Number.NaN]],
  ["numbers and bigints", [-(2n ** 70n), -1, 0n, 0.5, 1n, 1.5, 2n ** 53n, 2n ** 53n + 1n, 2 ** 54]],
  ["booleans as 0 and 1", [-1, false, 0.5, true, 2]],
  // In UTF-16 the second half of a pair is smaller than U+E000.
  [
    "text by code point",
    ["", "A", "a", "a\u0000", "aa", "b", "é", "ж", "\ud7ff", "\ue000", "\uffff", "😀", "😀a", "😁"],
  ],
  [
    "unpaired surrogates where they stand",
    ["\ud7ff", "\ud83d", "\ud83dz", "\ude00", "\ue000", "\ud83d\ude00"],
  ],
  ["dates", [new Date(-1), new Date(0), new Date(1), new Date(Number.NaN)]],
  ["bytes", [Buffer.of(), Buffer.of(0), Buffer.of(1), Buffer.of(1, 0), Buffer.of(255)]],
  [
    "arrays item by item",
    [[], [0], [0, "a"], [0, "a", 0], [0, "b"], [1], [1, [2]], [1, [2, 0]], [Number.NaN]],
  ],
  [
    "arrays that differ after what has no order",
    [
      [null, 1],
      [null, 2],
    ],
  ],
  [
    "arrays that differ after an object",
    [
      [{ a: 1 }, 1],
      [{ a: 1 }, 2],
    ],
  ],
];

describe("the order of values", () => {
  test.each(ascending)("%s", (_, values) => {
    values.forEach((a, i) =>
      values.forEach((b, k) => {
        expect([a, b, Math.sign(compareValues(a, b))]).toEqual([a, b, Math.sign(i - k)]);
      }),
    );
  });

  test.each([
    [0, -0],
    [1, 1n],
    [1, true],
    [Number.NaN, Number.NaN],
    [null, null],
    [undefined, undefined],
    [{ a: 1 }, { a: 1 }],
    [new Set([1]), new Set([1])],
  ])("%o and %o are equal", (a, b) => expect(compareValues(a, b)).toBe(0));

  test.each([
    [1, "1", '1 (number) and "1" (string)'],
    [null, 1, "null and 1 (number)"],
    [undefined, null, "undefined and null"],
    [{ a: 1 }, { a: 2 }, '{"a":1} (Object) and {"a":2} (Object)'],
    [new Map(), new Map([[1, 2]]), "{} (Map) and {} (Map)"],
    [[1], 1, "[1] (Array) and 1 (number)"],
    [new Date(0), 0, "(Date) and 0 (number)"],
    [[1, null], [1, "a"], 'null and "a" (string)'],
  ])("%o and %o have none, and the message has both and what to do", (a, b, both) => {
    expect(() => compareValues(a, b)).toThrow(TypeError);
    expect(() => compareValues(a, b)).toThrow(both);
    expect(() => compareValues(a, b)).toThrow(/\nGive a key function that returns/);
  });
});
