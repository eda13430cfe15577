import { program } from "../program.ts";

export const programs = [
  program("first of nothing", `sc.parallelize([], 2).first()`, (sc) => sc.parallelize([], 2).first(), {
    fails: "first()",
  }),
  program("first of emptyRDD", `sc.emptyRDD().first()`, (sc) => sc.emptyRDD().first(), { fails: "first()" }),
  program(
    "reduce of nothing",
    `sc.parallelize([], 3).reduce(max)`,
    (sc) => sc.parallelize<number>([], 3).reduce((a, b) => a + b),
    { fails: "reduce()" },
  ),
  program(
    "treeReduce of nothing",
    `sc.parallelize([], 3).treeReduce(max)`,
    (sc) => sc.parallelize<number>([], 3).treeReduce((a, b) => a + b),
    { fails: "treeReduce()" },
  ),
  program(
    "treeReduce of depth 0",
    `sc.parallelize([1, 2], 2).treeReduce(max, 0)`,
    (sc) => sc.parallelize([1, 2], 2).treeReduce((a, b) => a + b, 0),
    { fails: "depth" },
  ),
  program(
    "treeAggregate of depth 0",
    `sc.parallelize([1, 2], 2).treeAggregate(0, max, max, 0)`,
    (sc) =>
      sc.parallelize([1, 2], 2).treeAggregate(
        0,
        (a, b) => a + b,
        (a, b) => a + b,
        0,
      ),
    { fails: "depth" },
  ),
  program("max of nothing", `sc.parallelize([], 2).max()`, (sc) => sc.parallelize<number>([], 2).max(), {
    fails: "max()",
  }),
  program("min of nothing", `sc.parallelize([], 2).min()`, (sc) => sc.parallelize<number>([], 2).min(), {
    fails: "min()",
  }),
  program(
    "takeSample of a negative number",
    `sc.parallelize([1, 2, 3], 2).takeSample(False, -1)`,
    (sc) => sc.parallelize([1, 2, 3], 2).takeSample(false, -1),
    { fails: "takeSample()" },
  ),
  program(
    "sample of a negative fraction",
    `sc.parallelize([1, 2, 3], 2).sample(False, -0.5)`,
    (sc) => sc.parallelize([1, 2, 3], 2).sample(false, -0.5),
    { fails: "sample()" },
  ),
  program(
    "sampleByKey of a negative fraction",
    `sc.parallelize([("a", 1)], 2).sampleByKey(False, {"a": -1.0})`,
    (sc) => sc.parallelize<[string, number]>([["a", 1]], 2).sampleByKey(false, { a: -1 }),
    { fails: "sampleByKey()" },
  ),
  program(
    "zip of other numbers of partitions",
    `sc.parallelize([1, 2, 3], 2).zip(sc.parallelize([1, 2, 3], 3)).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3], 2)
        .zip(sc.parallelize([1, 2, 3], 3))
        .collect(),
    { fails: "zip()" },
  ),
  program(
    "zip of other numbers of records",
    `sc.parallelize([1, 2, 3], 1).zip(sc.parallelize([1, 2, 3, 4], 1)).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3], 1)
        .zip(sc.parallelize([1, 2, 3, 4], 1))
        .collect(),
    { fails: "zip()" },
  ),
  program(
    "coalesce to no partitions",
    `sc.parallelize([1], 1).coalesce(0)`,
    (sc) => sc.parallelize([1], 1).coalesce(0),
    { fails: "coalesce()" },
  ),
  program(
    "repartition to no partitions",
    `sc.parallelize([1], 1).repartition(0)`,
    (sc) => sc.parallelize([1], 1).repartition(0),
    { fails: "repartition()" },
  ),
  program(
    "histogram of no buckets",
    `sc.parallelize([1, 2], 1).histogram(0)`,
    (sc) => sc.parallelize([1, 2], 1).histogram(0),
    { fails: "histogram()" },
  ),
  program(
    "histogram of one edge",
    `sc.parallelize([1, 2], 1).histogram([1])`,
    (sc) => sc.parallelize([1, 2], 1).histogram([1]),
    { fails: "histogram()" },
  ),
  program(
    "histogram of edges out of order",
    `sc.parallelize([1, 2], 1).histogram([3, 1, 2])`,
    (sc) => sc.parallelize([1, 2], 1).histogram([3, 1, 2]),
    { fails: "histogram()" },
  ),
  program(
    "histogram of edges that are there twice",
    `sc.parallelize([1, 2], 1).histogram([1, 2, 2])`,
    (sc) => sc.parallelize([1, 2], 1).histogram([1, 2, 2]),
    { fails: "histogram()" },
  ),
  program(
    "histogram of edges with NaN",
    `sc.parallelize([1, 2], 1).histogram([1, float("nan")])`,
    (sc) => sc.parallelize([1, 2], 1).histogram([1, NaN]),
    { fails: "histogram()" },
  ),
  program(
    "histogram of nothing",
    `sc.parallelize([], 1).histogram(2)`,
    (sc) => sc.parallelize<number>([], 1).histogram(2),
    { fails: "histogram()" },
  ),
  program(
    "histogram of infinity",
    `sc.parallelize([1.0, float("inf")], 1).histogram(2)`,
    (sc) => sc.parallelize([1, Infinity], 1).histogram(2),
    { fails: "histogram()" },
  ),
  program(
    "histogram of text in even buckets",
    `sc.parallelize(["a", "b"], 1).histogram(2)`,
    (sc) => sc.parallelize(["a", "b"], 1).histogram(2),
    { fails: "histogram()" },
  ),
  program(
    "countApproxDistinct with a deviation that is too small",
    `sc.parallelize([1, 2], 1).countApproxDistinct(0.00000001)`,
    (sc) => sc.parallelize([1, 2], 1).countApproxDistinct(0.00000001),
    { fails: "countApproxDistinct()" },
  ),
  program(
    "a function that throws",
    `sc.parallelize([1, 2, 0, 4], 2).map(lambda x: 1 // x).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 0, 4], 2)
        .map((x) => {
          if (x === 0) throw new RangeError("division by zero");
          return Math.floor(1 / x);
        })
        .collect(),
    { fails: "division by zero" },
  ),
  program(
    "a reduction that throws, behind a shuffle",
    `
    def f(a, b):
        raise ValueError("no sum")
    return sc.parallelize([("a", 1), ("a", 2)], 1).reduceByKey(f).collect()
    `,
    (sc) =>
      sc
        .parallelize<[string, number]>(
          [
            ["a", 1],
            ["a", 2],
          ],
          1,
        )
        .reduceByKey(() => {
          throw new Error("no sum");
        })
        .collect(),
    { fails: "no sum" },
  ),
  program(
    "sorting what can't be compared",
    `sc.parallelize([1, "a", 2], 1).sortBy(lambda x: x, numPartitions=1).collect()`,
    (sc) =>
      sc
        .parallelize<number | string>([1, "a", 2], 1)
        .sortBy((x) => x, true, 1)
        .collect(),
    { fails: "There is no order between" },
  ),
  program(
    "max of what can't be compared",
    `sc.parallelize([1, None, 2], 1).max()`,
    (sc) => sc.parallelize<number | null>([1, null, 2], 1).max(),
    { fails: "There is no order between" },
  ),
  program(
    "an RDD used within another's function",
    `
    xs = sc.parallelize([1, 2], 1)
    return xs.map(lambda x: xs.count()).collect()
    `,
    (sc) => {
      const xs = sc.parallelize([1, 2], 1);
      return xs.map(() => xs.count()).collect();
    },
    { fails: "RDD" },
  ),
  program(
    "lookup of a key that isn't there, and an action on what fails, leave others be",
    `
    bad = sc.parallelize([0], 1).map(lambda x: 1 // x)
    good = sc.parallelize([("a", 1)], 1)
    try:
        bad.collect()
    except Exception:
        return good.lookup("b") + good.lookup("a")
    `,
    async (sc) => {
      const bad = sc.parallelize([0], 1).map(() => {
        throw new Error("no");
      });
      const good = sc.parallelize<[string, number]>([["a", 1]], 1);
      try {
        await bad.collect();
      } catch {
        return [...(await good.lookup("b")), ...(await good.lookup("a"))];
      }
    },
  ),
];
