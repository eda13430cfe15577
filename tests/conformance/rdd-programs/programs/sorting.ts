import { decimals, few, lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program("sortBy", `sc.parallelize(numbers, 4).sortBy(lambda x: x).glom().collect()`, (sc) =>
    sc
      .parallelize(numbers, 4)
      .sortBy((x) => x)
      .glom()
      .collect(),
  ),
  program(
    "sortBy downwards",
    `sc.parallelize(numbers, 4).sortBy(lambda x: x, False).glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 4)
        .sortBy((x) => x, false)
        .glom()
        .collect(),
  ),
  program(
    "sortBy into one, two and nine partitions",
    `[sc.parallelize(numbers, 3).sortBy(lambda x: x, True, n).glom().collect() for n in (1, 2, 9)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 2, 9]) {
        all.push(
          await sc
            .parallelize(numbers, 3)
            .sortBy((x) => x, true, n)
            .glom()
            .collect(),
        );
      }
      return all;
    },
  ),
  program(
    "sortBy downwards into five partitions",
    `sc.parallelize(decimals, 3).sortBy(lambda x: x, ascending=False, numPartitions=5).glom().collect()`,
    (sc) =>
      sc
        .parallelize(decimals, 3)
        .sortBy((x) => x, false, 5)
        .glom()
        .collect(),
  ),
  program(
    "sortBy is stable where keys are alike",
    `sc.parallelize(pairs, 4).sortBy(lambda p: p[0], True, 3).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .sortBy(([key]) => key, true, 3)
        .glom()
        .collect(),
  ),
  program(
    "sortBy downwards where keys are alike",
    `sc.parallelize(pairs, 4).sortBy(lambda p: p[0], False, 3).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .sortBy(([key]) => key, false, 3)
        .glom()
        .collect(),
  ),
  program(
    "sortBy length, then text",
    `sc.parallelize(lines, 3).sortBy(lambda s: (len(s), s)).glom().collect()`,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .sortBy((s) => [s.length, s])
        .glom()
        .collect(),
  ),
  program(
    "sortBy tuples, one of them downwards",
    `sc.parallelize(few, 3).sortBy(lambda p: (-p[1], p[0]), numPartitions=4).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 3)
        .sortBy(([a, b]) => [b && -b, a], true, 4)
        .glom()
        .collect(),
  ),
  program(
    "sortBy text in the order of code points",
    `sc.parallelize(["b", "a", "Z", "é", "", "aa", "ﬀ", "😀", "z", "10", "9"], 3).sortBy(lambda s: s).glom().collect()`,
    (sc) =>
      sc
        .parallelize(["b", "a", "Z", "é", "", "aa", "ﬀ", "😀", "z", "10", "9"], 3)
        .sortBy((s) => s)
        .glom()
        .collect(),
  ),
  program(
    "sortBy of negative zero, infinities and fractions",
    `sc.parallelize([1.5, -0.0, float("inf"), -2.0, 0.0, float("-inf"), 1e308, 5e-324, 3], 2).sortBy(lambda x: x).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1.5, -0, Infinity, -2, 0, -Infinity, 1e308, 5e-324, 3], 2)
        .sortBy((x) => x)
        .glom()
        .collect(),
  ),
  program(
    "sortBy of nothing, and of one",
    `[sc.parallelize([], 3).sortBy(lambda x: x).glom().collect(), sc.parallelize([7], 3).sortBy(lambda x: x).glom().collect()]`,
    async (sc) => [
      await sc
        .parallelize<number>([], 3)
        .sortBy((x) => x)
        .glom()
        .collect(),
      await sc
        .parallelize([7], 3)
        .sortBy((x) => x)
        .glom()
        .collect(),
    ],
  ),
  program(
    "sortBy where all keys are alike",
    `sc.parallelize(list(range(10)), 3).sortBy(lambda x: 0, True, 4).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(10).keys()], 3)
        .sortBy(() => 0, true, 4)
        .glom()
        .collect(),
  ),
  program(
    "sortBy of many with sampled bounds",
    `
    xs = sc.parallelize([i * 7919 % 5003 for i in range(5000)], 4)
    return [[len(p), p[0], p[-1]] for p in xs.sortBy(lambda x: x, True, 6).glom().collect()]
    `,
    async (sc) =>
      (
        await sc
          .parallelize(
            Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003),
            4,
          )
          .sortBy((x) => x, true, 6)
          .glom()
          .collect()
      ).map((part) => [part.length, part[0], part[part.length - 1]]),
  ),
  program(
    "sortBy of many downwards with sampled bounds",
    `
    xs = sc.parallelize(["k%d" % (i * 7919 % 5003) for i in range(4000)], 3)
    return [[len(p), p[0], p[-1]] for p in xs.sortBy(lambda x: x, False, 5).glom().collect()]
    `,
    async (sc) =>
      (
        await sc
          .parallelize(
            Array.from({ length: 4000 }, (_, i) => `k${(i * 7919) % 5003}`),
            3,
          )
          .sortBy((x) => x, false, 5)
          .glom()
          .collect()
      ).map((part) => [part.length, part[0], part[part.length - 1]]),
  ),
  program(
    "sortByKey",
    `sc.parallelize([("a", 1), ("b", 2), ("1", 3), ("d", 4), ("2", 5)], 2).sortByKey().glom().collect()`,
    (sc) => {
      const ps: [string, number][] = [
        ["a", 1],
        ["b", 2],
        ["1", 3],
        ["d", 4],
        ["2", 5],
      ];
      return sc.parallelize(ps, 2).sortByKey().glom().collect();
    },
  ),
  program(
    "sortByKey into one, and downwards into three",
    `
    ps = sc.parallelize(pairs, 4)
    return [ps.sortByKey(True, 1).glom().collect(), ps.sortByKey(False, 3).glom().collect()]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 4);
      return [await ps.sortByKey(true, 1).glom().collect(), await ps.sortByKey(false, 3).glom().collect()];
    },
  ),
  // Not its partitions: PySpark compares keys with bounds that its key function hasn't seen.
  program(
    "sortByKey with a key function",
    `sc.parallelize([("Mary", 1), ("had", 2), ("a", 3), ("Little", 4), ("lamb", 5)], 2).sortByKey(True, 3, keyfunc=lambda k: k.lower()).collect()`,
    (sc) => {
      const ps: [string, number][] = [
        ["Mary", 1],
        ["had", 2],
        ["a", 3],
        ["Little", 4],
        ["lamb", 5],
      ];
      return sc
        .parallelize(ps, 2)
        .sortByKey(true, 3, (key) => key.toLowerCase())
        .collect();
    },
  ),
  program(
    "sortByKey of few keys into many partitions",
    `sc.parallelize(few, 3).sortByKey(True, 8).glom().collect()`,
    (sc) => sc.parallelize(few, 3).sortByKey(true, 8).glom().collect(),
  ),
  program(
    "sortByKey of tuples",
    `sc.parallelize([((a, b), i) for i, (a, b) in enumerate(few)], 3).sortByKey(True, 4).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          few.map((pair, i): [[number, number], number] => [pair, i]),
          3,
        )
        .sortByKey(true, 4)
        .glom()
        .collect(),
  ),
  program(
    "sortByKey after counting, most frequent first",
    `
    counts = sc.parallelize(lines, 3).flatMap(lambda s: s.split()).map(lambda w: (w, 1)).reduceByKey(lambda a, b: a + b)
    return counts.map(lambda p: (p[1], p[0])).sortByKey(False).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .map((word): [string, number] => [word, 1])
        .reduceByKey((a, b) => a + b)
        .map(([word, n]): [number, string] => [n, word])
        .sortByKey(false)
        .glom()
        .collect(),
  ),
  program(
    "repartitionAndSortWithinPartitions",
    `sc.parallelize([(0, 5), (3, 8), (2, 6), (0, 8), (3, 8), (1, 3)], 2).repartitionAndSortWithinPartitions(2, lambda x: x % 2, True).glom().collect()`,
    (sc) => {
      const ps: [number, number][] = [
        [0, 5],
        [3, 8],
        [2, 6],
        [0, 8],
        [3, 8],
        [1, 3],
      ];
      return sc
        .parallelize(ps, 2)
        .repartitionAndSortWithinPartitions(2, (x) => x % 2, true)
        .glom()
        .collect();
    },
  ),
  program(
    "repartitionAndSortWithinPartitions by default, and downwards",
    `
    ps = sc.parallelize(pairs, 3)
    return [
        ps.repartitionAndSortWithinPartitions(4).glom().collect(),
        ps.repartitionAndSortWithinPartitions(2, ascending=False).glom().collect(),
        ps.repartitionAndSortWithinPartitions().getNumPartitions(),
    ]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 3);
      return [
        await ps.repartitionAndSortWithinPartitions(4).glom().collect(),
        await ps.repartitionAndSortWithinPartitions(2, undefined, false).glom().collect(),
        await ps.repartitionAndSortWithinPartitions().getNumPartitions(),
      ];
    },
  ),
  program(
    "a secondary sort: partition by the first of a key, sort by all of it",
    `
    ps = sc.parallelize([((a, b), i) for i, (a, b) in enumerate(few)], 3)
    return ps.repartitionAndSortWithinPartitions(3, lambda k: k[0]).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(
          few.map((pair, i): [[number, number], number] => [pair, i]),
          3,
        )
        .repartitionAndSortWithinPartitions(3, ([a]) => a)
        .glom()
        .collect(),
  ),
  program(
    "repartitionAndSortWithinPartitions by a function of the key",
    `sc.parallelize(few, 3).repartitionAndSortWithinPartitions(2, lambda k: k, True, lambda k: -k).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 3)
        .repartitionAndSortWithinPartitions(
          2,
          (k) => k,
          true,
          (k) => -k,
        )
        .glom()
        .collect(),
  ),
  program(
    "top and takeOrdered",
    `
    xs = sc.parallelize(numbers, 4)
    return [xs.top(5), xs.takeOrdered(5), xs.top(0), xs.takeOrdered(0), len(xs.top(1000)), xs.takeOrdered(1000) == sorted(numbers)]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 4);
      return [
        await xs.top(5),
        await xs.takeOrdered(5),
        await xs.top(0),
        await xs.takeOrdered(0),
        (await xs.top(1000)).length,
        String(await xs.takeOrdered(1000)) === String(numbers.toSorted((a, b) => a - b)),
      ];
    },
  ),
  program(
    "top and takeOrdered by a key",
    `
    xs = sc.parallelize(lines, 3)
    return [xs.top(3, key=len), xs.takeOrdered(3, key=len), xs.takeOrdered(3, key=lambda s: -len(s)), xs.top(2, key=lambda s: s[::-1])]
    `,
    async (sc) => {
      const xs = sc.parallelize(lines, 3);
      return [
        await xs.top(3, (s) => s.length),
        await xs.takeOrdered(3, (s) => s.length),
        await xs.takeOrdered(3, (s) => -s.length),
        await xs.top(2, (s) => [...s].toReversed().join("")),
      ];
    },
  ),
  program(
    "top and takeOrdered where keys are alike",
    `
    ps = sc.parallelize(pairs, 4)
    return [ps.top(7, key=lambda p: p[0]), ps.takeOrdered(12, key=lambda p: p[0]), ps.takeOrdered(4, key=lambda p: 0)]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 4);
      return [
        await ps.top(7, ([key]) => key),
        await ps.takeOrdered(12, ([key]) => key),
        await ps.takeOrdered(4, () => 0),
      ];
    },
  ),
  program(
    "top of tuples and of text",
    `[sc.parallelize(few, 3).top(4), sc.parallelize(lines, 3).top(2), sc.parallelize(pairs, 3).takeOrdered(3)]`,
    async (sc) => [
      await sc.parallelize(few, 3).top(4),
      await sc.parallelize(lines, 3).top(2),
      await sc.parallelize(pairs, 3).takeOrdered(3),
    ],
  ),
  program(
    "top of nothing, with empty partitions",
    `[sc.parallelize([], 2).top(3), sc.parallelize([2, 1], 6).top(3), sc.parallelize([2, 1], 6).takeOrdered(3), sc.emptyRDD().takeOrdered(3)]`,
    async (sc) => [
      await sc.parallelize<number>([], 2).top(3),
      await sc.parallelize([2, 1], 6).top(3),
      await sc.parallelize([2, 1], 6).takeOrdered(3),
      await sc.emptyRDD<number>().takeOrdered(3),
    ],
  ),
  program(
    "max and min",
    `
    xs = sc.parallelize(numbers, 4)
    return [xs.max(), xs.min(), xs.max(key=lambda x: x % 100), xs.min(key=lambda x: (x % 10, -x))]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 4);
      return [
        await xs.max(),
        await xs.min(),
        await xs.max((x) => x % 100),
        await xs.min((x) => [x % 10, -x]),
      ];
    },
  ),
  program(
    "max and min of text and tuples",
    `[sc.parallelize(lines, 3).max(), sc.parallelize(lines, 3).max(key=len), sc.parallelize(pairs, 3).max(), sc.parallelize(pairs, 3).min()]`,
    async (sc) => [
      await sc.parallelize(lines, 3).max(),
      await sc.parallelize(lines, 3).max((s) => s.length),
      await sc.parallelize(pairs, 3).max(),
      await sc.parallelize(pairs, 3).min(),
    ],
  ),
  program(
    "max and min where keys are alike keep the first",
    `
    ps = sc.parallelize(pairs, 4)
    return [ps.max(key=lambda p: p[0]), ps.min(key=lambda p: p[0]), ps.max(key=lambda p: 0)]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 4);
      return [await ps.max(([key]) => key), await ps.min(([key]) => key), await ps.max(() => 0)];
    },
  ),
  program(
    "sorted, then indexed",
    `sc.parallelize(numbers, 3).sortBy(lambda x: x, numPartitions=4).zipWithIndex().filter(lambda p: p[1] in (0, 29, 59)).collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 3)
        .sortBy((x) => x, true, 4)
        .zipWithIndex()
        .filter(([, i]) => i === 0 || i === 29 || i === 59)
        .collect(),
  ),
  program(
    "sorted twice: by value, then stable by key",
    `sc.parallelize(pairs, 4).sortBy(lambda p: -p[1], numPartitions=1).sortBy(lambda p: p[0], numPartitions=2).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .sortBy(([, i]) => i && -i, true, 1)
        .sortBy(([key]) => key, true, 2)
        .glom()
        .collect(),
  ),
];
