import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JobClasses } from "../records.ts";
import { reducePartition } from "./reduce-partition.ts";
import { closeShuffleFiles } from "./shuffle-file.ts";
import { add, generate, noClasses, shuffled, sum } from "./shuffle.fixture.ts";

const pairs = { partitions: 3, record: "pair", combine: sum } as const;
const grouping = { partitions: 2, record: "pair", isGrouped: true } as const;
const combine = { mode: "combine", mergeCombiners: add } as const;
const byNumber = {
  mode: "sort",
  compare: (a: unknown, b: unknown) => (a as number) - (b as number),
} as const;

describe("combine", () => {
  test("joins the values of a key from all map partitions, keys in the order in which they came", () => {
    const maps = [
      [
        ["a", 1],
        ["b", 2],
        ["a", 3],
      ],
      [
        ["c", 4],
        ["b", 5],
      ],
    ];
    expect(shuffled(maps, { ...pairs, partitions: 1 }).reduced(combine)).toEqual([
      [
        ["a", 4],
        ["b", 7],
        ["c", 4],
      ],
    ]);
  });

  test("gives an empty partition no records", () => {
    expect(shuffled([[], [["a", 1]], []], { ...pairs, place: () => 1 }).reduced(combine)).toEqual([
      [],
      [["a", 1]],
      [],
    ]);
    expect(shuffled([], pairs).reduced(combine)).toEqual([[], [], []]);
  });

  test("finds each of very many keys once, whether the map side combines them or not", () => {
    const maps = [0, 1, 2].map((m) => [...generate(260_000, (i) => [`key ${(i * 7 + m) % 300_000}`, 1])]);
    const all = shuffled(maps, pairs).reduced(combine).flat() as [string, number][];
    expect(all).toHaveLength(300_000);
    expect(all.reduce((total, [, n]) => total + n, 0)).toBe(780_000);
  });

  test("gives the same in the same order each time when it works through buckets", () => {
    const maps = [0, 1].map((m) => [...generate(210_000, (i) => [i * 2 + m, [i]])]);
    const side = { ...pairs, combine: { ...sum, mergeValue: concat, mergeCombiners: concat } };
    const run = () => shuffled(maps, side).reduced({ mode: "combine", mergeCombiners: concat }, 1 << 20);
    expect(run()).toEqual(run());
  });

  test("brings a small map partition's keys to the buckets of a large one", () => {
    const large = [...generate(300_000, (i) => [`k${i}`, 1])];
    const small = [...generate(1000, (i) => [`k${i * 100}`, 10])];
    const written = shuffled([small, large, small], { ...pairs, partitions: 1 });
    expect(new Set(written.segments(0).map(({ bucket }) => bucket)).size).toBe(129);
    const all = new Map(written.reduced(combine, 1 << 20)[0] as [string, number][]);
    expect([all.size, all.get("k100"), all.get("k101")]).toEqual([300_000, 21, 1]);
  });

  test("stays exact when neither the partition nor its buckets fit, and leaves no file", () => {
    const maps = [0, 1, 2].map(() => [...generate(50_000, (i) => [`key ${i}`, [i % 5]])]);
    const side = { ...pairs, partitions: 1, combine: { ...sum, mergeValue: concat, mergeCombiners: concat } };
    const written = shuffled(maps, side);
    const [all] = written.reduced({ mode: "combine", mergeCombiners: concat }, 200_000);
    expect(all).toHaveLength(50_000);
    expect(new Map(all as [string, number[]][]).get("key 7")).toEqual([2, 2, 2]);
    expect(readdirSync(written.folder)).toEqual(["0", "1", "2"]);
  });
});

const concat = (a: unknown, b: unknown) => [...(a as unknown[]), ...(b as unknown[])];

