import { few, lines, orders, pairs, readings } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "reduceByKey places keys and keeps their order",
    `sc.parallelize(pairs, 4).reduceByKey(lambda a, b: a + b).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .reduceByKey((a, b) => a + b)
        .glom()
        .collect(),
  ),
  program(
    "reduceByKey into other numbers of partitions",
    `[sc.parallelize(pairs, 3).reduceByKey(lambda a, b: a + b, n).glom().collect() for n in (1, 2, 5, 9)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 2, 5, 9]) {
        all.push(
          await sc
            .parallelize(pairs, 3)
            .reduceByKey((a, b) => a + b, n)
            .glom()
            .collect(),
        );
      }
      return all;
    },
  ),
  program(
    "reduceByKey with a function whose order shows",
    `sc.parallelize(pairs, 4).mapValues(str).reduceByKey(lambda a, b: a + "," + b, 3).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .mapValues(String)
        .reduceByKey((a, b) => `${a},${b}`, 3)
        .glom()
        .collect(),
  ),
  program(
    "reduceByKey of keys that are there once isn't called",
    `sc.parallelize([(i, i) for i in range(6)], 3).reduceByKey(lambda a, b: 1 / 0).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [...Array(6).keys()].map((i): [number, number] => [i, i]),
          3,
        )
        .reduceByKey(() => {
          throw new Error("called");
        })
        .glom()
        .collect(),
  ),
  program(
    "reduceByKey of nothing",
    `[sc.parallelize([], 3).reduceByKey(max).glom().collect(), sc.emptyRDD().reduceByKey(max, 2).glom().collect()]`,
    async (sc) => {
      const larger = (a: number, b: number) => Math.max(a, b);
      return [
        await sc.parallelize<[string, number]>([], 3).reduceByKey(larger).glom().collect(),
        await sc.emptyRDD<[string, number]>().reduceByKey(larger, 2).glom().collect(),
      ];
    },
  ),
  program(
    "reduceByKey with a partition function of one's own",
    `sc.parallelize(few, 3).reduceByKey(lambda a, b: a + b, 3, lambda k: k + 1).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 3)
        .reduceByKey(
          (a, b) => a + b,
          3,
          (k) => k + 1,
        )
        .glom()
        .collect(),
  ),
  program(
    "foldByKey with a neutral zero",
    `sc.parallelize(pairs, 4).foldByKey(0, lambda a, b: a + b, 2).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .foldByKey(0, (a, b) => a + b, 2)
        .glom()
        .collect(),
  ),
  program(
    "foldByKey takes its zero once a key and partition",
    `sc.parallelize(few, 3).foldByKey(100, lambda a, b: a + b).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 3)
        .foldByKey(100, (a, b) => a + b)
        .glom()
        .collect(),
  ),
  program(
    "foldByKey to a list doesn't share its zero",
    `sc.parallelize([("a", [1]), ("b", [2]), ("a", [3])], 2).foldByKey([], lambda a, b: a + b).collect()`,
    (sc) => {
      const ps: [string, number[]][] = [
        ["a", [1]],
        ["b", [2]],
        ["a", [3]],
      ];
      return sc
        .parallelize(ps, 2)
        .foldByKey([] as number[], (a, b) => [...a, ...b])
        .collect();
    },
  ),
  program(
    "aggregateByKey counts and sums",
    `
    zero = (0, 0)
    return sc.parallelize(pairs, 4).aggregateByKey(
        zero, lambda a, v: (a[0] + 1, a[1] + v), lambda a, b: (a[0] + b[0], a[1] + b[1])
    ).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .aggregateByKey(
          [0, 0] as [number, number],
          ([n, sum], v): [number, number] => [n + 1, sum + v],
          (a, b): [number, number] => [a[0] + b[0], a[1] + b[1]],
        )
        .glom()
        .collect(),
  ),
  program(
    "aggregateByKey copies a zero that is changed",
    `
    def add(a, v):
        a.append(v)
        return a
    return sc.parallelize(few, 3).aggregateByKey([], add, lambda a, b: a + b, 2).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(few, 3)
        .aggregateByKey(
          [] as number[],
          (a, v) => {
            a.push(v);
            return a;
          },
          (a, b) => [...a, ...b],
          2,
        )
        .glom()
        .collect(),
  ),
  program(
    "aggregateByKey into sets",
    `
    sets = sc.parallelize(few, 3).aggregateByKey(set(), lambda a, v: a | {v}, lambda a, b: a | b)
    return sets.mapValues(sorted).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(few, 3)
        .aggregateByKey(
          new Set<number>(),
          (a, v) => a.add(v),
          (a, b) => a.union(b),
        )
        .mapValues((set) => [...set].toSorted((a, b) => a - b))
        .glom()
        .collect(),
  ),
  program(
    "combineByKey to means",
    `
    return sc.parallelize(readings, 4).map(lambda r: (r[0], r[2])).combineByKey(
        lambda v: (v, 1), lambda c, v: (c[0] + v, c[1] + 1), lambda a, b: (a[0] + b[0], a[1] + b[1])
    ).mapValues(lambda c: c[0] / c[1]).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(readings, 4)
        .map(([host, , value]): [string, number] => [host, value])
        .combineByKey(
          (v): [number, number] => [v, 1],
          ([sum, n], v): [number, number] => [sum + v, n + 1],
          (a, b): [number, number] => [a[0] + b[0], a[1] + b[1]],
        )
        .mapValues(([sum, n]) => sum / n)
        .glom()
        .collect(),
  ),
  program(
    "combineByKey shows which function took which value",
    `
    return sc.parallelize(few, 3).combineByKey(
        lambda v: f"c{v}", lambda c, v: f"{c}+{v}", lambda a, b: f"({a})({b})", 2
    ).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(few, 3)
        .combineByKey(
          (v) => `c${v}`,
          (c, v) => `${c}+${v}`,
          (a, b) => `(${a})(${b})`,
          2,
        )
        .glom()
        .collect(),
  ),
  program(
    "groupByKey keeps the order of keys and values",
    `sc.parallelize(pairs, 4).groupByKey().mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .groupByKey()
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program(
    "groupByKey into one partition, and into more than there are keys",
    `[sc.parallelize(few, 3).groupByKey(n).mapValues(list).glom().collect() for n in (1, 7)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 7]) {
        all.push(
          await sc
            .parallelize(few, 3)
            .groupByKey(n)
            .mapValues((values) => [...values])
            .glom()
            .collect(),
        );
      }
      return all;
    },
  ),
  program(
    "groupByKey, then the length and the largest of groups",
    `sc.parallelize(pairs, 3).groupByKey().map(lambda p: (p[0], len(p[1]), max(p[1]))).collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 3)
        .groupByKey()
        .map(([key, values]) => [key, [...values].length, Math.max(...values)])
        .collect(),
  ),
  program(
    "groupBy the remainder",
    `sc.parallelize(list(range(20)), 3).groupBy(lambda x: x % 4).mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(20).keys()], 3)
        .groupBy((x) => x % 4)
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program(
    "groupBy the first letter, in two partitions",
    `sc.parallelize(lines, 3).flatMap(lambda s: s.split()).groupBy(lambda w: w[0], 2).mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .groupBy((word) => word[0], 2)
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program("countByKey", `sc.parallelize(pairs, 4).countByKey()`, (sc) =>
    sc.parallelize(pairs, 4).countByKey(),
  ),
  program("countByKey of nothing", `sc.parallelize([], 2).countByKey()`, (sc) =>
    sc.parallelize<[string, number]>([], 2).countByKey(),
  ),
  program("countByValue", `sc.parallelize(few, 4).countByValue()`, (sc) =>
    sc.parallelize(few, 4).countByValue(),
  ),
  program(
    "countByValue of text and null, with empty partitions",
    `sc.parallelize(["a", None, "b", "a", None, "a"], 9).countByValue()`,
    (sc) => sc.parallelize(["a", null, "b", "a", null, "a"], 9).countByValue(),
  ),
  program("reduceByKeyLocally", `sc.parallelize(pairs, 4).reduceByKeyLocally(lambda a, b: a + b)`, (sc) =>
    sc.parallelize(pairs, 4).reduceByKeyLocally((a, b) => a + b),
  ),
  program(
    "reduceByKeyLocally with a function whose order shows",
    `sc.parallelize(pairs, 4).mapValues(str).reduceByKeyLocally(lambda a, b: a + "," + b)`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .mapValues(String)
        .reduceByKeyLocally((a, b) => `${a},${b}`),
  ),
  program("collectAsMap keeps the last value of a key", `sc.parallelize(pairs, 4).collectAsMap()`, (sc) =>
    sc.parallelize(pairs, 4).collectAsMap(),
  ),
  program(
    "lookup in what has no partitioner",
    `
    ps = sc.parallelize(pairs, 4)
    return [ps.lookup("eve"), ps.lookup("nobody")]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 4);
      return [await ps.lookup("eve"), await ps.lookup("nobody")];
    },
  ),
  program(
    "lookup after partitionBy and after a reduction",
    `
    ps = sc.parallelize(pairs, 4)
    return [ps.partitionBy(3).lookup("bob"), ps.reduceByKey(max).lookup("ada"), ps.groupByKey().mapValues(list).lookup("joe")]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 4);
      return [
        await ps.partitionBy(3).lookup("bob"),
        await ps.reduceByKey((a, b) => Math.max(a, b)).lookup("ada"),
        await ps
          .groupByKey()
          .mapValues((values) => [...values])
          .lookup("joe"),
      ];
    },
  ),
  program(
    "lookup of keys that are tuples and null",
    `
    ps = sc.parallelize([((1, "a"), 1), (None, 2), ((1, "b"), 3), ((1, "a"), 4), (None, 5)], 2)
    return [ps.lookup((1, "a")), ps.lookup(None), ps.partitionBy(4).lookup((1, "b")), ps.partitionBy(4).lookup(None)]
    `,
    async (sc) => {
      const records: [[number, string] | null, number][] = [
        [[1, "a"], 1],
        [null, 2],
        [[1, "b"], 3],
        [[1, "a"], 4],
        [null, 5],
      ];
      const ps = sc.parallelize(records, 2);
      return [
        await ps.lookup([1, "a"]),
        await ps.lookup(null),
        await ps.partitionBy(4).lookup([1, "b"]),
        await ps.partitionBy(4).lookup(null),
      ];
    },
  ),
  program(
    "two reductions, by key and by value",
    `
    counts = sc.parallelize(orders, 3).map(lambda o: (o[1], 1)).reduceByKey(lambda a, b: a + b)
    return counts.map(lambda p: (p[1] % 2, [p[0]])).reduceByKey(lambda a, b: a + b, 2).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(orders, 3)
        .map(([, customer]): [string, number] => [customer, 1])
        .reduceByKey((a, b) => a + b)
        .map(([customer, n]): [number, string[]] => [n % 2, [customer]])
        .reduceByKey((a, b) => [...a, ...b], 2)
        .glom()
        .collect(),
  ),
  program(
    "reduceByKey after a union and a filter",
    `
    a = sc.parallelize(pairs, 2)
    b = sc.parallelize(pairs, 3).filter(lambda p: p[1] > 40)
    return a.union(b).reduceByKey(lambda x, y: x + y).glom().collect()
    `,
    (sc) => {
      const a = sc.parallelize(pairs, 2);
      const b = sc.parallelize(pairs, 3).filter(([, i]) => i > 40);
      return a
        .union(b)
        .reduceByKey((x, y) => x + y)
        .glom()
        .collect();
    },
  ),
  program(
    "many keys of numbers",
    `
    ps = sc.parallelize([(i * 7919 % 1000, 1) for i in range(3000)], 4).reduceByKey(lambda a, b: a + b, 5)
    return ps.map(lambda p: p[0]).glom().map(lambda ks: [len(ks), ks[0], ks[-1], sum(i * k for i, k in enumerate(ks)) % 10007]).collect()
    `,
    (sc) =>
      sc
        .parallelize(
          Array.from({ length: 3000 }, (_, i): [number, number] => [(i * 7919) % 1000, 1]),
          4,
        )
        .reduceByKey((a, b) => a + b, 5)
        .map(([key]) => key)
        .glom()
        .map((keys) => [
          keys.length,
          keys[0],
          keys[keys.length - 1],
          keys.reduce((sum, key, i) => sum + i * key, 0) % 10007,
        ])
        .collect(),
  ),
  program(
    "many keys of text",
    `
    ps = sc.parallelize([("key %d" % (i * 7919 % 1000), i) for i in range(3000)], 4).reduceByKey(max, 6)
    return ps.glom().map(lambda kvs: [len(kvs), kvs[0], kvs[-1], sum(i * v for i, (k, v) in enumerate(kvs)) % 10007]).collect()
    `,
    (sc) =>
      sc
        .parallelize(
          Array.from({ length: 3000 }, (_, i): [string, number] => [`key ${(i * 7919) % 1000}`, i]),
          4,
        )
        .reduceByKey((a, b) => Math.max(a, b), 6)
        .glom()
        .map((all) => [
          all.length,
          all[0],
          all[all.length - 1],
          all.reduce((sum, [, v], i) => sum + i * v, 0) % 10007,
        ])
        .collect(),
  ),
];
