import { expect, test } from "vitest";
import { Row } from "../sql/row.ts";
import { recordOf, RowFrame } from "./row-frame.ts";

const frame = new RowFrame(
  ["k", "n", "k"],
  [
    ["a", "b"],
    [1, null],
    [true, false],
  ],
  2,
);

test("rows are reached one by one, all, or by iterating", () => {
  expect(frame.row(1).k).toBe("b");
  expect(frame.rows().map((row) => row.toArray())).toEqual([
    ["a", 1, true],
    ["b", null, false],
  ]);
  expect([...frame].every((row) => row instanceof Row)).toBe(true);
  expect(frame.map((row, i) => [row.n, i])).toEqual([
    [1, 0],
    [null, 1],
  ]);
  expect(frame.filter((row) => row.n === null)).toHaveLength(1);
});

test("columns are reached by name, the first of it, or by position", () => {
  expect(frame.column("k")).toEqual(["a", "b"]);
  expect(frame.column(2)).toEqual([true, false]);
  expect(frame.columns).toEqual(["k", "n", "k"]);
});

test("what isn't there is refused with what is", () => {
  expect(() => frame.column("x")).toThrow("No column `x` in [k, n, k].\nPass one of these");
  expect(() => frame.row(2)).toThrow("row(2) of 2 rows.\nPositions begin at 0");
});

test("a row becomes its values by position, anything else stays", () => {
  expect(recordOf(frame.row(0))).toEqual(["a", 1, true]);
  const record = { k: 1 };
  expect(recordOf(record)).toBe(record);
});
