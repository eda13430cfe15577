import { expect, test } from "vitest";
import { rowMaker } from "./row.ts";

test("asDict leaves rows within as they are, and with true makes plain objects of them, in arrays and maps too", () => {
  const inner = rowMaker(["a"])([1]);
  const row = rowMaker(["r", "list", "map", "n"])([inner, [inner, null], new Map([["k", inner]]), 2]);
  expect(row.asDict().r).toBe(inner);
  expect(row.asDict(true)).toStrictEqual({
    r: { a: 1 },
    list: [{ a: 1 }, null],
    map: new Map([["k", { a: 1 }]]),
    n: 2,
  });
});
