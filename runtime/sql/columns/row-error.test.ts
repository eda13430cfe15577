import { expect, test } from "vitest";
import { describeValue, showValue } from "./row-error.ts";

test.each<[unknown, string]>([
  [NaN, "NaN (number)"],
  [-Infinity, "-Infinity (number)"],
  [new Date(NaN), "Invalid Date (Date)"],
  [new Date(0), '"1970-01-01T00:00:00.000Z" (Date)'],
  [5n, "5n (bigint)"],
  ["NaN", '"NaN" (string)'],
  [{ a: [NaN, 5n, null], b: new Date(NaN) }, '{"a":[NaN,5n,null],"b":Invalid Date} (Object)'],
  [Object.create(null), "{} (object)"],
  [Symbol("s"), "Symbol(s) (symbol)"],
  [undefined, "undefined"],
])("%o is described by what it is", (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("what can't be written as JSON is named by its kind, and long values are cut", () => {
  const bareObject = Object.create(null) as Record<string, unknown>;
  bareObject.self = bareObject;
  expect(showValue(bareObject)).toBe("[object Object]");
  expect(showValue("x".repeat(100), 10)).toBe('"xxxxxxxxx…');
});
