import { program } from "../program.ts";

export const programs = [
  program(
    "a key that is null",
    `sc.parallelize([(None, 1), ("a", 2), (None, 3)], 2).reduceByKey(lambda a, b: a + b, 3).glom().collect()`,
    (sc) => {
      const ps: [string | null, number][] = [
        [null, 1],
        ["a", 2],
        [null, 3],
      ];
      return sc
        .parallelize(ps, 2)
        .reduceByKey((a, b) => a + b, 3)
        .glom()
        .collect();
    },
  ),
  program(
    "values that are null",
    `
    ps = sc.parallelize([("a", None), ("b", 1), ("a", None), ("b", None)], 2)
    return [ps.groupByKey(2).mapValues(list).glom().collect(), ps.distinct(2).glom().collect(), ps.countByKey(), ps.filter(lambda p: p[1] is None).count()]
    `,
    async (sc) => {
      const records: [string, number | null][] = [
        ["a", null],
        ["b", 1],
        ["a", null],
        ["b", null],
      ];
      const ps = sc.parallelize(records, 2);
      return [
        await ps
          .groupByKey(2)
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await ps.distinct(2).glom().collect(),
        await ps.countByKey(),
        await ps.filter(([, value]) => value === null).count(),
      ];
    },
  ),
  program(
    "negative zero and zero are one key, which is the first of them",
    `
    f = lambda xs: sc.parallelize([(x, 1) for x in xs], 2).reduceByKey(lambda a, b: a + b, 3).glom().collect()
    return [f([0.0, -0.0, 0]), f([-0.0, 0.0]), sc.parallelize([-0.0, 0.0, -0.0], 1).distinct().collect()]
    `,
    async (sc) => {
      const f = (xs: number[]) =>
        sc
          .parallelize(
            xs.map((x): [number, number] => [x, 1]),
            2,
          )
          .reduceByKey((a, b) => a + b, 3)
          .glom()
          .collect();
      return [
        await f([0, -0, 0]),
        await f([-0, 0]),
        await sc.parallelize([-0, 0, -0], 1).distinct().collect(),
      ];
    },
  ),
  program(
    "negative zero and NaN are values that travel",
    `
    xs = sc.parallelize([-0.0, float("nan"), 0.0, float("inf"), float("-inf")], 2)
    return [xs.collect(), xs.map(lambda x: (1, x)).groupByKey(2).mapValues(list).glom().collect(), xs.map(lambda x: [x, {"x": x}]).collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([-0, NaN, 0, Infinity, -Infinity], 2);
      return [
        await xs.collect(),
        await xs
          .map((x): [number, number] => [1, x])
          .groupByKey(2)
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await xs.map((x) => [x, { x }]).collect(),
      ];
    },
  ),
  program(
    "whole numbers are placed alike, written as integers or as fractions",
    `sc.parallelize([(float(i), i) for i in range(-6, 7) if i], 2).partitionBy(4).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          Array.from({ length: 13 }, (_, i): [number, number] => [i - 6, i - 6]).filter(([i]) => i !== 0),
          2,
        )
        .partitionBy(4)
        .glom()
        .collect(),
  ),
  program(
    "fractions are placed by their hash",
    `sc.parallelize([(x, None) for x in (0.5, -0.5, 1.5, 0.1, 1e-10, 1e300, -2.75, 3.141592653589793, 5e-324, 1e16, 1e19, float("inf"), float("-inf"))], 2).partitionBy(7).keys().glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [
            0.5,
            -0.5,
            1.5,
            0.1,
            1e-10,
            1e300,
            -2.75,
            3.141592653589793,
            5e-324,
            1e16,
            1e19,
            Infinity,
            -Infinity,
          ].map((x): [number, null] => [x, null]),
          2,
        )
        .partitionBy(7)
        .keys()
        .glom()
        .collect(),
  ),
  program(
    "large integers are placed by their hash",
    `sc.parallelize([(2**61 - 1 + i, i) for i in range(4)] + [(-2**61 - i, i) for i in range(3)] + [(10**40, 0), (-10**40, 1)], 2).partitionBy(5).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [
            ...Array.from({ length: 4 }, (_, i): [bigint, number] => [2n ** 61n - 1n + BigInt(i), i]),
            ...Array.from({ length: 3 }, (_, i): [bigint, number] => [-(2n ** 61n) - BigInt(i), i]),
            [10n ** 40n, 0] as [bigint, number],
            [-(10n ** 40n), 1] as [bigint, number],
          ],
          2,
        )
        .partitionBy(5)
        .glom()
        .collect(),
  ),
  program(
    "large integers are summed by key",
    `sc.parallelize([(i % 2, 2**60 + i) for i in range(6)], 3).reduceByKey(lambda a, b: a + b, 2).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [...Array(6).keys()].map((i): [number, bigint] => [i % 2, 2n ** 60n + BigInt(i)]),
          3,
        )
        .reduceByKey((a, b) => a + b, 2)
        .glom()
        .collect(),
  ),
  program(
    "true and false are keys",
    `sc.parallelize(list(range(9)), 2).groupBy(lambda x: x % 2 == 0, 3).mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize([...Array(9).keys()], 2)
        .groupBy((x) => x % 2 === 0, 3)
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program(
    "text of every kind is placed by its hash",
    `sc.parallelize([(s, i) for i, s in enumerate(["", "a", "ab", "abc", "é", "ñandú", "漢字", "😀", "a😀", "\\x00", "\\n", "x" * 100, "ÿ", "Ā", "\\uffff", "é" * 20])], 3).partitionBy(6).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [
            "",
            "a",
            "ab",
            "abc",
            "é",
            "ñandú",
            "漢字",
            "😀",
            "a😀",
            "\x00",
            "\n",
            "x".repeat(100),
            "ÿ",
            "Ā",
            "\uffff",
            "é".repeat(20),
          ].map((s, i): [string, number] => [s, i]),
          3,
        )
        .partitionBy(6)
        .glom()
        .collect(),
  ),
  program(
    "bytes are keys, compared by value",
    `sc.parallelize([(b"ab", 1), (b"", 2), (b"ab", 3), (b"\\x00\\xff", 4), (b"", 5)], 2).reduceByKey(lambda a, b: a + b, 4).glom().collect()`,
    (sc) => {
      const ps: [Uint8Array, number][] = [
        [Uint8Array.from([97, 98]), 1],
        [new Uint8Array(), 2],
        [Uint8Array.from([97, 98]), 3],
        [Uint8Array.from([0, 255]), 4],
        [new Uint8Array(), 5],
      ];
      return sc
        .parallelize(ps, 2)
        .reduceByKey((a, b) => a + b, 4)
        .glom()
        .collect();
    },
  ),
  program(
    "tuples are placed by PySpark's own hash",
    `sc.parallelize([(t, i) for i, t in enumerate([(), (1,), (1, 2), (2, 1), ("a",), ("a", 1), ("a", None), (None,), (None, None), (1.5, True), ((1, 2), 3), (-1, -2), ("é", "漢"), (2**40, -2**40)])], 3).partitionBy(5).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [
            [],
            [1],
            [1, 2],
            [2, 1],
            ["a"],
            ["a", 1],
            ["a", null],
            [null],
            [null, null],
            [1.5, true],
            [[1, 2], 3],
            [-1, -2],
            ["é", "漢"],
            [2 ** 40, -(2 ** 40)],
          ].map((t, i): [unknown[], number] => [t, i]),
          3,
        )
        .partitionBy(5)
        .glom()
        .collect(),
  ),
  program(
    "tuples are keys of reductions, groups and joins",
    `
    ps = sc.parallelize([((i % 3, "abc"[i % 2]), i) for i in range(14)], 3)
    return [
        ps.reduceByKey(lambda a, b: a + b).glom().collect(),
        ps.groupByKey(2).mapValues(list).glom().collect(),
        ps.join(sc.parallelize([((1, "b"), "x"), ((2, "z"), "y"), ((0, "a"), None)], 1)).glom().collect(),
    ]
    `,
    async (sc) => {
      const ps = sc.parallelize(
        [...Array(14).keys()].map((i): [[number, string], number] => [[i % 3, "abc"[i % 2]], i]),
        3,
      );
      const others: [[number, string], string | null][] = [
        [[1, "b"], "x"],
        [[2, "z"], "y"],
        [[0, "a"], null],
      ];
      return [
        await ps
          .reduceByKey((a, b) => a + b)
          .glom()
          .collect(),
        await ps
          .groupByKey(2)
          .mapValues((values) => [...values])
          .glom()
          .collect(),
        await ps.join(sc.parallelize(others, 1)).glom().collect(),
      ];
    },
  ),
  program(
    "tuples within tuples, with nulls and fractions",
    `sc.parallelize([((1, (2, None)), 1), ((1, (2, None)), 2), ((1, (None, 2)), 3), ((1.0, (2.0, None)), 4), ((1, (2.5, "")), 5)], 2).reduceByKey(lambda a, b: a + b, 3).glom().collect()`,
    (sc) => {
      const ps: [unknown[], number][] = [
        [[1, [2, null]], 1],
        [[1, [2, null]], 2],
        [[1, [null, 2]], 3],
        [[1, [2, null]], 4],
        [[1, [2.5, ""]], 5],
      ];
      return sc
        .parallelize(ps, 2)
        .reduceByKey((a, b) => a + b, 3)
        .glom()
        .collect();
    },
  ),
  program(
    "keys of several kinds beside each other",
    `sc.parallelize([("1", "text"), (1, "int"), (None, "none"), ((1,), "tuple"), (1.5, "float"), ("1", "again"), ((1,), "again"), (b"1", "bytes")], 3).groupByKey(4).mapValues(list).glom().collect()`,
    (sc) => {
      const ps: [unknown, string][] = [
        ["1", "text"],
        [1, "int"],
        [null, "none"],
        [[1], "tuple"],
        [1.5, "float"],
        ["1", "again"],
        [[1], "again"],
        [Uint8Array.of(49), "bytes"],
      ];
      return sc
        .parallelize(ps, 3)
        .groupByKey(4)
        .mapValues((values) => [...values])
        .glom()
        .collect();
    },
  ),
  program(
    "one key has nearly all records",
    `
    ps = sc.parallelize([("hot" if i % 10 else "k%d" % i, i) for i in range(500)], 4)
    return ps.groupByKey(3).mapValues(lambda v: [len(list(v)), sum(v)]).glom().map(lambda p: p[:4]).collect()
    `,
    (sc) =>
      sc
        .parallelize(
          Array.from({ length: 500 }, (_, i): [string, number] => [i % 10 ? "hot" : `k${i}`, i]),
          4,
        )
        .groupByKey(3)
        .mapValues((values) => [[...values].length, [...values].reduce((a, b) => a + b, 0)])
        .glom()
        .map((part) => part.slice(0, 4))
        .collect(),
  ),
  program(
    "values that are dictionaries and lists of lists",
    `sc.parallelize([(i % 2, {"i": i, "in": {"list": [i, [None, str(i)]]}}) for i in range(4)], 2).groupByKey(2).mapValues(list).glom().collect()`,
    (sc) =>
      sc
        .parallelize(
          [...Array(4).keys()].map((i): [number, unknown] => [
            i % 2,
            { i, in: { list: [i, [null, String(i)]] } },
          ]),
          2,
        )
        .groupByKey(2)
        .mapValues((values) => [...values])
        .glom()
        .collect(),
  ),
  program(
    "distinct of text with the same letters",
    `sc.parallelize(["a", "A", "a ", "á", "a\\u0301", "a", "\\u00e1"], 3).distinct(4).glom().collect()`,
    (sc) => sc.parallelize(["a", "A", "a ", "á", "a\u0301", "a", "\u00e1"], 3).distinct(4).glom().collect(),
  ),
  program(
    "countByValue of tuples and mixed values",
    `sc.parallelize([(1, 2), 1, "1", None, (1, 2), 1.5, None, 1], 3).countByValue()`,
    (sc) => sc.parallelize([[1, 2], 1, "1", null, [1, 2], 1.5, null, 1], 3).countByValue(),
  ),
];
