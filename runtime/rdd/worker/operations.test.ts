import { describe, expect, test } from "vitest";
import { drive, type Operation } from "./operations.ts";

function run(
  blocks: unknown[][],
  operations: [Operation["kind"], (x: never) => unknown][],
  limit = Infinity,
): unknown[] {
  const out: unknown[] = [];
  const sink = {
    push: (record: unknown) => void out.push(record),
    get isFull() {
      return out.length >= limit;
    },
  };
  drive(
    blocks,
    operations.map(([kind, fn]) => ({ kind, fn })),
    sink,
    { record: undefined },
  );
  return out;
}

describe("fused operations", () => {
  test("run in their order", () => {
    const operations: [Operation["kind"], (x: never) => unknown][] = [
      ["map", (x: number) => x + 1],
      ["filter", (x: number) => x % 2 === 0],
      ["flatMap", (x: number) => [x, x]],
      ["keyBy", (x: number) => x / 2],
      ["mapValues", (x: number) => -x],
    ];
    expect(run([[1, 2], [3]], operations)).toEqual([
      [1, -2],
      [1, -2],
      [2, -4],
      [2, -4],
    ]);
  });

  test("mapPartitions sees everything before it, lazily, and may come several times", () => {
    const seen: number[] = [];
    const operations: [Operation["kind"], (x: never) => unknown][] = [
      [
        "map",
        (x: number) => {
          seen.push(x);
          return x;
        },
      ],
      [
        "mapPartitions",
        function* (xs: Iterable<number>) {
          let sum = 0;
          for (const x of xs) yield (sum += x);
        },
      ],
      ["map", (x: number) => x * 10],
      ["mapPartitions", (xs: Iterable<number>) => [...xs].reverse()],
      ["filter", (x: number) => x !== 30],
    ];
    expect(run([[1, 2], [3]], operations)).toEqual([60, 10]);
    const lazy: number[] = [];
    const first = run(
      [[1, 2, 3]],
      [
        [
          "map",
          (x: number) => {
            lazy.push(x);
            return x;
          },
        ],
        [
          "mapPartitions",
          function* (xs: Iterable<number>) {
            yield* xs;
          },
        ],
      ],
      1,
    );
    expect([first, lazy]).toEqual([[1], [1]]);
  });

  test("a full sink ends the work", () => {
    const seen: number[] = [];
    expect(
      run(
        [[1, 2], [3]],
        [
          [
            "map",
            (x: number) => {
              seen.push(x);
              return x;
            },
          ],
        ],
        2,
      ),
    ).toEqual([1, 2]);
    expect(seen).toEqual([1, 2]);
  });

  test.each<[Operation["kind"], unknown, string]>([
    ["flatMap", 5, "flatMap must return an iterable, but it returned number"],
    ["flatMap", null, "but it returned null"],
    ["mapPartitions", undefined, "mapPartitions must return an iterable, but it returned undefined"],
    ["map", Promise.resolve(1), "functions of an RDD are synchronous. Return the value"],
    ["filter", Promise.resolve(true), "synchronous"],
  ])("%s that returns %s is an error that says so", (kind, value, message) => {
    expect(() => run([[1]], [[kind, () => value]])).toThrow(message);
  });

  test("mapValues of what isn't a pair is an error that says so", () => {
    expect(() => run([[1]], [["mapValues", (x) => x]])).toThrow(
      /mapValues needs \[key, value\] records, but got number\. Make pairs/,
    );
  });
});
