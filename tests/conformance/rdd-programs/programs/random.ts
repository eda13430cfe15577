import { few, lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "sample without replacement draws the same records",
    `
    xs = sc.parallelize(list(range(100)), 4)
    return [xs.sample(False, f, s).glom().collect() for f in (0.1, 0.5, 0.9) for s in (1, 42, 81)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(100).keys()], 4);
      const all: unknown[] = [];
      for (const f of [0.1, 0.5, 0.9]) {
        for (const s of [1, 42, 81]) all.push(await xs.sample(false, f, s).glom().collect());
      }
      return all;
    },
  ),
  program(
    "sample with replacement draws the same records",
    `
    xs = sc.parallelize(list(range(60)), 3)
    return [xs.sample(True, f, s).glom().collect() for f in (0.2, 1.0, 2.5) for s in (1, 42, 7)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(60).keys()], 3);
      const all: unknown[] = [];
      for (const f of [0.2, 1, 2.5]) {
        for (const s of [1, 42, 7]) all.push(await xs.sample(true, f, s).glom().collect());
      }
      return all;
    },
  ),
  program(
    "sample of everything and of nothing",
    `
    xs = sc.parallelize(numbers, 4)
    return [xs.sample(False, 1.0, 3).count(), xs.sample(False, 0.0, 3).collect(), xs.sample(True, 0.0, 3).collect(), sc.parallelize([], 3).sample(False, 0.5, 1).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 4);
      return [
        await xs.sample(false, 1, 3).count(),
        await xs.sample(false, 0, 3).collect(),
        await xs.sample(true, 0, 3).collect(),
        await sc.parallelize([], 3).sample(false, 0.5, 1).glom().collect(),
      ];
    },
  ),
  program(
    "sample of a large fraction with replacement",
    `sc.parallelize(list(range(10)), 2).sample(True, 40.0, 5).countByValue()`,
    (sc) =>
      sc
        .parallelize([...Array(10).keys()], 2)
        .sample(true, 40, 5)
        .countByValue(),
  ),
  program(
    "sample with large and negative seeds",
    `
    xs = sc.parallelize(list(range(50)), 3)
    return [xs.sample(False, 0.3, s).collect() for s in (0, 2**31, 2**40 + 3, -1, -77)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(50).keys()], 3);
      const all: unknown[] = [];
      for (const s of [0, 2 ** 31, 2 ** 40 + 3, -1, -77]) all.push(await xs.sample(false, 0.3, s).collect());
      return all;
    },
  ),
  program(
    "sample after a filter and a shuffle",
    `sc.parallelize(pairs, 4).filter(lambda p: p[1] % 3).groupByKey(3).flatMapValues(list).sample(False, 0.4, 11).glom().collect()`,
    (sc) =>
      sc
        .parallelize(pairs, 4)
        .filter(([, i]) => i % 3)
        .groupByKey(3)
        .flatMapValues((values) => [...values])
        .sample(false, 0.4, 11)
        .glom()
        .collect(),
  ),
  program(
    "takeSample without replacement gives the same records in the same order",
    `
    xs = sc.parallelize(list(range(200)), 5)
    return [xs.takeSample(False, n, s) for n in (1, 5, 20, 150) for s in (1, 42)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(200).keys()], 5);
      const all: unknown[] = [];
      for (const n of [1, 5, 20, 150]) for (const s of [1, 42]) all.push(await xs.takeSample(false, n, s));
      return all;
    },
  ),
  program(
    "takeSample with replacement gives the same records in the same order",
    `
    xs = sc.parallelize(list(range(30)), 3)
    return [xs.takeSample(True, n, s) for n in (1, 5, 20, 60) for s in (1, 42)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(30).keys()], 3);
      const all: unknown[] = [];
      for (const n of [1, 5, 20, 60]) for (const s of [1, 42]) all.push(await xs.takeSample(true, n, s));
      return all;
    },
  ),
  program(
    "takeSample of none, of all, of more, and of nothing",
    `
    xs = sc.parallelize(list(range(10)), 3)
    return [xs.takeSample(False, 0, 1), xs.takeSample(False, 10, 1), xs.takeSample(False, 15, 1), sc.parallelize([], 2).takeSample(False, 3, 1)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(10).keys()], 3);
      return [
        await xs.takeSample(false, 0, 1),
        await xs.takeSample(false, 10, 1),
        await xs.takeSample(false, 15, 1),
        await sc.parallelize([], 2).takeSample(false, 3, 1),
      ];
    },
  ),
  program(
    "takeSample without a seed gives records of it",
    `
    got = sc.parallelize(numbers, 3).takeSample(False, 7)
    return [len(got), all(x in numbers for x in got)]
    `,
    async (sc) => {
      const got = await sc.parallelize(numbers, 3).takeSample(false, 7);
      return [got.length, got.every((x) => numbers.includes(x))];
    },
  ),
  program(
    "randomSplit draws the same records",
    `[part.glom().collect() for part in sc.parallelize(list(range(100)), 3).randomSplit([2, 3], 17)]`,
    async (sc) => {
      const parts = sc.parallelize([...Array(100).keys()], 3).randomSplit([2, 3], 17);
      return Promise.all(parts.map((part) => part.glom().collect()));
    },
  ),
  program(
    "randomSplit in four, weights of any sum",
    `[part.collect() for part in sc.parallelize(list(range(80)), 2).randomSplit([0.1, 5, 0.0, 3.5], 99)]`,
    async (sc) => {
      const parts = sc.parallelize([...Array(80).keys()], 2).randomSplit([0.1, 5, 0, 3.5], 99);
      return Promise.all(parts.map((part) => part.collect()));
    },
  ),
  program(
    "randomSplit parts are all the records, each once",
    `
    parts = sc.parallelize(numbers, 4).randomSplit([1.0, 1.0, 1.0], 5)
    return [sc.union(parts).count(), sorted(sc.union(parts).collect()) == sorted(numbers), [p.getNumPartitions() for p in parts]]
    `,
    async (sc) => {
      const parts = sc.parallelize(numbers, 4).randomSplit([1, 1, 1], 5);
      const all = await sc.union(parts).collect();
      const inOrder = (xs: number[]) => String(xs.toSorted((a, b) => a - b));
      return [
        await sc.union(parts).count(),
        inOrder(all) === inOrder(numbers),
        await Promise.all(parts.map((part) => part.getNumPartitions())),
      ];
    },
  ),
  program(
    "sampleByKey draws the same records",
    `
    ps = sc.parallelize([(k, v) for k in "abc" for v in range(40)], 4)
    return [ps.sampleByKey(False, {"a": 0.1, "b": 0.5, "c": 1.0}, 2).glom().collect(), ps.sampleByKey(True, {"a": 0.3, "b": 0.0, "c": 1.5}, 7).glom().collect()]
    `,
    async (sc) => {
      const ps = sc.parallelize(
        [..."abc"].flatMap((k) => Array.from({ length: 40 }, (_, v): [string, number] => [k, v])),
        4,
      );
      return [
        await ps.sampleByKey(false, { a: 0.1, b: 0.5, c: 1 }, 2).glom().collect(),
        await ps.sampleByKey(true, { a: 0.3, b: 0, c: 1.5 }, 7).glom().collect(),
      ];
    },
  ),
  program(
    "sampleByKey with keys that are numbers",
    `sc.parallelize(few, 3).sampleByKey(False, {0: 0.5, 1: 1.0, 2: 0.0, 3: 0.25}, 13).glom().collect()`,
    (sc) =>
      sc
        .parallelize(few, 3)
        .sampleByKey(
          false,
          new Map([
            [0, 0.5],
            [1, 1],
            [2, 0],
            [3, 0.25],
          ]),
          13,
        )
        .glom()
        .collect(),
  ),
  program(
    "a sample is the same at each action",
    `
    xs = sc.parallelize(numbers, 3).sample(False, 0.5)
    return xs.collect() == xs.collect()
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 3).sample(false, 0.5);
      return String(await xs.collect()) === String(await xs.collect());
    },
  ),
  program(
    "samples of samples",
    `sc.parallelize(lines, 2).flatMap(lambda s: s.split()).sample(False, 0.7, 3).sample(False, 0.7, 3).glom().collect()`,
    (sc) =>
      sc
        .parallelize(lines, 2)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .sample(false, 0.7, 3)
        .sample(false, 0.7, 3)
        .glom()
        .collect(),
  ),
];
