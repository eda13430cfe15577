import { numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "a cached RDD gives the same, and computes once",
    `
    calls = sc.accumulator(0)
    def f(x):
        calls.add(1)
        return x * 2
    xs = sc.parallelize(numbers, 4).map(f).cache()
    return [xs.count(), xs.sum(), xs.collect() == [x * 2 for x in numbers], calls.value]
    `,
    async (sc) => {
      const calls = sc.accumulator(0);
      const xs = sc
        .parallelize(numbers, 4)
        .map((x) => {
          calls.add(1);
          return x * 2;
        })
        .cache();
      return [
        await xs.count(),
        await xs.sum(),
        String(await xs.collect()) === String(numbers.map((x) => x * 2)),
        calls.value,
      ];
    },
  ),
  program(
    "an RDD that isn't cached computes at each action",
    `
    calls = sc.accumulator(0)
    xs = sc.parallelize([1, 2, 3], 2).map(lambda x: calls.add(1) or x)
    return [xs.count(), xs.sum(), calls.value]
    `,
    async (sc) => {
      const calls = sc.accumulator(0);
      const xs = sc.parallelize([1, 2, 3], 2).map((x) => {
        calls.add(1);
        return x;
      });
      return [await xs.count(), await xs.sum(), calls.value];
    },
  ),
  program(
    "unpersist, and computing again",
    `
    xs = sc.parallelize(numbers, 3).map(lambda x: x + 1).persist()
    first = xs.glom().collect()
    cached = xs.is_cached
    xs.unpersist()
    return [cached, xs.is_cached, xs.glom().collect() == first]
    `,
    async (sc) => {
      const xs = sc
        .parallelize(numbers, 3)
        .map((x) => x + 1)
        .persist();
      const first = await xs.glom().collect();
      const cached = xs.isCached;
      await xs.unpersist();
      return [cached, xs.isCached, JSON.stringify(await xs.glom().collect()) === JSON.stringify(first)];
    },
  ),
  program(
    "a cached shuffle with empty partitions feeds two others",
    `
    sums = sc.parallelize(pairs, 3).reduceByKey(lambda a, b: a + b, 7).cache()
    return [sums.glom().collect(), sums.mapValues(lambda v: v + 1).glom().collect(), sums.join(sums, 2).glom().collect()]
    `,
    async (sc) => {
      const sums = sc
        .parallelize(pairs, 3)
        .reduceByKey((a, b) => a + b, 7)
        .cache();
      return [
        await sums.glom().collect(),
        await sums
          .mapValues((v) => v + 1)
          .glom()
          .collect(),
        await sums.join(sums, 2).glom().collect(),
      ];
    },
  ),
  program(
    "a cached RDD in the middle of a chain, used ten times",
    `
    xs = sc.parallelize(list(range(50)), 4).map(lambda x: (x % 5, x)).cache()
    total = 0
    for i in range(10):
        total += xs.mapValues(lambda v: v * i).reduceByKey(lambda a, b: a + b).values().sum()
    return total
    `,
    async (sc) => {
      const xs = sc
        .parallelize([...Array(50).keys()], 4)
        .map((x): [number, number] => [x % 5, x])
        .cache();
      let total = 0;
      for (let i = 0; i < 10; i++) {
        total += await xs
          .mapValues((v) => v * i)
          .reduceByKey((a, b) => a + b)
          .values()
          .sum();
      }
      return total;
    },
  ),
  program(
    "a broadcast is read by functions",
    `
    names = sc.broadcast({"ada": "Ada Lovelace", "eve": None})
    return sc.parallelize(pairs, 3).map(lambda p: names.value.get(p[0], "?")).countByValue()
    `,
    (sc) => {
      const names = sc.broadcast<Record<string, string | null>>({ ada: "Ada Lovelace", eve: null });
      return sc
        .parallelize(pairs, 3)
        .map(([key]) => (key in names.value ? names.value[key] : "?"))
        .countByValue();
    },
  ),
  program(
    "a join through a broadcast map",
    `
    table = sc.broadcast(sc.parallelize([(i, i * i) for i in range(0, 100, 3)], 2).collectAsMap())
    return sc.parallelize(list(range(20)), 3).flatMap(lambda x: [(x, table.value[x])] if x in table.value else []).glom().collect()
    `,
    async (sc) => {
      const squares = Array.from({ length: 34 }, (_, i): [number, number] => [3 * i, 9 * i * i]);
      const table = sc.broadcast(await sc.parallelize(squares, 2).collectAsMap());
      return sc
        .parallelize([...Array(20).keys()], 3)
        .flatMap((x): [number, number][] => (table.value.has(x) ? [[x, table.value.get(x)!]] : []))
        .glom()
        .collect();
    },
  ),
  program(
    "accumulators count what a filter drops",
    `
    dropped = sc.accumulator(0)
    def keep(x):
        if x % 3:
            dropped.add(1)
            return False
        return True
    kept = sc.parallelize(numbers, 5).filter(keep).count()
    return [kept, dropped.value, kept + dropped.value]
    `,
    async (sc) => {
      const dropped = sc.accumulator(0);
      const kept = await sc
        .parallelize(numbers, 5)
        .filter((x) => {
          if (x % 3) {
            dropped.add(1);
            return false;
          }
          return true;
        })
        .count();
      return [kept, dropped.value, kept + dropped.value];
    },
  ),
  program(
    "an accumulator starts at its value, and fractions add",
    `
    a, b = sc.accumulator(10), sc.accumulator(0.5)
    def f(x):
        a.add(x)
        b.add(x / 4)
    sc.parallelize([1, 2, 3, 4], 3).foreach(f)
    return [a.value, b.value]
    `,
    async (sc) => {
      const a = sc.accumulator(10);
      const b = sc.accumulator(0.5);
      await sc.parallelize([1, 2, 3, 4], 3).foreach((x) => {
        a.add(x);
        b.add(x / 4);
      });
      return [a.value, b.value];
    },
  ),
  program(
    "an accumulator with a rule of its own",
    `
    from pyspark.accumulators import AccumulatorParam
    class Longest(AccumulatorParam):
        def zero(self, value):
            return ""
        def addInPlace(self, a, b):
            return b if len(b) > len(a) else a
    longest = sc.accumulator("", Longest())
    sc.parallelize(["a", "ccc", "bb", "dd"], 3).foreach(lambda s: longest.add(s))
    return longest.value
    `,
    async (sc) => {
      const longest = sc.accumulator("", {
        zero: () => "",
        addInPlace: (a: string, b: string) => (b.length > a.length ? b : a),
      });
      await sc.parallelize(["a", "ccc", "bb", "dd"], 3).foreach((s) => longest.add(s));
      return longest.value;
    },
  ),
  program(
    "an RDD is named, has an id of its own, and says its storage",
    `
    a, b = sc.parallelize([1], 1), sc.parallelize([1], 1)
    return [a.id() != b.id(), a.context is sc, a.setName("x").name(), a.is_cached, a.cache().is_cached, a.is_checkpointed, a.isCheckpointed()]
    `,
    (sc) => {
      const a = sc.parallelize([1], 1);
      const b = sc.parallelize([1], 1);
      return [
        a.id() !== b.id(),
        a.context === sc,
        a.setName("x").name(),
        a.isCached,
        a.cache().isCached,
        false,
        a.isCheckpointed(),
      ];
    },
  ),
  program(
    "a local checkpoint keeps records and partitions",
    `
    xs = sc.parallelize(numbers, 3).map(lambda x: x % 9)
    xs.localCheckpoint()
    return [xs.glom().collect(), xs.distinct(2).glom().collect(), xs.isLocallyCheckpointed()]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 3).map((x) => x % 9);
      await xs.localCheckpoint();
      return [await xs.glom().collect(), await xs.distinct(2).glom().collect(), xs.isLocallyCheckpointed()];
    },
  ),
  program(
    "a variable that changes after the plan, before the action",
    `
    factor = 2
    xs = sc.parallelize([1, 2, 3], 2).map(lambda x: x * factor)
    factor = 10
    return xs.collect()
    `,
    (sc) => {
      let factor = 2;
      const xs = sc.parallelize([1, 2, 3], 2).map((x) => x * factor);
      factor = 10;
      return xs.collect();
    },
  ),
];
