import { few, lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "collect and count",
    `[sc.parallelize(numbers, 7).collect() == numbers, sc.parallelize(numbers, 7).count(), sc.parallelize([], 3).count(), sc.parallelize([None, None], 5).count()]`,
    async (sc) => [
      String(await sc.parallelize(numbers, 7).collect()) === String(numbers),
      await sc.parallelize(numbers, 7).count(),
      await sc.parallelize([], 3).count(),
      await sc.parallelize([null, null], 5).count(),
    ],
  ),
  program(
    "first and isEmpty, where the first partitions are empty",
    `
    xs = sc.parallelize(list(range(20)), 10).filter(lambda x: x > 12)
    return [xs.first(), xs.isEmpty(), xs.filter(lambda x: x > 99).isEmpty(), sc.parallelize([None], 4).first(), sc.parallelize([], 3).isEmpty()]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(20).keys()], 10).filter((x) => x > 12);
      return [
        await xs.first(),
        await xs.isEmpty(),
        await xs.filter((x) => x > 99).isEmpty(),
        await sc.parallelize([null], 4).first(),
        await sc.parallelize([], 3).isEmpty(),
      ];
    },
  ),
  program(
    "take of none, some, all and more",
    `
    xs = sc.parallelize(numbers, 7)
    return [xs.take(n) for n in (0, 1, 5, 17, 59, 60, 1000)]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 7);
      const all: unknown[] = [];
      for (const n of [0, 1, 5, 17, 59, 60, 1000]) all.push(await xs.take(n));
      return all;
    },
  ),
  program(
    "take where most partitions are empty",
    `
    xs = sc.parallelize(list(range(100)), 50).filter(lambda x: x % 33 == 0)
    return [xs.take(1), xs.take(3), xs.take(10), sc.parallelize([], 9).take(2), sc.emptyRDD().take(2)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(100).keys()], 50).filter((x) => x % 33 === 0);
      return [
        await xs.take(1),
        await xs.take(3),
        await xs.take(10),
        await sc.parallelize([], 9).take(2),
        await sc.emptyRDD().take(2),
      ];
    },
  ),
  program(
    "take from a shuffle",
    `sc.parallelize(pairs, 4).reduceByKey(lambda a, b: a + b, 6).take(3)`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .reduceByKey((a, b) => a + b, 6)
        .take(3),
  ),
  program(
    "reduce",
    `[sc.parallelize(numbers, 7).reduce(lambda a, b: a + b), sc.parallelize([4], 3).reduce(lambda a, b: 0), sc.parallelize(numbers, 5).reduce(max)]`,
    async (sc) => [
      await sc.parallelize(numbers, 7).reduce((a, b) => a + b),
      await sc.parallelize([4], 3).reduce(() => 0),
      await sc.parallelize(numbers, 5).reduce((a, b) => Math.max(a, b)),
    ],
  ),
  program(
    "reduce goes from left to right, a partition at a time",
    `
    xs = sc.parallelize(list("abcdefgh"), 3)
    return [xs.reduce(lambda a, b: a + b), xs.reduce(lambda a, b: f"({a}{b})"), sc.parallelize(list("ab"), 5).reduce(lambda a, b: f"({a}{b})")]
    `,
    async (sc) => {
      const xs = sc.parallelize([..."abcdefgh"], 3);
      return [
        await xs.reduce((a, b) => a + b),
        await xs.reduce((a, b) => `(${a}${b})`),
        await sc.parallelize([..."ab"], 5).reduce((a, b) => `(${a}${b})`),
      ];
    },
  ),
  program(
    "reduce of what doesn't commute",
    `sc.parallelize([100, 7, 3, 20, 5], 2).reduce(lambda a, b: a - b)`,
    (sc) => sc.parallelize([100, 7, 3, 20, 5], 2).reduce((a, b) => a - b),
  ),
  program(
    "fold with a neutral zero",
    `[sc.parallelize([1, 2, 3, 4, 5], 3).fold(0, lambda a, b: a + b), sc.parallelize([], 3).fold(0, max), sc.emptyRDD().fold(7, max)]`,
    async (sc) => [
      await sc.parallelize([1, 2, 3, 4, 5], 3).fold(0, (a, b) => a + b),
      await sc.parallelize<number>([], 3).fold(0, (a, b) => Math.max(a, b)),
      await sc.emptyRDD<number>().fold(7, (a, b) => Math.max(a, b)),
    ],
  ),
  program(
    "fold takes its zero once a partition and once more",
    `[sc.parallelize([1, 2, 3], n).fold(10, lambda a, b: a + b) for n in (1, 2, 3, 6)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 2, 3, 6]) all.push(await sc.parallelize([1, 2, 3], n).fold(10, (a, b) => a + b));
      return all;
    },
  ),
  program(
    "fold of text shows its order",
    `sc.parallelize(list("abcde"), 3).fold("-", lambda a, b: f"({a}{b})")`,
    (sc) => sc.parallelize([..."abcde"], 3).fold("-", (a, b) => `(${a}${b})`),
  ),
  program(
    "fold into a list doesn't share its zero",
    `sc.parallelize([[1], [2], [3]], 2).fold([], lambda a, b: a + b)`,
    (sc) => sc.parallelize([[1], [2], [3]], 2).fold([], (a, b) => [...a, ...b]),
  ),
  program(
    "aggregate to a sum and a count",
    `
    seq = lambda a, x: (a[0] + x, a[1] + 1)
    comb = lambda a, b: (a[0] + b[0], a[1] + b[1])
    return [sc.parallelize([1, 2, 3, 4], 3).aggregate((0, 0), seq, comb), sc.parallelize([], 2).aggregate((0, 0), seq, comb), sc.emptyRDD().aggregate((0, 0), seq, comb)]
    `,
    async (sc) => {
      const seq = (a: number[], x: number) => [a[0] + x, a[1] + 1];
      const comb = (a: number[], b: number[]) => [a[0] + b[0], a[1] + b[1]];
      return [
        await sc.parallelize([1, 2, 3, 4], 3).aggregate([0, 0], seq, comb),
        await sc.parallelize<number>([], 2).aggregate([0, 0], seq, comb),
        await sc.emptyRDD<number>().aggregate([0, 0], seq, comb),
      ];
    },
  ),
  program(
    "aggregate shows which function took what",
    `sc.parallelize([1, 2, 3, 4, 5], 3).aggregate("z", lambda a, x: f"{a}{x}", lambda a, b: f"[{a}|{b}]")`,
    (sc) =>
      sc.parallelize([1, 2, 3, 4, 5], 3).aggregate(
        "z",
        (a, x) => `${a}${x}`,
        (a, b) => `[${a}|${b}]`,
      ),
  ),
  program(
    "aggregate into a zero that is changed",
    `
    def add(a, x):
        a.append(x)
        return a
    return sc.parallelize(numbers, 4).aggregate([], add, lambda a, b: a + b) == numbers
    `,
    async (sc) => {
      const all = await sc.parallelize(numbers, 4).aggregate<number[]>(
        [],
        (a, x) => {
          a.push(x);
          return a;
        },
        (a, b) => [...a, ...b],
      );
      return String(all) === String(numbers);
    },
  ),
  program(
    "aggregate to the set of letters",
    `sc.parallelize(lines, 4).aggregate(set(), lambda a, s: a | set(s), lambda a, b: a | b)`,
    (sc) =>
      sc.parallelize(lines, 4).aggregate(
        new Set<string>(),
        (a, s) => a.union(new Set(s)),
        (a, b) => a.union(b),
      ),
  ),
  program(
    "treeReduce of all depths",
    `
    xs = sc.parallelize(numbers, 10)
    return [xs.treeReduce(lambda a, b: a + b, d) for d in (1, 2, 3, 4, 10)] + [sc.parallelize([1], 4).treeReduce(max)]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 10);
      const all: unknown[] = [];
      for (const d of [1, 2, 3, 4, 10]) all.push(await xs.treeReduce((a, b) => a + b, d));
      return [...all, await sc.parallelize([1], 4).treeReduce((a, b) => Math.max(a, b))];
    },
  ),
  program(
    "treeAggregate of all depths",
    `
    xs = sc.parallelize([-5, -4, -3, -2, -1, 1, 2, 3, 4], 10)
    return [xs.treeAggregate(0, lambda a, b: a + b, lambda a, b: a + b, d) for d in (1, 2, 5, 10)]
    `,
    async (sc) => {
      const xs = sc.parallelize([-5, -4, -3, -2, -1, 1, 2, 3, 4], 10);
      const add = (a: number, b: number) => a + b;
      return [
        await xs.treeAggregate(0, add, add, 1),
        await xs.treeAggregate(0, add, add, 2),
        await xs.treeAggregate(0, add, add, 5),
        await xs.treeAggregate(0, add, add, 10),
      ];
    },
  ),
  program(
    "treeAggregate with a zero that shows",
    `[sc.parallelize(list("abcdefghijkl"), n).treeAggregate("z", lambda a, x: a + x, lambda a, b: f"({a}{b})", d) for n in (1, 3, 12) for d in (1, 2, 3)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 3, 12]) {
        for (const d of [1, 2, 3]) {
          all.push(
            await sc.parallelize([..."abcdefghijkl"], n).treeAggregate(
              "z",
              (a, x) => a + x,
              (a, b) => `(${a}${b})`,
              d,
            ),
          );
        }
      }
      return all;
    },
  ),
  program(
    "treeReduce of text shows its tree",
    `[sc.parallelize(list("abcdefghijkl"), n).treeReduce(lambda a, b: f"({a}{b})", d) for n in (1, 3, 12) for d in (1, 2, 3)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const n of [1, 3, 12]) {
        for (const d of [1, 2, 3]) {
          all.push(await sc.parallelize([..."abcdefghijkl"], n).treeReduce((a, b) => `(${a}${b})`, d));
        }
      }
      return all;
    },
  ),
  program(
    "treeAggregate of nothing",
    `[sc.parallelize([], 3).treeAggregate(1, max, max), sc.emptyRDD().treeAggregate(1, max, max)]`,
    async (sc) => {
      const larger = (a: number, b: number) => Math.max(a, b);
      return [
        await sc.parallelize<number>([], 3).treeAggregate(1, larger, larger),
        await sc.emptyRDD<number>().treeAggregate(1, larger, larger),
      ];
    },
  ),
  program(
    "toLocalIterator",
    `
    xs = sc.parallelize(numbers, 5).map(lambda x: x + 1)
    return [list(xs.toLocalIterator()), [x for _, x in zip(range(3), xs.toLocalIterator())], list(sc.parallelize([], 2).toLocalIterator())]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 5).map((x) => x + 1);
      const all: number[] = [];
      for await (const x of xs.toLocalIterator()) all.push(x);
      const three: number[] = [];
      for await (const x of xs.toLocalIterator()) {
        three.push(x);
        if (three.length === 3) break;
      }
      const none: unknown[] = [];
      for await (const x of sc.parallelize([], 2).toLocalIterator()) none.push(x);
      return [all, three, none];
    },
  ),
  program(
    "toLocalIterator, prefetching partitions",
    `list(sc.parallelize(pairs, 4).reduceByKey(lambda a, b: a + b).toLocalIterator(True))`,
    async (sc) => {
      const sums = sc.parallelize(pairs, 4).reduceByKey((a, b) => a + b);
      const all: unknown[] = [];
      for await (const pair of sums.toLocalIterator(true)) all.push(pair);
      return all;
    },
  ),
  program(
    "foreach adds to an accumulator",
    `
    sum = sc.accumulator(0)
    sc.parallelize(numbers, 4).foreach(lambda x: sum.add(x))
    return sum.value
    `,
    async (sc) => {
      const sum = sc.accumulator(0);
      await sc.parallelize(numbers, 4).foreach((x) => sum.add(x));
      return sum.value;
    },
  ),
  program(
    "foreachPartition is called for empty partitions too",
    `
    called, seen = sc.accumulator(0), sc.accumulator(0)
    def f(it):
        called.add(1)
        seen.add(len(list(it)))
    sc.parallelize([1, 2, 3], 8).foreachPartition(f)
    return [called.value, seen.value]
    `,
    async (sc) => {
      const called = sc.accumulator(0);
      const seen = sc.accumulator(0);
      await sc.parallelize([1, 2, 3], 8).foreachPartition((records) => {
        called.add(1);
        seen.add([...records].length);
      });
      return [called.value, seen.value];
    },
  ),
  program(
    "an action of an action's result",
    `
    top = sc.parallelize(few, 3).map(lambda p: (p[0], 1)).reduceByKey(lambda a, b: a + b).max(key=lambda p: (p[1], p[0]))
    return sc.parallelize(few, 3).filter(lambda p: p[0] == top[0]).values().collect()
    `,
    async (sc) => {
      const counts = sc
        .parallelize(few, 3)
        .map(([a]): [number, number] => [a, 1])
        .reduceByKey((a, b) => a + b);
      const [most] = await counts.max(([key, n]) => [n, key]);
      return sc
        .parallelize(few, 3)
        .filter(([a]) => a === most)
        .values()
        .collect();
    },
  ),
  program(
    "actions of one RDD give the same each time",
    `
    xs = sc.parallelize(numbers, 4).map(lambda x: x % 11).distinct(3)
    return [xs.collect(), xs.count(), xs.first(), xs.take(4), xs.collect()]
    `,
    async (sc) => {
      const xs = sc
        .parallelize(numbers, 4)
        .map((x) => x % 11)
        .distinct(3);
      return [await xs.collect(), await xs.count(), await xs.first(), await xs.take(4), await xs.collect()];
    },
  ),
  program(
    "the stages of toDebugString",
    `
    text = sc.parallelize(pairs, 3).reduceByKey(max, 2).mapValues(str).groupByKey(5).toDebugString().decode()
    return [line.lstrip(" |+-")[:3] for line in text.split("\\n") if line.lstrip(" |+-").startswith("(")]
    `,
    async (sc) => {
      const text = await sc
        .parallelize(pairs, 3)
        .reduceByKey((a) => a, 2)
        .mapValues(String)
        .groupByKey(5)
        .toDebugString();
      return text
        .split("\n")
        .map((line) => line.replace(/^[ |+-]+/, "").slice(0, 3))
        .filter((line) => line.startsWith("("));
    },
  ),
];
