import { describe, expect, test } from "vitest";
import { bucketsArgument } from "./histogram.ts";

describe("the buckets of a histogram", () => {
  test.each<[string, readonly unknown[], boolean]>([
    ["equally wide", [0, 0.1, 0.2, 0.3], true],
    ["of several widths", [0, 5, 25], false],
    ["of text", ["a", "b", "c"], false],
    ["of dates", [new Date(0), new Date(1)], false],
    ["of bigints", [1n, 2n], false],
  ])("%s are taken as they are", (_, edges, isEven) => {
    expect(bucketsArgument(edges)).toEqual({ edges, isEven });
  });

  test.each<[unknown, string]>([
    [0, "0 buckets"],
    [1.5, "1.5 buckets"],
    [Number.NaN, "NaN buckets"],
    ["a", '"a"'],
    [undefined, "nothing"],
    [new Set([1]), "a Set"],
  ])("%o is refused", (given, what) => {
    expect(() => bucketsArgument(given)).toThrow(
      `histogram() was given ${what}.\nPass a whole number from 1, or sorted`,
    );
  });

  test.each<[readonly unknown[], string]>([
    [[], "0 edges"],
    [[1], "1 edges"],
    [[1, null], "null as an edge"],
    [[undefined, 1], "undefined as an edge"],
    [[1, Number.NaN], "NaN as an edge"],
    [[1, 1], "edges that don't grow"],
    [[3, 1, 2], "edges that don't grow"],
    [["a", 1], "edges that can't be compared"],
  ])("the edges %o are refused", (given, what) => {
    expect(() => bucketsArgument(given)).toThrow(
      `histogram() was given ${what}.\nPass sorted edges, at least two`,
    );
  });
});
