// What PySpark has no word for: undefined beside null, keys that are objects, NaN as a key, JavaScript's own values.
import { describe, expect, test } from "vitest";
import type { RDD } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

const day = (n: number) => new Date(Date.UTC(2024, 1, n));

/** Keys of which those of one line are equal, and no two lines are. */
const equalKeys: readonly (readonly unknown[])[] = [
  [undefined, undefined],
  [null, null],
  [NaN, NaN, -NaN],
  [0, -0],
  [false],
  [true, true],
  [1, 1],
  ["1", "1"],
  [1n, 1n],
  ["", ""],
  [[], []],
  [{}, {}],
  [[undefined], [undefined]],
  [[null], [null]],
  [
    [1, [2, { a: NaN }]],
    [1, [2, { a: NaN }]],
  ],
  [
    { a: 1, b: [2, 3] },
    { b: [2, 3], a: 1 },
  ],
  [{ a: 1, b: [3, 2] }],
  [{ a: undefined }, { a: undefined }],
  [{ a: null }],
  [day(29), day(29)],
  [day(28)],
  [new Set([1, 2]), new Set([1, 2])],
  [new Map([["a", 1]]), new Map([["a", 1]])],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
  ["\ud800", "\ud800"],
  ["\ufffd"],
  [2n ** 70n, 2n ** 70n],
  [{ __proto__: null, constructor: 1 }, { constructor: 1 }],
];

const pairs = equalKeys.flatMap((keys, line) => keys.map((key): [unknown, number] => [key, line]));
const lines = equalKeys.map((_, line) => line);

