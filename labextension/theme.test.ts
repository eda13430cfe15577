import { expect, test } from "vitest";
import { parseColor } from "./theme.ts";

test("reads the colours of computed styles, and none from what is transparent", () => {
  expect(parseColor("rgb(255, 0, 51)")).toEqual([1, 0, 0.2]);
  expect(parseColor("rgba(0, 255, 0, 0.5)")).toEqual([0, 1, 0]);
  expect(parseColor("rgba(0, 0, 0, 0)")).toBeUndefined();
  expect(parseColor("color(srgb 1 0 0)")).toBeUndefined();
});
