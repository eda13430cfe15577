import { few, lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program("partitionBy of text", `sc.parallelize(pairs, 3).partitionBy(4).glom().collect()`, (sc) =>
    sc.parallelize(pairs, 3).partitionBy(4).glom().collect(),
  ),
  program(
    "partitionBy of numbers, negative ones too",
    `sc.parallelize([(x, i) for i, x in enumerate([0, 1, -1, -2, 7, -7, 100, 2**31, -2**31, 2**53])], 2).partitionBy(5).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [0, 1, -1, -2, 7, -7, 100, 2 ** 31, -(2 ** 31), 2n ** 53n].map(
            (x, i): [number | bigint, number] => [x, i],
          ),
          2,
        )
        .partitionBy(5)
        .glom()
        .collect(),
  ),
  program(
    "partitionBy with a function of one's own",
    `sc.parallelize(numbers, 3).map(lambda x: (x, x)).partitionBy(3, lambda k: k // 400).keys().glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 3)
        .map((x): [number, number] => [x, x])
        .partitionBy(3, (k) => Math.floor(k / 400))
        .keys()
        .glom()
        .collect(),
  ),
  program(
    "partitionBy takes what a function gives modulo the number of partitions",
    `sc.parallelize(few, 2).partitionBy(3, lambda k: k * 10 - 15).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 2)
        .partitionBy(3, (k) => k * 10 - 15)
        .glom()
        .collect(),
  ),
  program(
    "partitionBy all into one of many",
    `sc.parallelize(pairs, 3).partitionBy(4, lambda k: 2).glom().map(len).collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 3)
        .partitionBy(4, () => 2)
        .glom()
        .map((part) => part.length)
        .collect(),
  ),
  program(
    "partitionBy by default has as many partitions",
    `
    ps = sc.parallelize(pairs, 3)
    return [ps.partitionBy(None).getNumPartitions(), ps.partitionBy(None).glom().collect()]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 3);
      return [await ps.partitionBy().getNumPartitions(), await ps.partitionBy().glom().collect()];
    },
  ),
  program("partitionBy of nothing", `sc.parallelize([], 3).partitionBy(2).glom().collect()`, (sc) =>
    sc.parallelize<[string, number]>([], 3).partitionBy(2).glom().collect(),
  ),
  program(
    "partitionBy again into other numbers",
    `sc.parallelize(pairs, 3).partitionBy(4).partitionBy(2).partitionBy(3).glom().collect()`,
    (sc) => sc.parallelize(pairs, 3).partitionBy(4).partitionBy(2).partitionBy(3).glom().collect(),
  ),
  program(
    "a reduction after partitionBy keeps its partitions",
    `
    ps = sc.parallelize(pairs, 5).partitionBy(3)
    return [ps.reduceByKey(max).glom().collect(), ps.mapValues(lambda v: v * 2).reduceByKey(max).glom().collect(), ps.mapValues(str).getNumPartitions()]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 5).partitionBy(3);
      return [
        await ps
          .reduceByKey((a, b) => Math.max(a, b))
          .glom()
          .collect(),
        await ps
          .mapValues((v) => v * 2)
          .reduceByKey((a, b) => Math.max(a, b))
          .glom()
          .collect(),
        await ps.mapValues(String).getNumPartitions(),
      ];
    },
  ),
  program(
    "a partition function of one's own is kept for the reduction that follows with it",
    `
    f = lambda k: len(k)
    ps = sc.parallelize([("a", 1), ("bb", 2), ("a", 3), ("ccc", 4)], 2).partitionBy(3, f)
    return [ps.glom().collect(), ps.reduceByKey(lambda a, b: a + b, 3, f).glom().collect(), ps.reduceByKey(lambda a, b: a + b).glom().collect()]
    `,
    async (sc) => {
      const f = (k: string) => k.length;
      const records: [string, number][] = [
        ["a", 1],
        ["bb", 2],
        ["a", 3],
        ["ccc", 4],
      ];
      const ps = sc.parallelize(records, 2).partitionBy(3, f);
      return [
        await ps.glom().collect(),
        await ps
          .reduceByKey((a, b) => a + b, 3, f)
          .glom()
          .collect(),
        await ps
          .reduceByKey((a, b) => a + b)
          .glom()
          .collect(),
      ];
    },
  ),
  program(
    "filter after partitionBy, then groupByKey",
    `sc.parallelize(pairs, 5).partitionBy(3).filter(lambda p: p[1] % 2 == 0).groupByKey().mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 5)
        .partitionBy(3)
        .filter(([, i]) => i % 2 === 0)
        .groupByKey()
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program(
    "a union of what is partitioned alike",
    `
    a, b = sc.parallelize(pairs, 2).partitionBy(3), sc.parallelize(pairs, 4).partitionBy(3)
    return [a.union(b).getNumPartitions(), a.union(b).reduceByKey(lambda x, y: x + y).glom().collect()]
    `,
    async (sc) => {
      const a = sc.parallelize(pairs, 2).partitionBy(3);
      const b = sc.parallelize(pairs, 4).partitionBy(3);
      return [
        await a.union(b).getNumPartitions(),
        await a
          .union(b)
          .reduceByKey((x, y) => x + y)
          .glom()
          .collect(),
      ];
    },
  ),
  program(
    "coalesce joins neighbours",
    `
    xs = sc.parallelize(list(range(20)), 8)
    return [xs.coalesce(n).glom().collect() for n in (1, 2, 3, 5, 8)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(20).keys()], 8);
      const all: unknown[] = [];
      for (const n of [1, 2, 3, 5, 8]) all.push(await xs.coalesce(n).glom().collect());
      return all;
    },
  ),
  program(
    "coalesce to more partitions changes nothing",
    `[sc.parallelize([1, 2, 3], 2).coalesce(5).glom().collect(), sc.parallelize([1, 2, 3], 2).coalesce(5).getNumPartitions()]`,
    async (sc) => [
      await sc.parallelize([1, 2, 3], 2).coalesce(5).glom().collect(),
      await sc.parallelize([1, 2, 3], 2).coalesce(5).getNumPartitions(),
    ],
  ),
  program(
    "coalesce of partitions of which many are empty",
    `sc.parallelize(list(range(30)), 10).filter(lambda x: x % 7 == 0).coalesce(4).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(30).keys()], 10)
        .filter((x) => x % 7 === 0)
        .coalesce(4)
        .glom()
        .collect(),
  ),
  program(
    "coalesce after map, then mapPartitions",
    `sc.parallelize(numbers, 7).map(lambda x: x % 10).coalesce(2).mapPartitions(lambda it: [list(it)]).collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 7)
        .map((x) => x % 10)
        .coalesce(2)
        .mapPartitions((records) => [[...records]])
        .collect(),
  ),
  program(
    "coalesce of nothing",
    `[sc.parallelize([], 4).coalesce(2).glom().collect(), sc.emptyRDD().coalesce(2).glom().collect()]`,
    async (sc) => [
      await sc.parallelize([], 4).coalesce(2).glom().collect(),
      await sc.emptyRDD().coalesce(2).glom().collect(),
    ],
  ),
  program(
    "coalesce with a shuffle",
    `sc.parallelize(list(range(50)), 3).coalesce(2, True).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(50).keys()], 3)
        .coalesce(2, true)
        .glom()
        .collect(),
  ),
  program(
    "repartition into more",
    `sc.parallelize(list(range(100)), 2).repartition(4).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(100).keys()], 2)
        .repartition(4)
        .glom()
        .collect(),
  ),
  program(
    "repartition into fewer, and into one",
    `
    xs = sc.parallelize(list(range(73)), 6)
    return [xs.repartition(3).glom().collect(), xs.repartition(1).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(73).keys()], 6);
      return [await xs.repartition(3).glom().collect(), await xs.repartition(1).glom().collect()];
    },
  ),
  program(
    "repartition of few records into many",
    `sc.parallelize([1, 2, 3, 4, 5, 6, 7], 4).repartition(10).glom().collect()`,
    (sc) => sc.parallelize([1, 2, 3, 4, 5, 6, 7], 4).repartition(10).glom().collect(),
  ),
  program(
    "repartition after a filter and a map",
    `sc.parallelize(numbers, 3).filter(lambda x: x % 2).map(str).repartition(4).glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 3)
        .filter((x) => x % 2)
        .map(String)
        .repartition(4)
        .glom()
        .collect(),
  ),
  program(
    "repartition twice, then indexes",
    `sc.parallelize(list(range(60)), 3).repartition(5).repartition(2).zipWithIndex().glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(60).keys()], 3)
        .repartition(5)
        .repartition(2)
        .zipWithIndex()
        .glom()
        .collect(),
  ),
  program(
    "repartition after a reduction",
    `sc.parallelize(numbers, 3).map(lambda x: (x % 23, x)).reduceByKey(max).repartition(3).glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 3)
        .map((x): [number, number] => [x % 23, x])
        .reduceByKey((a, b) => Math.max(a, b))
        .repartition(3)
        .glom()
        .collect(),
  ),
  program("repartition of nothing", `sc.parallelize([], 2).repartition(3).glom().collect()`, (sc) =>
    sc.parallelize([], 2).repartition(3).glom().collect(),
  ),
  program(
    "distinct keeps first places",
    `sc.parallelize([3, 1, 3, 2, 1, 1, 5, 4, 5], 3).distinct().glom().collect()`,
    (sc) => sc.parallelize([3, 1, 3, 2, 1, 1, 5, 4, 5], 3).distinct().glom().collect(),
  ),
  program(
    "distinct into two and five partitions",
    `
    ws = sc.parallelize(lines, 3).flatMap(lambda s: s.split())
    return [ws.distinct(2).glom().collect(), ws.distinct(5).glom().collect()]
    `,
    async (sc) => {
      const ws = sc.parallelize(lines, 3).flatMap((line) => line.split(" ").filter((word) => word !== ""));
      return [await ws.distinct(2).glom().collect(), await ws.distinct(5).glom().collect()];
    },
  ),
  program(
    "distinct of tuples and nulls, with empty partitions",
    `sc.parallelize([(1, 2), (2, 1), None, (1, 2), (1, (2, 3)), (1, (2, 3)), None], 9).distinct().glom().collect()`,
    (sc) =>
      sc
        .parallelize([[1, 2], [2, 1], null, [1, 2], [1, [2, 3]], [1, [2, 3]], null], 9)
        .distinct()
        .glom()
        .collect(),
  ),
  program(
    "numbers of partitions along a chain",
    `
    ps = sc.parallelize(pairs, 3)
    return [x.getNumPartitions() for x in (
        ps, ps.map(lambda p: p), ps.filter(lambda p: False), ps.union(ps), ps.reduceByKey(max), ps.reduceByKey(max, 7), ps.groupByKey(),
        ps.sortByKey(), ps.distinct(), ps.distinct(2), ps.cartesian(ps), ps.coalesce(2), ps.repartition(9), ps.zipWithIndex(), ps.keys(),
        ps.subtractByKey(ps), ps.subtract(ps), ps.intersection(ps), ps.groupBy(lambda p: p[0]), ps.partitionBy(5).mapValues(str).groupByKey(),
        ps.partitionBy(5).map(lambda p: p).groupByKey())]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 3);
      const all: { getNumPartitions(): number | Promise<number> }[] = [
        ps,
        ps.map((p) => p),
        ps.filter(() => false),
        ps.union(ps),
        ps.reduceByKey((a) => a),
        ps.reduceByKey((a) => a, 7),
        ps.groupByKey(),
        ps.sortByKey(),
        ps.distinct(),
        ps.distinct(2),
        ps.cartesian(ps),
        ps.coalesce(2),
        ps.repartition(9),
        ps.zipWithIndex(),
        ps.keys(),
        ps.subtractByKey(ps),
        ps.subtract(ps),
        ps.intersection(ps),
        ps.groupBy(([key]) => key),
        ps.partitionBy(5).mapValues(String).groupByKey(),
        ps
          .partitionBy(5)
          .map((p): [string, number] => p)
          .groupByKey(),
      ];
      return Promise.all(all.map((one) => one.getNumPartitions()));
    },
  ),
  program(
    "empty partitions through a long chain",
    `
    return (sc.parallelize([5], 6).map(lambda x: (x % 2, x)).reduceByKey(max, 4).mapValues(lambda v: [v, v])
        .flatMapValues(lambda v: v).groupByKey(3).mapValues(list).union(sc.emptyRDD()).sortByKey(False, 2).glom().collect())
    `,
    (sc) =>
      sc
        .parallelize([5], 6)
        .map((x): [number, number] => [x % 2, x])
        .reduceByKey((a, b) => Math.max(a, b), 4)
        .mapValues((v) => [v, v])
        .flatMapValues((v) => v)
        .groupByKey(3)
        .mapValues((values) => [...values])
        .union(sc.emptyRDD<[number, number[]]>())
        .sortByKey(false, 2)
        .glom()
        .collect(),
  ),
];