describe("keys", () => {
  test("are compared by value: arrays, objects, dates, NaN, and -0 as 0", () => {
    const keys = () => [
      [1, "a"],
      { x: 1, y: [2] },
      new Date(5),
      Number.NaN,
      null,
      undefined,
      true,
      1,
      "1",
      10n,
      "",
    ];
    const records = keys().map((key) => [key, 1]);
    const maps = [records, [...records, [-0, 1]], [...records, [0, 1]]];
    const all = shuffled(maps, { ...pairs, partitions: 1 }).reduced(combine)[0] as [unknown, number][];
    expect(all.map(([, n]) => n)).toEqual([...keys().map(() => 3), 2]);
    expect(all.map(([key]) => key)).toEqual(expect.arrayContaining([...keys(), expect.closeTo(0)]));
  });

  test("that are instances of the job's classes keep their class", () => {
    class Point {
      readonly x: number;
      constructor(x: number) {
        this.x = x;
      }
    }
    const classes: JobClasses = new Map([[3, { constructor: Point, hasPrivateFields: false }]]);
    const maps = [[[new Point(1), 1]], [[new Point(1), new Point(2)]]];
    const written = shuffled(maps, { ...grouping, partitions: 1 }, classes);
    const [[[key, values]]] = written.reduced({ mode: "group" }) as [[[Point, unknown[]]]];
    expect(key).toBeInstanceOf(Point);
    expect(values).toEqual([1, new Point(2)]);
    expect(values[1]).toBeInstanceOf(Point);
  });
});

describe("keys of every kind in large shuffles", () => {
  // Texts and numbers travel as bytes, the others as they are; -0 and 0 are one key though they travel in both ways.
  const keyOf = (i: number): unknown => {
    switch (i % 5) {
      case 0:
        return `text ${i}`;
      case 1:
        return { id: i, tags: [i % 3] };
      case 2:
        return BigInt(i);
      case 3:
        return [i, null, `漢${i}`];
      default:
        return i % 2 === 0 ? 0 : -0;
    }
  };
  const maps = [0, 1, 2].map((m) => [...generate(210_000, (i) => [keyOf(i), m])]);
  const count = 4 * 42_000 + 1;

  test.each([undefined, 300_000])("are joined, with %s bytes of memory", (memoryBytes) => {
    const all = shuffled(maps, pairs).reduced(combine, memoryBytes).flat() as [unknown, number][];
    expect(all).toHaveLength(count);
    expect(all.reduce((total, [, n]) => total + n, 0)).toBe(210_000 * 3);
    expect(all.filter(([key]) => key === 0).map(([, n]) => n)).toEqual([42_000 * 3]);
    expect(all.find(([key]) => Array.isArray(key) && key[0] === 1003)).toEqual([[1003, null, "漢1003"], 3]);
  });

  test.each([undefined, 300_000])("are grouped, with %s bytes of memory", (memoryBytes) => {
    const all = shuffled(maps, grouping).reduced({ mode: "group" }, memoryBytes).flat() as [
      unknown,
      number[],
    ][];
    expect(all).toHaveLength(count);
    expect(all.find(([key]) => typeof key === "bigint" && key === 2002n)).toEqual([2002n, [0, 1, 2]]);
    expect(all.find(([key]) => key === 0)![1]).toHaveLength(42_000 * 3);
  });
});

