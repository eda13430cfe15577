import { numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "a list is cut as PySpark cuts it, for many lengths and numbers of slices",
    `
    return [
        [n, k, [len(p) for p in sc.parallelize(list(range(n)), k).glom().collect()]]
        for n in (0, 1, 2, 3, 5, 7, 10, 11, 20, 23) for k in (1, 2, 3, 4, 7)
    ]
    `,
    async (sc) => {
      const cuts: unknown[] = [];
      for (const n of [0, 1, 2, 3, 5, 7, 10, 11, 20, 23]) {
        for (const k of [1, 2, 3, 4, 7]) {
          const parts = await sc
            .parallelize([...Array(n).keys()], k)
            .glom()
            .collect();
          cuts.push([n, k, parts.map((part) => part.length)]);
        }
      }
      return cuts;
    },
  ),
  program("a list of five in three slices", `sc.parallelize([0, 2, 3, 4, 6], 3).glom().collect()`, (sc) =>
    sc.parallelize([0, 2, 3, 4, 6], 3).glom().collect(),
  ),
  program("a list of five in five slices", `sc.parallelize([0, 2, 3, 4, 6], 5).glom().collect()`, (sc) =>
    sc.parallelize([0, 2, 3, 4, 6], 5).glom().collect(),
  ),
  program(
    "fewer items than slices leave slices empty",
    `sc.parallelize(["a", "b", "c"], 8).glom().collect()`,
    (sc) => sc.parallelize(["a", "b", "c"], 8).glom().collect(),
  ),
  program("one item of many slices is in the last", `sc.parallelize([None], 5).glom().collect()`, (sc) =>
    sc.parallelize([null], 5).glom().collect(),
  ),
  program(
    "a long list is cut in batches of 1024",
    `[len(p) for p in sc.parallelize(list(range(10000)), 3).glom().collect()]`,
    async (sc) =>
      (
        await sc
          .parallelize([...Array(10_000).keys()], 3)
          .glom()
          .collect()
      ).map((part) => part.length),
  ),
  program(
    "the edges of a long list's slices",
    `[(p[0], p[-1]) for p in sc.parallelize(list(range(7777)), 6).glom().collect()]`,
    async (sc) =>
      (
        await sc
          .parallelize([...Array(7777).keys()], 6)
          .glom()
          .collect()
      ).map((part) => [part[0], part[part.length - 1]]),
  ),
  program("an iterator can be given", `sc.parallelize((x * x for x in range(6)), 4).glom().collect()`, (sc) =>
    sc
      .parallelize(
        (function* () {
          for (let x = 0; x < 6; x++) yield x * x;
        })(),
        4,
      )
      .glom()
      .collect(),
  ),
  program(
    "the number of slices is the default one",
    `sc.parallelize([1, 2, 3]).getNumPartitions() == sc.defaultParallelism`,
    async (sc) => (await sc.parallelize([1, 2, 3]).getNumPartitions()) === sc.defaultParallelism,
  ),
  program(
    "sc.range is cut evenly",
    `[sc.range(10, numSlices=k).glom().collect() for k in (1, 2, 3, 4, 7, 12)]`,
    async (sc) => {
      const all: unknown[] = [];
      for (const k of [1, 2, 3, 4, 7, 12]) all.push(await sc.range(10, undefined, 1, k).glom().collect());
      return all;
    },
  ),
  program("sc.range from a start", `sc.range(5, 12, 1, 3).glom().collect()`, (sc) =>
    sc.range(5, 12, 1, 3).glom().collect(),
  ),
  program("sc.range with a step", `sc.range(1, 20, 4, 3).glom().collect()`, (sc) =>
    sc.range(1, 20, 4, 3).glom().collect(),
  ),
  program("sc.range downwards", `sc.range(10, -5, -3, 4).glom().collect()`, (sc) =>
    sc.range(10, -5, -3, 4).glom().collect(),
  ),
  program("sc.range without numbers", `sc.range(5, 5, 1, 3).glom().collect()`, (sc) =>
    sc.range(5, 5, 1, 3).glom().collect(),
  ),
  program("sc.range is summed", `sc.range(1000).sum()`, (sc) => sc.range(1000).sum()),
  program(
    "emptyRDD has no partitions",
    `[sc.emptyRDD().getNumPartitions(), sc.emptyRDD().collect(), sc.emptyRDD().count(), sc.emptyRDD().isEmpty()]`,
    async (sc) => [
      await sc.emptyRDD().getNumPartitions(),
      await sc.emptyRDD().collect(),
      await sc.emptyRDD().count(),
      await sc.emptyRDD().isEmpty(),
    ],
  ),
  program("an empty list has its slices", `sc.parallelize([], 4).glom().collect()`, (sc) =>
    sc.parallelize([], 4).glom().collect(),
  ),
  program(
    "sc.union appends partitions",
    `sc.union([sc.parallelize([1, 2], 2), sc.parallelize([3], 1), sc.parallelize([4, 5, 6], 2)]).glom().collect()`,
    (sc) =>
      sc
        .union([sc.parallelize([1, 2], 2), sc.parallelize([3], 1), sc.parallelize([4, 5, 6], 2)])
        .glom()
        .collect(),
  ),
  program(
    "sc.union of one and of twelve",
    `
    twelve = sc.union([sc.parallelize([i, -i], 1 + i % 3) for i in range(12)])
    return [sc.union([sc.parallelize([1, 2, 3], 2)]).glom().collect(), twelve.glom().collect(), twelve.getNumPartitions()]
    `,
    async (sc) => {
      const twelve = sc.union([...Array(12).keys()].map((i) => sc.parallelize([i, i && -i], 1 + (i % 3))));
      return [
        await sc
          .union([sc.parallelize([1, 2, 3], 2)])
          .glom()
          .collect(),
        await twelve.glom().collect(),
        await twelve.getNumPartitions(),
      ];
    },
  ),
  program(
    "sc.union of mapped ones and lists",
    `
    xs = sc.parallelize([1, 2, 3], 2)
    return sc.union([xs, xs.map(lambda x: x * 10), xs.filter(lambda x: x > 1)]).glom().collect()
    `,
    (sc) => {
      const xs = sc.parallelize([1, 2, 3], 2);
      return sc
        .union([xs, xs.map((x) => x * 10), xs.filter((x) => x > 1)])
        .glom()
        .collect();
    },
  ),
  program(
    "unions of unions keep their order",
    `
    a, b, c = (sc.parallelize([x, x.upper()], 2) for x in "abc")
    return a.union(b.union(c)).union(a).glom().collect()
    `,
    (sc) => {
      const [a, b, c] = ["a", "b", "c"].map((x) => sc.parallelize([x, x.toUpperCase()], 2));
      return a.union(b.union(c)).union(a).glom().collect();
    },
  ),
  program(
    "a union with nothing",
    `
    xs = sc.parallelize([1, 2, 3], 2)
    return [xs.union(sc.emptyRDD()).glom().collect(), sc.parallelize([], 2).union(xs).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([1, 2, 3], 2);
      return [
        await xs.union(sc.emptyRDD()).glom().collect(),
        await sc.parallelize<number>([], 2).union(xs).glom().collect(),
      ];
    },
  ),
  program(
    "a union with itself has every record twice",
    `
    xs = sc.parallelize(numbers, 3)
    return [xs.union(xs).count(), xs.union(xs).distinct().count() == xs.distinct().count()]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 3);
      return [
        await xs.union(xs).count(),
        (await xs.union(xs).distinct().count()) === (await xs.distinct().count()),
      ];
    },
  ),
  program(
    "a hundred unions in a chain",
    `
    all = sc.parallelize([0], 1)
    for i in range(1, 100):
        all = all.union(sc.parallelize([i], 1))
    return all.map(lambda x: x + 1).collect()
    `,
    (sc) => {
      let all = sc.parallelize([0], 1);
      for (let i = 1; i < 100; i++) all = all.union(sc.parallelize([i], 1));
      return all.map((x) => x + 1).collect();
    },
  ),
  program("a list of pairs is cut like any other", `sc.parallelize(pairs, 4).glom().collect()`, (sc) =>
    sc.parallelize(pairs, 4).glom().collect(),
  ),
  program(
    "wide slices of a list of text",
    `[len(p) for p in sc.parallelize("the quick brown fox jumps over the lazy dog".split(), 4).glom().collect()]`,
    async (sc) =>
      (
        await sc.parallelize("the quick brown fox jumps over the lazy dog".split(" "), 4).glom().collect()
      ).map((part) => part.length),
  ),
];
