import { expect, test } from "vitest";
import { compareValues } from "../compare-values.ts";
import { naturally, sortedOrder } from "./sort-order.ts";

const special = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1,
  -1,
  0.5,
  -0.5,
  5e-324,
  -5e-324,
  2 ** 53,
  -(2 ** 53),
  1e308,
  NaN,
  -0,
];
const many = Array.from({ length: 5000 }, (_, i) => {
  const value = Math.sin(i) * 10 ** ((i % 40) - 20);
  return i % 7 === 0 ? special[i % special.length] : i % 3 === 0 ? Math.trunc(value * 1000) % 50 : value;
});

test.each([1, -1] as const)(
  "numbers are ordered as compareValues has it, direction %i, equal ones as they came",
  (direction) => {
    const compare = naturally(direction);
    const expected = many.map((_, i) => i).sort((a, b) => compare(many[a], many[b]) || a - b);
    expect([...sortedOrder(many, compare, direction)]).toEqual(expected);
    expect([...sortedOrder(many, compare, undefined)]).toEqual(expected);
  },
);

test.each([
  ["texts", Array.from({ length: 3000 }, (_, i) => `k${(i * 7) % 500}`)],
  ["numbers with one bigint", [...many, 3n]],
  ["few", [3, 1, 2, 1]],
  ["none", []],
])("%s are ordered by comparing", (_, keys) => {
  const expected = keys.map((_, i) => i).sort((a, b) => compareValues(keys[a], keys[b]) || a - b);
  expect([...sortedOrder(keys, compareValues, 1)]).toEqual(expected);
});

test("all the same keep their order", () => {
  const keys = new Array<number>(4000).fill(7);
  expect([...sortedOrder(keys, compareValues, 1)]).toEqual(keys.map((_, i) => i));
});

test("what has no order is an error", () => {
  expect(() => sortedOrder(["a", 1], compareValues, 1)).toThrow(TypeError);
});