describe("values", () => {
  const special = [
    null,
    undefined,
    -0,
    0,
    Number.NaN,
    1.5,
    7,
    "text",
    true,
    10n,
    [1],
    { a: new Date(1) },
    new Map([[1, 2]]),
  ];

  test.each([
    ["of every kind", special],
    ["that are all null", [null, null]],
    ["that are null and others", [null, 1]],
    ["that are one whole number", [5, 5]],
    ["that are one fraction", [0.5, 0.5]],
    ["that are 0 and -0", [0, -0, 0]],
    ["that are -0", [-0, -0]],
    ["that are whole numbers", [1, -2, 2 ** 31 - 1]],
    ["that are too large for 32 bits", [2 ** 31, 1]],
    ["that are NaN", [Number.NaN, Number.NaN]],
  ])("%s come back as they were", (_, values) => {
    for (const key of ["k", "long enough to differ", { an: "object" }]) {
      const maps = [values.map((value) => [key, value]), [["other", 1]]];
      const [[[first, group]]] = shuffled(maps, { ...grouping, partitions: 1 }).reduced({
        mode: "group",
      }) as [[[unknown, unknown[]]]];
      expect(first).toEqual(key);
      expect(group).toStrictEqual(values);
    }
  });

  test("larger than a segment are kept, and don't fill the memory of the map side", () => {
    const maps = [[...generate(40, (i) => [i % 3, "x".repeat(2_000_000 + i)])]];
    const written = shuffled(maps, { ...grouping, partitions: 1 });
    expect(written.segments(0).length).toBeGreaterThan(2);
    const groups = written.reduced({ mode: "group" })[0] as [number, string[]][];
    expect(groups.map(([key, values]) => [key, values.length, values[1].length])).toEqual([
      [0, 14, 2_000_003],
      [1, 13, 2_000_004],
      [2, 13, 2_000_005],
    ]);
  });
});

describe("group", () => {
  test("keeps the values of a key in the order of the map partitions and of their records", () => {
    const maps = [0, 1, 2].map((m) => [...generate(900, (i) => [i % 7, `${m}/${i}`])]);
    const groups = new Map(
      shuffled(maps, grouping).reduced({ mode: "group" }).flat() as [number, string[]][],
    );
    const expected = maps.flat().filter(([key]) => key === 3);
    expect(groups.get(3)).toEqual(expected.map(([, value]) => value));
  });

  test("takes a key with a third of the records, with little memory", () => {
    const maps = [0, 1].map((m) => [
      ...generate(300_000, (i) => [i % 3 === 0 ? "hot" : `key ${i}`, m * 1e6 + i]),
    ]);
    const groups = shuffled(maps, grouping)
      .reduced({ mode: "group" }, 1 << 20)
      .flat() as [string, number[]][];
    const all = new Map(groups);
    expect(groups).toHaveLength(400_001 - 200_000);
    expect(all.get("hot")).toEqual(maps.flat().flatMap(([key, value]) => (key === "hot" ? [value] : [])));
    expect(all.get("key 1")).toEqual([1, 1_000_001]);
  });

  test("gives the same groups whether they fit in memory or not", () => {
    const maps = [0, 1, 2].map((m) => [...generate(20_000, (i) => [`k${(i * i) % 997}`, `${m}/${i}`])]);
    const written = shuffled(maps, grouping);
    const byKey = (records: unknown[][]) => new Map(records.flat() as [string, unknown][]);
    expect(byKey(written.reduced({ mode: "group" }, 100_000))).toEqual(
      byKey(written.reduced({ mode: "group" })),
    );
  });
});

describe("cogroup", () => {
  const left = [...generate(30_000, (i) => [i % 9000, `l${i}`])];
  const right = [...generate(20_000, (i) => [(i % 5000) + 6000, `r${i}`])];
  test("gives the values of each side, empty where one hasn't the key", () => {
    const fresh = [left.slice(0, 3), right.slice(0, 1)].map((r) =>
      shuffled([r], { ...grouping, partitions: 1 }),
    );
    const segments = fresh.flatMap(({ segments }, dependency) => segments(0, dependency));
    const options = { classes: noClasses, scratchFolder: fresh[0].folder };
    expect([...reducePartition(segments, { mode: "cogroup", dependencies: 2 }, options)].flat()).toEqual([
      [0, [["l0"], []]],
      [1, [["l1"], []]],
      [2, [["l2"], []]],
      [6000, [[], ["r0"]]],
    ]);
  });

  test("gives the same when it doesn't fit in memory", () => {
    const written = [left, right].map((records) => shuffled([records], { ...grouping, partitions: 1 }));
    const run = (memoryBytes?: number) => {
      const segments = written.flatMap(({ segments }, dependency) => segments(0, dependency));
      const options = { classes: noClasses, scratchFolder: written[0].folder, memoryBytes };
      return [...reducePartition(segments, { mode: "cogroup", dependencies: 2 }, options)].flat();
    };
    const [some, all] = [run(100_000), run()].map((records) => new Map(records as [number, unknown][]));
    expect(all.size).toBe(11_000);
    expect(some).toEqual(all);
  });
});

