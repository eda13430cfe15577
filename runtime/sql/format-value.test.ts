import { expect, test } from "vitest";
import { formatFloat } from "./format-value.ts";

test.each([
  [1, false, "1.0"],
  [-0, false, "-0.0"],
  [0.1, false, "0.1"],
  [Number.NaN, false, "NaN"],
  [Number.NEGATIVE_INFINITY, true, "-Infinity"],
  [1e300, false, "1e+300"],
  [Math.fround(0.1), true, "0.1"],
  [Math.fround(16777216), true, "16777216.0"],
  [Math.fround(1 / 3), true, "0.33333334"],
])("%s is shown as a number with a fraction (a float of 32 bits: %s): %s", (value, isSingle, text) => {
  expect(formatFloat(value, isSingle)).toBe(text);
});
