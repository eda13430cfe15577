import { describe, expect, test } from "vitest";
import { drive, passed, passedAsync } from "./operations.ts";

function run(
  blocks: unknown[][],
  operations: [string, (x: never) => unknown][],
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
    {
      operations: operations.map(([name, fn]) => ({ name, method: name, functions: [fn as never] })),
      partition: 0,
      progress: { record: undefined },
    },
    sink,
  );
  return out;
}

describe("fused operations", () => {
  test("run in their order", () => {
    const operations: [string, (x: never) => unknown][] = [
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

  test("a function that gives records for ever ends when there are enough", () => {
    let hasEnded = false;
    function* forEver() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        hasEnded = true;
      }
    }
    expect(run([[1, 2]], [["flatMap", forEver]], 3)).toEqual([0, 1, 2]);
    expect(hasEnded).toBe(true);
  });

  test("what a function gives for a block's records is passed on before there is too much of it", () => {
    const thousand = Array.from({ length: 1000 }, (_, i) => i);
    const operation = { name: "flatMap", method: "flatMap", functions: [() => thousand] };
    const pass = { operations: [operation], partition: 0, progress: { record: undefined } };
    const sizes = [...passed([thousand], pass)].map((block) => block.length);
    expect(Math.max(...sizes)).toBeLessThan(5096);
    expect(sizes.reduce((a, b) => a + b)).toBe(1_000_000);
  });

  test("mapPartitions sees everything before it, lazily, and may come several times", () => {
    const seen: number[] = [];
    const operations: [string, (x: never) => unknown][] = [
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

  test.each<[string, unknown, string]>([
    ["flatMap", 5, "flatMap must return an iterable, but it returned number"],
    ["flatMap", null, "but it returned null"],
    ["mapPartitions", undefined, "mapPartitions must return an iterable, but it returned undefined"],
    ["map", Promise.resolve(1), "given to map returned a promise. Declare it async"],
    ["filter", Promise.resolve(true), "given to filter returned a promise"],
  ])("%s that returns %s is an error that says so", (kind, value, message) => {
    expect(() => run([[1]], [[kind, () => value]])).toThrow(message);
  });

  test("mapValues of what isn't a pair is an error that says so", () => {
    expect(() => run([[1]], [["mapValues", (x) => x]])).toThrow(
      /mapValues needs \[key, value\] records, but got number\. Make pairs/,
    );
  });
});

describe("async functions", () => {
  const pass = (operations: [string, (...args: never[]) => unknown][]) => ({
    operations: operations.map(([name, fn]) => ({ name, method: name, functions: [fn as never] })),
    partition: 3,
    progress: { record: undefined as unknown },
  });
  const later = (value: number) =>
    new Promise<number>((resolve) => setTimeout(() => resolve(value), value % 3));

  test("are awaited, and the order of the records stays", async () => {
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    const blocks = await passedAsync(
      [numbers],
      pass([
        ["map", async (n: number) => (await later(n)) * 2],
        ["filter", async (n: number) => (await later(n)) % 4 === 0],
        ["map", (n: number) => n / 4],
        ["flatMap", async (n: number) => [n, -n]],
      ]),
    );
    expect(blocks.flat()).toEqual(numbers.slice(0, 100).flatMap((n) => [n, -n]));
  });

  test("of whole partitions may be generators", async () => {
    const blocks = await passedAsync(
      [[1, 2], [3]],
      pass([
        [
          "mapPartitionsWithIndex",
          async function* (index: number, records: Iterable<number>) {
            for (const record of records) yield [index, await later(record)];
          },
        ],
        ["mapPartitions", async (records: Iterable<number[]>) => [...records].map(([, n]) => n)],
      ]),
    );
    expect(blocks.flat()).toEqual([1, 2, 3]);
  });

  test("tell the record they failed at", async () => {
    const failing = pass([
      [
        "map",
        async (n: number) => {
          if ((await later(n)) === 2) throw new RangeError("two");
          return n;
        },
      ],
    ]);
    await expect(passedAsync([[1, 2, 3]], failing)).rejects.toThrow("two");
    expect(failing.progress.record).toBe(2);
  });
});
