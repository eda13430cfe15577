import { lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "map keeps partitions",
    `sc.parallelize([1, 2, 3, 4, 5], 3).map(lambda x: x * x).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3, 4, 5], 3)
        .map((x) => x * x)
        .glom()
        .collect(),
  ),
  program(
    "map to null, text, lists and dictionaries",
    `sc.parallelize([1, 2], 1).flatMap(lambda x: [None, str(x), [x, [x]], {"a": x, "b": None}, True, x / 4]).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2], 1)
        .flatMap((x): unknown[] => [null, String(x), [x, [x]], { a: x, b: null }, true, x / 4])
        .collect(),
  ),
  program(
    "flatMap of words, with partitions that stay empty",
    `sc.parallelize(lines, 5).flatMap(lambda line: line.split()).glom().collect()`,
    (sc) =>
      sc
        .parallelize(lines, 5)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .glom()
        .collect(),
  ),
  program("flatMap over a range", `sc.parallelize([2, 0, 3, 4], 2).flatMap(range).glom().collect()`, (sc) =>
    sc
      .parallelize([2, 0, 3, 4], 2)
      .flatMap((n) => Array(n).keys())
      .glom()
      .collect(),
  ),
  program(
    "flatMap of text gives its characters",
    `sc.parallelize(["ab", "", "zoë 😀"], 2).flatMap(lambda s: s).collect()`,
    (sc) =>
      sc
        .parallelize(["ab", "", "zoë 😀"], 2)
        .flatMap((s) => s)
        .collect(),
  ),
  program(
    "flatMap with a generator",
    `
    def countdown(n):
        while n > 0:
            yield n
            n -= 1
    return sc.parallelize([3, 0, 1], 3).flatMap(countdown).glom().collect()
    `,
    (sc) => {
      function* countdown(n: number) {
        while (n > 0) yield n--;
      }
      return sc.parallelize([3, 0, 1], 3).flatMap(countdown).glom().collect();
    },
  ),
  program(
    "filter empties partitions and keeps them",
    `sc.parallelize(list(range(12)), 4).filter(lambda x: x > 7).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(12).keys()], 4)
        .filter((x) => x > 7)
        .glom()
        .collect(),
  ),
  program(
    "filter by what is truthy",
    `sc.parallelize([0, 1, "", "a", None, False, True, 0.0], 2).filter(lambda x: x).collect()`,
    (sc) =>
      sc
        .parallelize([0, 1, "", "a", null, false, true, 0], 2)
        .filter((x) => x)
        .collect(),
  ),
  program(
    "filters and maps follow each other",
    `sc.parallelize(numbers, 4).filter(lambda x: x % 2 == 0).map(lambda x: x // 2).filter(lambda x: x % 3 == 0).glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 4)
        .filter((x) => x % 2 === 0)
        .map((x) => x / 2)
        .filter((x) => x % 3 === 0)
        .glom()
        .collect(),
  ),
  program(
    "mapPartitions sums each partition, empty ones too",
    `sc.parallelize([1, 2, 3, 4], 6).mapPartitions(lambda it: [sum(it)]).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3, 4], 6)
        .mapPartitions((records) => {
          let sum = 0;
          for (const record of records) sum += record;
          return [sum];
        })
        .collect(),
  ),
  program(
    "mapPartitions with a generator that looks one record back",
    `
    def differences(it):
        before = None
        for x in it:
            if before is not None:
                yield x - before
            before = x
    return sc.parallelize([1, 4, 9, 16, 25, 36, 49], 2).mapPartitions(differences).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize([1, 4, 9, 16, 25, 36, 49], 2)
        .mapPartitions(function* (records) {
          let before: number | null = null;
          for (const x of records) {
            if (before !== null) yield x - before;
            before = x;
          }
        })
        .glom()
        .collect(),
  ),
  program(
    "mapPartitions that reads nothing, or a part",
    `
    import itertools
    xs = sc.parallelize(list(range(10)), 3)
    return [xs.mapPartitions(lambda it: []).glom().collect(), xs.mapPartitions(lambda it: itertools.islice(it, 2)).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([...Array(10).keys()], 3);
      return [
        await xs
          .mapPartitions(() => [])
          .glom()
          .collect(),
        await xs
          .mapPartitions(function* (records) {
            let taken = 0;
            for (const x of records) {
              yield x;
              if (++taken === 2) return;
            }
          })
          .glom()
          .collect(),
      ];
    },
  ),
  program(
    "mapPartitionsWithIndex tells indexes, of empty partitions too",
    `sc.parallelize([1, 2, 3], 5).mapPartitionsWithIndex(lambda i, it: [(i, list(it))]).collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3], 5)
        .mapPartitionsWithIndex((i, records) => [[i, [...records]]])
        .collect(),
  ),
  program(
    "mapPartitionsWithIndex drops the header of the first partition",
    `
    rows = sc.parallelize(["name,n", "a,1", "b,2", "c,3"], 2)
    return rows.mapPartitionsWithIndex(lambda i, it: list(it)[1:] if i == 0 else it).map(lambda s: s.split(",")).collect()
    `,
    (sc) =>
      sc
        .parallelize(["name,n", "a,1", "b,2", "c,3"], 2)
        .mapPartitionsWithIndex((i, records) => (i === 0 ? [...records].slice(1) : records))
        .map((row) => row.split(","))
        .collect(),
  ),
  program(
    "mapPartitionsWithIndex after a filter and a union",
    `
    xs = sc.parallelize([1, 2, 3, 4], 2)
    return xs.filter(lambda x: x > 2).union(xs).mapPartitionsWithIndex(lambda i, it: [(i, x) for x in it]).glom().collect()
    `,
    (sc) => {
      const xs = sc.parallelize([1, 2, 3, 4], 2);
      return xs
        .filter((x) => x > 2)
        .union(xs)
        .mapPartitionsWithIndex((i, records) => Array.from(records, (x) => [i, x]))
        .glom()
        .collect();
    },
  ),
  program("glom of glom", `sc.parallelize([1, 2, 3], 2).glom().glom().collect()`, (sc) =>
    sc.parallelize([1, 2, 3], 2).glom().glom().collect(),
  ),
  program(
    "the largest of each partition by glom",
    `sc.parallelize(numbers, 4).glom().map(max).collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 4)
        .glom()
        .map((part) => Math.max(...part))
        .collect(),
  ),
  program("keyBy", `sc.parallelize(lines, 3).keyBy(lambda line: len(line)).glom().collect()`, (sc) =>
    sc
      .parallelize(lines, 3)
      .keyBy((line) => line.length)
      .glom()
      .collect(),
  ),
  program(
    "keys and values",
    `
    ps = sc.parallelize(pairs, 3)
    return [ps.keys().glom().collect(), ps.values().glom().collect()]
    `,
    async (sc) => {
      const ps = sc.parallelize(pairs, 3);
      return [await ps.keys().glom().collect(), await ps.values().glom().collect()];
    },
  ),
  program(
    "mapValues",
    `sc.parallelize([("a", ["x", "y"]), ("b", []), ("a", ["z"])], 2).mapValues(len).glom().collect()`,
    (sc) => {
      const ps: [string, string[]][] = [
        ["a", ["x", "y"]],
        ["b", []],
        ["a", ["z"]],
      ];
      return sc
        .parallelize(ps, 2)
        .mapValues((v) => v.length)
        .glom()
        .collect();
    },
  ),
  program(
    "flatMapValues",
    `sc.parallelize([("a", ["x", "y"]), ("b", []), (None, ["z"])], 2).flatMapValues(lambda v: v).glom().collect()`,
    (sc) => {
      const ps: [string | null, string[]][] = [
        ["a", ["x", "y"]],
        ["b", []],
        [null, ["z"]],
      ];
      return sc
        .parallelize(ps, 2)
        .flatMapValues((v) => v)
        .glom()
        .collect();
    },
  ),
  program(
    "flatMapValues splits lines that have a number",
    `sc.parallelize(lines, 2).zipWithIndex().map(lambda p: (p[1], p[0])).flatMapValues(lambda s: s.split()).collect()`,
    (sc) =>
      sc
        .parallelize(lines, 2)
        .zipWithIndex()
        .map(([line, i]): [number, string] => [i, line])
        .flatMapValues((line) => line.split(" ").filter((word) => word !== ""))
        .collect(),
  ),
  program(
    "zip of two lists",
    `sc.parallelize([1, 2, 3, 4, 5], 2).zip(sc.parallelize(list("abcde"), 2)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3, 4, 5], 2)
        .zip(sc.parallelize([..."abcde"], 2))
        .glom()
        .collect(),
  ),
  program(
    "zip with what was mapped of it",
    `
    xs = sc.parallelize(numbers, 4)
    return xs.zip(xs.map(lambda x: x % 7)).map(lambda p: p[0] - p[1]).glom().collect()
    `,
    (sc) => {
      const xs = sc.parallelize(numbers, 4);
      return xs
        .zip(xs.map((x) => x % 7))
        .map(([x, rest]) => x - rest)
        .glom()
        .collect();
    },
  ),
  program(
    "zip of a zip, and of ranges",
    `
    xs = sc.range(0, 9, 1, 3)
    return xs.zip(sc.range(100, 109, 1, 3)).zip(xs.map(str)).collect()
    `,
    (sc) => {
      const xs = sc.range(0, 9, 1, 3);
      return xs
        .zip(sc.range(100, 109, 1, 3))
        .zip(xs.map(String))
        .collect();
    },
  ),
  program("zip of empty ones", `sc.parallelize([], 3).zip(sc.parallelize([], 3)).glom().collect()`, (sc) =>
    sc.parallelize([], 3).zip(sc.parallelize([], 3)).glom().collect(),
  ),
  program(
    "zipWithIndex",
    `
    return [
        sc.parallelize(["a", "b", "c", "d"], 3).zipWithIndex().glom().collect(),
        sc.parallelize(["a", "b"], 1).zipWithIndex().collect(),
        sc.parallelize([], 3).zipWithIndex().collect(),
    ]
    `,
    async (sc) => [
      await sc.parallelize(["a", "b", "c", "d"], 3).zipWithIndex().glom().collect(),
      await sc.parallelize(["a", "b"], 1).zipWithIndex().collect(),
      await sc.parallelize([], 3).zipWithIndex().collect(),
    ],
  ),
  program(
    "zipWithIndex after a filter counts what is left",
    `sc.parallelize(numbers, 5).filter(lambda x: x % 3 == 0).zipWithIndex().filter(lambda p: p[1] % 2 == 1).glom().collect()`,
    (sc) =>
      sc
        .parallelize(numbers, 5)
        .filter((x) => x % 3 === 0)
        .zipWithIndex()
        .filter(([, i]) => i % 2 === 1)
        .glom()
        .collect(),
  ),
  program(
    "zipWithUniqueId",
    `sc.parallelize(["a", "b", "c", "d", "e"], 3).zipWithUniqueId().glom().collect()`,
    (sc) => sc.parallelize(["a", "b", "c", "d", "e"], 3).zipWithUniqueId().glom().collect(),
  ),
  program(
    "cartesian of lists with one batch a partition",
    `sc.parallelize([1, 2], 2).cartesian(sc.parallelize(["a", "b", "c"], 1)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2], 2)
        .cartesian(sc.parallelize(["a", "b", "c"], 1))
        .glom()
        .collect(),
  ),
  program(
    "cartesian has a partition for each pair of partitions",
    `sc.parallelize([1, 2, 3, 4], 2).cartesian(sc.parallelize([5, 6, 7, 8, 9, 10], 3)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 3, 4], 2)
        .cartesian(sc.parallelize([5, 6, 7, 8, 9, 10], 3))
        .glom()
        .collect(),
  ),
  program(
    "cartesian with itself",
    `
    xs = sc.parallelize([1, 2, 3, 4, 5], 2).map(lambda x: x)
    return sorted(xs.cartesian(xs).filter(lambda p: p[0] < p[1]).collect())
    `,
    (sc) => {
      const xs = sc.parallelize([1, 2, 3, 4, 5], 2).map((x) => x);
      return xs
        .cartesian(xs)
        .filter(([a, b]) => a < b)
        .collect();
    },
    { unordered: "PySpark pairs one batch of its pickles with another" },
  ),
  program(
    "cartesian of cartesian, and with nothing",
    `
    xs = sc.parallelize([1, 2], 1)
    return [sorted(xs.cartesian(xs).cartesian(xs).collect()), xs.cartesian(sc.parallelize([], 2)).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([1, 2], 1);
      const all = await xs.cartesian(xs).cartesian(xs).collect();
      return [all, await xs.cartesian(sc.parallelize([], 2)).glom().collect()];
    },
  ),
  program(
    "pipe through cat and sort",
    `
    xs = sc.parallelize(["banana", "apple", "cherry", ""], 2)
    return [xs.pipe("cat").glom().collect(), xs.pipe("sort -r").glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize(["banana", "apple", "cherry", ""], 2);
      return [await xs.pipe("cat").glom().collect(), await xs.pipe("sort -r").glom().collect()];
    },
  ),
  program(
    "pipe of numbers, with quoted arguments and an environment",
    `
    xs = sc.parallelize([1, 2, 3, 4], 2)
    return [
        xs.pipe("sed 's/^/n = /'").collect(),
        xs.pipe('sh -c "echo $WHO; wc -l"', {"WHO": "me", "PATH": "/bin:/usr/bin"}).glom().collect(),
    ]
    `,
    async (sc) => {
      const xs = sc.parallelize([1, 2, 3, 4], 2);
      return [
        await xs.pipe("sed 's/^/n = /'").collect(),
        await xs.pipe('sh -c "echo $WHO; wc -l"', { WHO: "me", PATH: "/bin:/usr/bin" }).glom().collect(),
      ];
    },
  ),
  program(
    "setName gives a name",
    `
    xs = sc.parallelize([1], 1)
    return [xs.name(), xs.setName("ones").name(), xs.setName("ones").count()]
    `,
    async (sc) => {
      const xs = sc.parallelize([1], 1);
      const before = xs.name();
      return [before, xs.setName("ones").name(), await xs.setName("ones").count()];
    },
  ),
];
