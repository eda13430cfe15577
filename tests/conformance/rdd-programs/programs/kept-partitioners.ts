import { StorageLevel } from "../../../../runtime/index.ts";
import { few, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "map that says it keeps keys in their places",
    `
    ps = sc.parallelize(pairs, 5).partitionBy(3).map(lambda p: (p[0], p[1] + 1), preservesPartitioning=True)
    return [ps.groupByKey().mapValues(list).glom().collect(), ps.union(ps).getNumPartitions()]
    `,
    async (sc) => {
      const ps = sc
        .parallelize(pairs, 5)
        .partitionBy(3)
        .map(([key, i]): [string, number] => [key, i + 1], true);
      return [
        await ps
          .groupByKey()
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await ps.union(ps).getNumPartitions(),
      ];
    },
  ),
  program(
    "mapPartitions that keeps keys in their places, and one that doesn't say so",
    `
    ps = sc.parallelize(few, 4).partitionBy(3)
    kept = ps.mapPartitions(lambda it: ((k, v * 2) for k, v in it), True)
    lost = ps.mapPartitions(lambda it: ((k, v * 2) for k, v in it))
    return [kept.union(ps).getNumPartitions(), lost.union(ps).getNumPartitions(), kept.reduceByKey(max).glom().collect() == lost.reduceByKey(max).glom().collect()]
    `,
    async (sc) => {
      const ps = sc.parallelize(few, 4).partitionBy(3);
      const twice = (records: Iterable<[number, number]>) =>
        Array.from(records, ([k, v]): [number, number] => [k, v * 2]);
      const kept = ps.mapPartitions(twice, true);
      const lost = ps.mapPartitions(twice);
      const most = async (rdd: typeof kept) =>
        JSON.stringify(
          await rdd
            .reduceByKey((a, b) => Math.max(a, b))
            .glom()
            .collect(),
        );
      return [
        await kept.union(ps).getNumPartitions(),
        await lost.union(ps).getNumPartitions(),
        (await most(kept)) === (await most(lost)),
      ];
    },
  ),
  program(
    "mapPartitionsWithSplit is mapPartitionsWithIndex",
    `sc.parallelize([1, 2, 3], 4).mapPartitionsWithSplit(lambda i, it: [i * 10 + x for x in it]).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3], 4)
        .mapPartitionsWithSplit((i, records) => Array.from(records, (x) => i * 10 + x))
        .glom()
        .collect(),
  ),
  program(
    "unions of what is placed alike, of three, and with another number of partitions",
    `
    a, b, c = (sc.parallelize(pairs, n).partitionBy(3) for n in (2, 3, 4))
    d = sc.parallelize(pairs, 2).partitionBy(4)
    return [x.getNumPartitions() for x in (a.union(b).union(c), sc.union([a, b, c]), a.union(d), sc.union([a, d]), a.union(sc.emptyRDD()), a.union(sc.parallelize([], 2)))]
    `,
    async (sc) => {
      const [a, b, c] = [2, 3, 4].map((n) => sc.parallelize(pairs, n).partitionBy(3));
      const d = sc.parallelize(pairs, 2).partitionBy(4);
      const all = [
        a.union(b).union(c),
        sc.union([a, b, c]),
        a.union(d),
        sc.union([a, d]),
        a.union(sc.emptyRDD()),
        a.union(sc.parallelize<[string, number]>([], 2)),
      ];
      return Promise.all(all.map((one) => one.getNumPartitions()));
    },
  ),
  program(
    "the records of a union of what is placed alike",
    `
    a, b = sc.parallelize(few, 2).partitionBy(3), sc.parallelize(few, 3).mapValues(lambda v: -v - 1).partitionBy(3)
    return a.union(b).glom().collect()
    `,
    (sc) => {
      const a = sc.parallelize(few, 2).partitionBy(3);
      const b = sc
        .parallelize(few, 3)
        .mapValues((v) => -v - 1)
        .partitionBy(3);
      return a.union(b).glom().collect();
    },
  ),
  program(
    "cogroups of what is placed alike, of two, three and with another",
    `
    a, b, c = (sc.parallelize(few, n).partitionBy(3) for n in (2, 3, 4))
    d = sc.parallelize([(1, "x"), (9, "y")], 2)
    lists = lambda v: [list(i) for i in v]
    return [a.cogroup(b).mapValues(lists).glom().collect(), a.groupWith(b, c).getNumPartitions(), a.cogroup(d).mapValues(lists).glom().collect(), a.groupWith(b, d).getNumPartitions(), d.groupWith(a, b).getNumPartitions()]
    `,
    async (sc) => {
      const [a, b, c] = [2, 3, 4].map((n) => sc.parallelize(few, n).partitionBy(3));
      const d = sc.parallelize<[number, string]>(
        [
          [1, "x"],
          [9, "y"],
        ],
        2,
      );
      return [
        await a
          .cogroup(b)
          .mapValues((groups) => Array.from(groups, (group) => [...group]))
          .glom()
          .collect(),
        await a.groupWith(b, c).getNumPartitions(),
        await a
          .cogroup(d)
          .mapValues((groups) => Array.from(groups as Iterable<Iterable<unknown>>, (group) => [...group]))
          .glom()
          .collect(),
        await a.groupWith(b, d).getNumPartitions(),
        await d.groupWith(a, b).getNumPartitions(),
      ];
    },
  ),
  program(
    "reductions, joins and groups that follow each other in the same places",
    `
    sums = sc.parallelize(pairs, 5).reduceByKey(lambda a, b: a + b, 3)
    counts = sc.parallelize(pairs, 2).mapValues(lambda _: 1).reduceByKey(lambda a, b: a + b, 3)
    both = sums.join(counts)
    return [both.getNumPartitions(), both.glom().collect(), both.groupByKey().mapValues(list).glom().collect(), both.leftOuterJoin(sums).getNumPartitions()]
    `,
    async (sc) => {
      const sums = sc.parallelize(pairs, 5).reduceByKey((a, b) => a + b, 3);
      const counts = sc
        .parallelize(pairs, 2)
        .mapValues(() => 1)
        .reduceByKey((a, b) => a + b, 3);
      const both = sums.join(counts);
      return [
        await both.getNumPartitions(),
        await both.glom().collect(),
        await both
          .groupByKey()
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await both.leftOuterJoin(sums).getNumPartitions(),
      ];
    },
  ),
  program(
    "sorted keys are grouped by their hash again",
    `
    s = sc.parallelize(few, 3).sortByKey(True, 2)
    return [s.groupByKey().mapValues(list).glom().collect(), s.mapValues(str).getNumPartitions(), s.union(s).getNumPartitions()]
    `,
    async (sc) => {
      const s = sc.parallelize(few, 3).sortByKey(true, 2);
      return [
        await s
          .groupByKey()
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await s.mapValues(String).getNumPartitions(),
        await s.union(s).getNumPartitions(),
      ];
    },
  ),
  program(
    "groups and combinations by a partition function of one's own",
    `
    f = lambda k: 7 - k
    ps = sc.parallelize(few, 3)
    return [
        ps.groupByKey(3, f).mapValues(list).glom().collect(),
        ps.foldByKey(0, max, 3, f).glom().collect(),
        ps.aggregateByKey(0, max, max, 3, f).glom().collect(),
        ps.combineByKey(str, lambda a, b: a + str(b), lambda a, b: a + b, 3, f).glom().collect(),
        ps.groupBy(lambda p: p[1] % 3, 4, f).mapValues(list).glom().collect(),
    ]
    `,
    async (sc) => {
      const f = (k: number) => 7 - k;
      const larger = (a: number, b: number) => Math.max(a, b);
      const ps = sc.parallelize(few, 3);
      return [
        await ps
          .groupByKey(3, f)
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await ps.foldByKey(0, larger, 3, f).glom().collect(),
        await ps.aggregateByKey(0, larger, larger, 3, f).glom().collect(),
        await ps
          .combineByKey(
            (v) => String(v),
            (a, b) => a + String(b),
            (a, b) => a + b,
            3,
            f,
          )
          .glom()
          .collect(),
        await ps
          .groupBy((p) => p[1] % 3, 4, f)
          .mapValues((values) => [...values])
          .glom()
          .collect(),
      ];
    },
  ),
  program(
    "a checkpoint keeps records and partitions, and says that it is one after the first action",
    `
    sc.setCheckpointDir(folder)
    xs = sc.parallelize(numbers, 3).map(lambda x: x % 7)
    xs.checkpoint()
    before = xs.isCheckpointed()
    return [before, xs.glom().collect(), xs.isCheckpointed(), xs.distinct(2).glom().collect(), xs.getCheckpointFile() is not None]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 3).map((x) => x % 7);
      xs.checkpoint();
      const before = xs.isCheckpointed();
      return [
        before,
        await xs.glom().collect(),
        xs.isCheckpointed(),
        await xs.distinct(2).glom().collect(),
        xs.getCheckpointFile() !== null,
      ];
    },
  ),
  program(
    "storage levels of what is kept and what isn't",
    `
    from pyspark import StorageLevel
    a, b = sc.parallelize([1], 1), sc.parallelize([1], 1).persist(StorageLevel.DISK_ONLY)
    def flags(l):
        return [l.useDisk, l.useMemory, l.useOffHeap, l.deserialized, l.replication]
    return [flags(a.getStorageLevel()), flags(b.getStorageLevel()), flags(a.cache().getStorageLevel()), flags(b.unpersist().getStorageLevel())]
    `,
    (sc) => {
      const a = sc.parallelize([1], 1);
      const b = sc.parallelize([1], 1).persist(StorageLevel.DISK_ONLY);
      const flags = (level: StorageLevel) => [
        level.useDisk,
        level.useMemory,
        level.useOffHeap,
        level.deserialized,
        level.replication,
      ];
      return [
        flags(a.getStorageLevel()),
        flags(b.getStorageLevel()),
        flags(a.cache().getStorageLevel()),
        flags(b.unpersist().getStorageLevel()),
      ];
    },
  ),
];
