import { describe, expect, test } from "vitest";
import { StatCounter } from "../../stat-counter.ts";
import { partitionOperations, type PartitionCall } from "./index.ts";

function run(name: string, records: Iterable<unknown>, call: Partial<PartitionCall> = {}): unknown[] {
  return [...partitionOperations[name](records, { partition: 0, functions: [], ...call })];
}

const lengthOf = (text: unknown) => (text as string).length;

describe("glom, countByValue, zipWithIndex and zipWithUniqueId", () => {
  test("put a partition into one array, an empty one too", () => {
    expect(run("glom", [1, [2]])).toEqual([[1, [2]]]);
    expect(run("glom", [])).toEqual([[]]);
  });

  test("count by value in the order in which values came", () => {
    const records = ["b", [1, 2], "a", [1, 2], Number.NaN, null, "b", Number.NaN, -0, 0, 1, true, "1"];
    expect(run("countByValue", records)).toEqual([
      ["b", 2],
      [[1, 2], 2],
      ["a", 1],
      [Number.NaN, 2],
      [null, 1],
      [-0, 2],
      [1, 1],
      [true, 1],
      ["1", 1],
    ]);
  });

  test("number the records of all partitions", () => {
    expect(run("zipWithIndex", ["a", "b"], { partition: 1, args: { starts: [0, 3] } })).toEqual([
      ["a", 3],
      ["b", 4],
    ]);
    expect(run("zipWithUniqueId", ["a", "b"], { partition: 1, args: { partitions: 3 } })).toEqual([
      ["a", 1],
      ["b", 4],
    ]);
  });
});

describe("takeOrdered and top", () => {
  const many = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);

  test("give the first of the order", () => {
    expect(run("takeOrdered", many, { args: { count: 3 } })).toEqual([0, 1, 2]);
    expect(run("top", many, { args: { count: 3 } })).toEqual([4999, 4998, 4997]);
    expect(run("takeOrdered", many, { args: { count: 4990 } })).toEqual(
      many.toSorted((a, b) => a - b).slice(0, 4990),
    );
  });

  test("give everything where there is less, and nothing of nothing", () => {
    expect(run("takeOrdered", [2, 1], { args: { count: 10 } })).toEqual([1, 2]);
    expect(run("top", [], { args: { count: 10 } })).toEqual([]);
    expect(run("top", [1], { args: { count: 0 } })).toEqual([]);
  });

  test("keep the order of records whose keys are equal", () => {
    const records = Array.from({ length: 3000 }, (_, i) => `${i % 3}-${i}`);
    const call = { functions: [(text: unknown) => Number((text as string)[0])], args: { count: 4 } };
    expect(run("takeOrdered", records, call)).toEqual(["0-0", "0-3", "0-6", "0-9"]);
    expect(run("top", records, call)).toEqual(["2-2", "2-5", "2-8", "2-11"]);
  });

  test("compare arrays and texts as Python does, NaN as the largest", () => {
    const arrays = [
      ["b", 1],
      ["a", 2],
      ["a", 1],
    ];
    expect(run("takeOrdered", arrays, { args: { count: 2 } })).toEqual([
      ["a", 1],
      ["a", 2],
    ]);
    expect(run("top", [1, Number.NaN, 2], { args: { count: 2 } })).toEqual([Number.NaN, 2]);
    expect(run("top", ["bb", "a", "ccc"], { functions: [lengthOf], args: { count: 1 } })).toEqual(["ccc"]);
  });

  test("say which two records have no order", () => {
    expect(() => run("top", [1, "a"], { args: { count: 1 } })).toThrow(
      'There is no order between 1 (number) and "a" (string)',
    );
  });
});

describe("stats", () => {
  test("gives a state to merge", () => {
    const states = [run("stats", [1, 2, true, 4n])[0], run("stats", [])[0]];
    expect(StatCounter.merged(states).asDict()).toMatchObject({ count: 4, mean: 2, min: 1, max: 4 });
  });

  test("refuses what is no number, with the value and what to do", () => {
    expect(() => run("stats", [1, "2"], { method: "mean" })).toThrow(
      'mean needs numbers, but got "2" (string).\nMake numbers first: rdd.map(Number)',
    );
  });
});

describe("histogram", () => {
  test.each([
    ["even buckets", [0, 10, 20], true, [0, 5, 9.9, 10, 20], [3, 2]],
    ["uneven buckets", [0, 5, 25, 50], false, Array.from({ length: 51 }, (_, i) => i), [5, 20, 26]],
    ["texts", ["a", "b", "c"], false, ["ab", "ac", "b", "bd", "ef"], [2, 2]],
    ["what lies outside", [1, 2], true, [0.9, 1, 2, 2.1, Infinity, -Infinity], [2]],
    ["what is missing", [1, 2, 3], true, [null, undefined, Number.NaN, 1], [1, 0]],
    ["one value", [5, 5], true, [5, 5, 5], [3]],
    ["arrays", [[0], [1], [2, 1]], false, [[0], [0, 5], [1], [2], [2, 1], [2, 2]], [2, 3]],
    ["nothing", [0, 1], true, [], [0]],
  ])("counts %s", (_, buckets, even, records, counts) => {
    expect(run("histogram", records, { args: { buckets, even } })).toEqual([counts]);
  });
});

describe("samples", () => {
  const records = Array.from({ length: 200 }, (_, i) => i);

  test("that are split are disjoint and together everything", () => {
    const parts = [
      [0, 0.3],
      [0.3, 1],
    ].map(([lower, upper]) => run("split", records, { partition: 2, args: { lower, upper, seed: 5 } }));
    expect(parts.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual(records);
    expect(Math.min(parts[0].length, parts[1].length)).toBeGreaterThan(20);
  });

  test("by key take keys by value, and need a fraction for each", () => {
    const pairs = records.map((i) => [[i % 2], i]);
    const args = {
      withReplacement: false,
      fractions: [
        [[0], 1],
        [[1], 0],
      ],
      seed: 1,
    };
    expect(run("sampleByKey", pairs, { args })).toEqual(pairs.filter((_, i) => i % 2 === 0));
    expect(() => run("sampleByKey", [["x", 1]], { args })).toThrow(
      'sampleByKey has no fraction for the key "x" (string).\nGive each key one',
    );
    expect(() => run("sampleByKey", [1], { args })).toThrow(
      "sampleByKey needs [key, value] records, but got number.",
    );
  });
});
