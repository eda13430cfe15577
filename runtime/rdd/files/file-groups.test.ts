import { expect, test } from "vitest";
import { fileGroups } from "./file-groups.ts";

// The files, their order and the groups are what a real Spark made of them (wholeTextFiles with minPartitions).
const files = Object.entries({ f: 1, e: 30, b: 10, h: 40, g: 0, d: 7, c: 0, a: 5 }).map(([path, size]) => ({
  url: `file:/${path}`,
  path,
  size,
}));

test.each([
  [1, ["febhda", "gc"]],
  [2, ["febh", "gdca"]],
  [3, ["fe", "bh", "gdca"]],
  [4, ["fe", "bh", "gdca"]],
  [10, ["fe", "b", "h", "da", "gc"]],
])("files are grouped as in Spark: at least %i", (minPartitions, expected) => {
  const groups = fileGroups(files, Math.ceil(93 / minPartitions));
  expect(groups.map((group) => group.map(({ path }) => path).join(""))).toEqual(expected);
});

test("files that are small beside what a partition takes are one group, in order", () => {
  expect(fileGroups(files, 4 << 20)).toEqual([files]);
});

test("empty files are one group, no files none", () => {
  const empty = files.filter(({ size }) => size === 0);
  expect(fileGroups(empty, 0)).toEqual([empty]);
  expect(fileGroups([], 0)).toEqual([]);
});
