import { decimals, few, numbers } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "sum, of integers, fractions and nothing",
    `[sc.parallelize(numbers, 4).sum(), sc.parallelize(decimals, 3).sum(), sc.parallelize([], 2).sum(), sc.emptyRDD().sum(), sc.parallelize([0.1] * 10, 3).sum()]`,
    async (sc) => [
      await sc.parallelize(numbers, 4).sum(),
      await sc.parallelize(decimals, 3).sum(),
      await sc.parallelize<number>([], 2).sum(),
      await sc.emptyRDD<number>().sum(),
      await sc.parallelize(Array<number>(10).fill(0.1), 3).sum(),
    ],
  ),
  program(
    "sum of infinities and NaN",
    `[sc.parallelize([1.0, float("inf")], 2).sum(), sc.parallelize([float("-inf"), float("inf")], 2).sum(), sc.parallelize([1.0, float("nan")], 2).sum()]`,
    async (sc) => [
      await sc.parallelize([1, Infinity], 2).sum(),
      await sc.parallelize([-Infinity, Infinity], 2).sum(),
      await sc.parallelize([1, NaN], 2).sum(),
    ],
  ),
  program(
    "mean, variance and deviations",
    `
    xs = sc.parallelize(decimals, 4)
    return [xs.mean(), xs.variance(), xs.stdev(), xs.sampleVariance(), xs.sampleStdev()]
    `,
    async (sc) => {
      const xs = sc.parallelize(decimals, 4);
      return [
        await xs.mean(),
        await xs.variance(),
        await xs.stdev(),
        await xs.sampleVariance(),
        await xs.sampleStdev(),
      ];
    },
  ),
  program(
    "mean and deviations of one, two and alike",
    `
    def all(xs):
        return [xs.mean(), xs.variance(), xs.stdev(), xs.sampleVariance(), xs.sampleStdev()]
    return [all(sc.parallelize([3], 1)), all(sc.parallelize([1, 2], 3)), all(sc.parallelize([5, 5, 5], 2))]
    `,
    async (sc) => {
      const answers: unknown[] = [];
      for (const xs of [sc.parallelize([3], 1), sc.parallelize([1, 2], 3), sc.parallelize([5, 5, 5], 2)]) {
        answers.push([
          await xs.mean(),
          await xs.variance(),
          await xs.stdev(),
          await xs.sampleVariance(),
          await xs.sampleStdev(),
        ]);
      }
      return answers;
    },
  ),
  program(
    "stats",
    `
    s = sc.parallelize(numbers, 5).stats()
    return [s.count(), s.mean(), s.sum(), s.min(), s.max(), s.variance(), s.sampleVariance(), s.stdev(), s.sampleStdev()]
    `,
    async (sc) => {
      const s = await sc.parallelize(numbers, 5).stats();
      return [
        s.count(),
        s.mean(),
        s.sum(),
        s.min(),
        s.max(),
        s.variance(),
        s.sampleVariance(),
        s.stdev(),
        s.sampleStdev(),
      ];
    },
  ),
  program(
    "stats of nothing",
    `
    s = sc.parallelize([], 2).stats()
    return [s.count(), s.mean(), s.sum(), s.min(), s.max(), s.variance(), s.sampleVariance()]
    `,
    async (sc) => {
      const s = await sc.parallelize<number>([], 2).stats();
      return [s.count(), s.mean(), s.sum(), s.min(), s.max(), s.variance(), s.sampleVariance()];
    },
  ),
  program(
    "mean of nothing is 0, as its deviation isn't",
    `[sc.parallelize([], 2).mean(), sc.parallelize([], 2).stdev()]`,
    async (sc) => [await sc.parallelize<number>([], 2).mean(), await sc.parallelize<number>([], 2).stdev()],
  ),
  program(
    "stats as a dictionary",
    `[sc.parallelize([1, 2, 3, 4], 2).stats().asDict(), sc.parallelize([1, 2, 3, 4], 2).stats().asDict(True)]`,
    async (sc) => [
      (await sc.parallelize([1, 2, 3, 4], 2).stats()).asDict(),
      (await sc.parallelize([1, 2, 3, 4], 2).stats()).asDict(true),
    ],
  ),
  program(
    "stats with negative zero and large numbers",
    `
    s = sc.parallelize([-0.0, 1e300, -1e300, 1e-300], 4).stats()
    return [s.min(), s.max(), s.mean(), s.sum()]
    `,
    async (sc) => {
      const s = await sc.parallelize([-0, 1e300, -1e300, 1e-300], 4).stats();
      return [s.min(), s.max(), s.mean(), s.sum()];
    },
  ),
  program(
    "histogram of even buckets",
    `
    xs = sc.parallelize(list(range(51)), 3)
    return [xs.histogram(n) for n in (1, 2, 3, 7, 50)]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(51).keys()], 3);
      const all: unknown[] = [];
      for (const n of [1, 2, 3, 7, 50]) all.push(await xs.histogram(n));
      return all;
    },
  ),
  program(
    "histogram of fractions",
    `[sc.parallelize(decimals, 4).histogram(5), sc.parallelize(decimals, 4).histogram(9)]`,
    async (sc) => [
      await sc.parallelize(decimals, 4).histogram(5),
      await sc.parallelize(decimals, 4).histogram(9),
    ],
  ),
  program(
    "histogram of given buckets, even and uneven",
    `
    xs = sc.parallelize(list(range(51)), 3)
    return [xs.histogram([0, 5, 25, 50]), xs.histogram([0, 15, 30, 45, 60]), xs.histogram([10, 20]), xs.histogram([100, 200, 300]), xs.histogram([-1.5, 0.5, 2.5])]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(51).keys()], 3);
      return [
        await xs.histogram([0, 5, 25, 50]),
        await xs.histogram([0, 15, 30, 45, 60]),
        await xs.histogram([10, 20]),
        await xs.histogram([100, 200, 300]),
        await xs.histogram([-1.5, 0.5, 2.5]),
      ];
    },
  ),
  program(
    "histogram counts the last edge, and leaves out what is outside, null or NaN",
    `
    xs = sc.parallelize([-1, 0, 1.99, 2, 3.5, 4, 4.01, None, float("nan")], 3)
    return [xs.histogram([0, 2, 4]), xs.histogram([0, 1, 4]), xs.histogram(2)]
    `,
    async (sc) => {
      const xs = sc.parallelize([-1, 0, 1.99, 2, 3.5, 4, 4.01, null, NaN], 3);
      return [await xs.histogram([0, 2, 4]), await xs.histogram([0, 1, 4]), await xs.histogram(2)];
    },
  ),
  program(
    "histogram of what is all alike",
    `[sc.parallelize([1] * 4, 3).histogram(3), sc.parallelize([5], 2).histogram(1)]`,
    async (sc) => [
      await sc.parallelize([1, 1, 1, 1], 3).histogram(3),
      await sc.parallelize([5], 2).histogram(1),
    ],
  ),
  program(
    "histogram of text",
    `[sc.parallelize(["ab", "ac", "b", "bd", "ef"], 2).histogram(["a", "b", "c"]), sc.parallelize(["ab", "ac", "b", "bd", "ef"], 2).histogram(1)]`,
    async (sc) => {
      const xs = sc.parallelize(["ab", "ac", "b", "bd", "ef"], 2);
      return [await xs.histogram(["a", "b", "c"]), await xs.histogram(1)];
    },
  ),
  program(
    "histogram of negative numbers",
    `[sc.parallelize([-5, -3, -2, 0, 7], 2).histogram(3), sc.parallelize([-1.0, -0.0, 0.0, 1.0], 2).histogram(2)]`,
    async (sc) => [
      await sc.parallelize([-5, -3, -2, 0, 7], 2).histogram(3),
      await sc.parallelize([-1, -0, 0, 1], 2).histogram(2),
    ],
  ),
  program(
    "countApprox counts",
    `[sc.parallelize(numbers, 4).countApprox(100000), sc.parallelize([], 2).countApprox(100000)]`,
    async (sc) => [
      await sc.parallelize(numbers, 4).countApprox(100_000),
      await sc.parallelize([], 2).countApprox(100_000),
    ],
  ),
  program(
    "sumApprox and meanApprox of all",
    `[float(sc.parallelize(numbers, 4).sumApprox(100000)), float(sc.parallelize(numbers, 4).meanApprox(100000))]`,
    async (sc) => [
      Number(await sc.parallelize(numbers, 4).sumApprox(100_000)),
      Number(await sc.parallelize(numbers, 4).meanApprox(100_000)),
    ],
  ),
  program(
    "countApproxDistinct of numbers",
    `
    xs = sc.parallelize([i % 700 for i in range(3000)], 4)
    return [xs.countApproxDistinct(), xs.countApproxDistinct(0.01), xs.countApproxDistinct(0.2), sc.parallelize([7] * 9, 3).countApproxDistinct()]
    `,
    async (sc) => {
      const xs = sc.parallelize(
        Array.from({ length: 3000 }, (_, i) => i % 700),
        4,
      );
      return [
        await xs.countApproxDistinct(),
        await xs.countApproxDistinct(0.01),
        await xs.countApproxDistinct(0.2),
        await sc.parallelize(Array<number>(9).fill(7), 3).countApproxDistinct(),
      ];
    },
  ),
  program(
    "countApproxDistinct of text",
    `
    xs = sc.parallelize([str(i % 1234) for i in range(4000)], 4)
    return [xs.countApproxDistinct(), xs.countApproxDistinct(0.01)]
    `,
    async (sc) => {
      const xs = sc.parallelize(
        Array.from({ length: 4000 }, (_, i) => String(i % 1234)),
        4,
      );
      return [await xs.countApproxDistinct(), await xs.countApproxDistinct(0.01)];
    },
  ),
  program(
    "a deviation by hand",
    `
    xs = sc.parallelize(decimals, 3)
    mean = xs.sum() / xs.count()
    return xs.map(lambda x: (x - mean) * (x - mean)).sum() / xs.count()
    `,
    async (sc) => {
      const xs = sc.parallelize(decimals, 3);
      const mean = (await xs.sum()) / (await xs.count());
      return (await xs.map((x) => (x - mean) * (x - mean)).sum()) / (await xs.count());
    },
  ),
  program(
    "stats of values by key",
    `
    groups = sc.parallelize(few, 3).groupByKey(2).mapValues(list)
    return groups.mapValues(lambda v: [len(v), sum(v), max(v), min(v)]).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(few, 3)
        .groupByKey(2)
        .mapValues((values) => [...values])
        .mapValues((v) => [v.length, v.reduce((a, b) => a + b), Math.max(...v), Math.min(...v)])
        .glom()
        .collect(),
  ),
  program(
    "a correlation of two columns",
    `
    xy = sc.parallelize(list(zip(decimals, numbers)), 4)
    n, sx, sy, sxx, syy, sxy = xy.map(lambda p: (1, p[0], p[1], p[0] * p[0], p[1] * p[1], p[0] * p[1])).reduce(
        lambda a, b: tuple(i + j for i, j in zip(a, b)))
    return (n * sxy - sx * sy) / ((n * sxx - sx * sx) ** 0.5 * (n * syy - sy * sy) ** 0.5)
    `,
    async (sc) => {
      const xy = sc.parallelize(
        decimals.map((x, i) => [x, numbers[i]]),
        4,
      );
      const [n, sx, sy, sxx, syy, sxy] = await xy
        .map(([x, y]): number[] => [1, x, y, x * x, y * y, x * y])
        .reduce((a, b) => a.map((value, i) => value + b[i]));
      return (n * sxy - sx * sy) / (Math.sqrt(n * sxx - sx * sx) * Math.sqrt(n * syy - sy * sy));
    },
  ),
];