describe("distinct", () => {
  test("gives the keys", () => {
    const maps = [0, 1].map(() => [...generate(1000, (i) => [i % 10, null])]);
    const first = { create: () => null, mergeValue: () => null, mergeCombiners: () => null };
    const all = shuffled(maps, { ...pairs, partitions: 1, combine: first }).reduced({ mode: "distinct" });
    expect(all).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });
});

describe("records and pairs", () => {
  test("come as they were written, in order, large as they may be", () => {
    const maps = [0, 1].map((m) => [...generate(10_000, (i) => ({ m, i, text: "x".repeat(i % 500) }))]);
    let next = 0;
    const side = { partitions: 2, record: "any", place: () => next++ % 2 } as const;
    const [even, odd] = shuffled(maps, side).reduced({ mode: "records" });
    expect(even).toEqual(maps.flat().filter(({ i }) => i % 2 === 0));
    expect(odd).toHaveLength(10_000);
  });

  test("of pairs keep their order however many there are", () => {
    const records = [...generate(250_000, (i) => [i % 100, i])];
    const side = { partitions: 2, record: "pair", place: (key: unknown) => (key as number) % 2 } as const;
    const [even] = shuffled([records], side).reduced({ mode: "pairs" });
    expect(even).toEqual(records.filter(([key]) => key % 2 === 0));
  });

  test("that aren't pairs are refused", () => {
    expect(() => shuffled([[5]], pairs)).toThrow(
      "A shuffle needs [key, value] records, but got number. Make pairs first, with map or keyBy.",
    );
    expect(() => shuffled([[null]], pairs)).toThrow(/got null/);
  });
});

describe("sort", () => {
  const keyOf = (i: number) => (i * 7919) % 1000;
  const maps = [0, 1, 2].map((m) => [...generate(20_000, (i) => [keyOf(i), `${m}/${i}`] as const)]);
  const expected = maps.flat().toSorted(([a], [b]) => a - b);
  const side = { partitions: 1, record: "pair", place: () => 0 } as const;

  test("orders by key; equal keys stay in order", () => {
    expect(shuffled(maps, side).reduced(byNumber)[0]).toEqual(expected);
  });

  test("gives the same through scratch files", () => {
    const written = shuffled(maps, side);
    expect(written.reduced(byNumber, 100_000)[0]).toEqual(expected);
    expect(readdirSync(written.folder)).toEqual(["0", "1", "2"]);
  });

  test("of nothing is nothing", () => {
    expect(shuffled([[], []], side).reduced(byNumber)).toEqual([[]]);
  });

  test("that is left in the middle leaves nothing open", () => {
    const written = shuffled(maps, side);
    const options = { classes: noClasses, scratchFolder: written.folder, memoryBytes: 100_000 };
    const before = readdirSync("/proc/self/fd").length;
    for (const block of reducePartition(written.segments(0), byNumber, options)) {
      expect(block.length).toBeGreaterThan(0);
      break;
    }
    closeShuffleFiles();
    expect(readdirSync("/proc/self/fd").length).toBe(before);
  });
});

describe("bad segments", () => {
  test("with another number of records than they say are an error", () => {
    const { segments, folder } = shuffled([[["a", 1]]], { ...pairs, partitions: 1 });
    const wrong = segments(0).map((segment) => ({ ...segment, count: 2 }));
    const options = { classes: noClasses, scratchFolder: folder };
    expect(() => [...reducePartition(wrong, combine, options)]).toThrow(
      "Segment 0 of map partition 0 should have 2 pairs, but has 1 keys and 1 values.\nRun the job again.",
    );
  });
});