describe.each(engines)("values that are JavaScript's own on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
  // From both ends, so that equal keys lie in different partitions.
  const spread = () => sc().parallelize(pairs, 3).union(sc().parallelize(pairs.toReversed(), 4));

  test("reduceByKey joins keys that are equal by value, and no others", async () => {
    const sums = await spread()
      .mapValues((line): [number, number] => [line, 1])
      .reduceByKey(([line, a], [other, b]): [number, number] => {
        if (line !== other) throw new Error(`joined ${line} and ${other}`);
        return [line, a + b];
      }, 5)
      .values()
      .collect();
    expect(ascending(sums.map(([line]) => line))).toEqual(lines);
    for (const [line, count] of sums) expect(count).toBe(2 * equalKeys[line].length);
  });

  test("groupByKey, countByKey, collectAsMap and lookup compare keys the same way", async () => {
    const groups = await spread()
      .groupByKey(3)
      .mapValues((values) => [...values])
      .values()
      .collect();
    expect(ascending(groups.map(([line]) => line))).toEqual(lines);
    for (const group of groups) expect(new Set(group).size).toBe(1);
    const counts = await spread().countByKey();
    expect(counts.size).toBe(equalKeys.length);
    expect(ascending([...counts.values()])).toEqual(ascending(equalKeys.map((keys) => 2 * keys.length)));
    expect((await spread().collectAsMap()).size).toBe(equalKeys.length);
    for (const [line, keys] of equalKeys.entries()) {
      const found = await sc().parallelize(pairs, 3).lookup(keys[0]);
      expect(found, `line ${line}`).toEqual(keys.map(() => line));
    }
  });

  test("distinct, subtract, intersection and countByValue compare records the same way", async () => {
    const keys = spread().keys();
    expect(await keys.distinct(4).count()).toBe(equalKeys.length);
    expect((await keys.countByValue()).size).toBe(equalKeys.length);
    const some = sc().parallelize(
      equalKeys.filter((_, line) => line % 3 === 0).map(([key]) => key),
      2,
    );
    expect(await keys.intersection(some).count()).toBe(Math.ceil(equalKeys.length / 3));
    expect(await keys.distinct(4).subtract(some).count()).toBe(
      equalKeys.length - Math.ceil(equalKeys.length / 3),
    );
  });

  test("joins compare keys the same way", async () => {
    const one = sc().parallelize(
      equalKeys.map((keys, line): [unknown, number] => [keys[keys.length - 1], line]),
      2,
    );
    const joined = await sc().parallelize(pairs, 3).join(one).values().collect();
    expect(joined).toHaveLength(pairs.length);
    for (const [a, b] of joined) expect(a).toBe(b);
    expect(await sc().parallelize(pairs, 3).subtractByKey(one).collect()).toEqual([]);
    const outer = await sc().parallelize(pairs, 3).fullOuterJoin(one, 2).values().collect();
    expect(outer.every(([a, b]) => a === b)).toBe(true);
  });

  test("a side that an outer join lacks is null, and a value that is undefined stays so", async () => {
    const a = sc().parallelize<[string, number | undefined]>([
      ["x", 1],
      ["u", undefined],
    ]);
    const b = sc().parallelize<[string, string | undefined]>([
      ["y", "b"],
      ["u", undefined],
    ]);
    const joined = new Map(await a.fullOuterJoin(b).collect());
    expect(joined).toStrictEqual(
      new Map<string, unknown>([
        ["x", [1, null]],
        ["u", [undefined, undefined]],
        ["y", [null, "b"]],
      ]),
    );
  });

  test("undefined and null are two records, in order, through every kind of stage", async () => {
    const records = [undefined, null, undefined, [undefined, null], { a: undefined, b: null }];
    const same = (rdd: RDD<unknown>) => expect(rdd.collect()).resolves.toStrictEqual(records);
    const rdd = sc().parallelize<unknown>(records, 2);
    await same(rdd);
    await same(rdd.map((x) => x));
    await same(rdd.map((x) => x).cache());
    await same(rdd.repartition(1));
    await same(rdd.zipWithIndex().keys());
    await same(
      rdd
        .map((x): [number, unknown] => [1, x])
        .groupByKey(2)
        .flatMap(([, values]) => values),
    );
    expect(await rdd.filter((x) => x === undefined).count()).toBe(2);
    expect(await rdd.take(2)).toStrictEqual([undefined, null]);
    expect(await rdd.first()).toBeUndefined();
  });

  test("holes, -0, NaN and lone surrogates travel within records", async () => {
    const hole = [1, , 3]; // eslint-disable-line no-sparse-arrays
    const records = [hole, [-0, NaN], "\udc00a", { "\ud800": -0 }, [[[]]], Object.create(null) as unknown];
    const back = await sc()
      .parallelize<unknown>(records, 2)
      .map((x): [number, unknown] => [0, x])
      .partitionBy(3)
      .values()
      .collect();
    expect(back).toEqual(records);
    expect(1 in (back[0] as unknown[])).toBe(false);
    expect(Object.is((back[1] as number[])[0], -0)).toBe(true);
  });

  test("NaN and mixed numbers have one order: NaN is last, -0 beside 0", async () => {
    const records = [3, NaN, -1, Infinity, 2.5, NaN, -Infinity, 10n, 7];
    const sorted = [-Infinity, -1, 2.5, 3, 7, 10n, Infinity, NaN, NaN];
    const rdd = sc().parallelize<number | bigint>(records, 3);
    expect(await rdd.sortBy((x) => x, true, 3).collect()).toEqual(sorted);
    expect(await rdd.sortBy((x) => x, false, 2).collect()).toEqual(sorted.toReversed());
    expect(await rdd.takeOrdered(3)).toEqual(sorted.slice(0, 3));
    expect(await rdd.filter((x) => x === x).top(2)).toEqual([Infinity, 10n]); // eslint-disable-line no-self-compare
  });

  test("dates and arrays of dates are sorted and placed", async () => {
    const days = [day(9), day(1), day(30), day(2)];
    expect(
      await sc()
        .parallelize(days, 2)
        .sortBy((d) => d)
        .collect(),
    ).toEqual([day(1), day(2), day(9), day(30)]);
    expect(await sc().parallelize(days, 3).max()).toEqual(day(30));
    const sums = await sc()
      .parallelize(days, 2)
      .map((d): [[Date, string], number] => [[d, "x"], 1])
      .union(sc().parallelize<[[Date, string], number]>([[[day(9), "x"], 5]], 1))
      .reduceByKey((a, b) => a + b)
      .sortByKey()
      .values()
      .collect();
    expect(sums).toEqual([1, 1, 6, 1]);
  });
});
