import { customers, few, numbers, orders, pairs } from "../data.ts";
import { program } from "../program.ts";

// 2, 1 and 3 are on both sides, twice or once; the others have no partner.
const left: [number, string][] = [
  [1, "a"],
  [2, "b"],
  [2, "c"],
  [3, "d"],
  [5, "e"],
  [2, "f"],
];
const right: [number, number | null][] = [
  [2, 20],
  [3, 30],
  [2, 21],
  [7, 70],
  [1, null],
];
const sides = `
    left = [(1, "a"), (2, "b"), (2, "c"), (3, "d"), (5, "e"), (2, "f")]
    right = [(2, 20), (3, 30), (2, 21), (7, 70), (1, None)]
`;

export const programs = [
  program(
    "join with duplicates on both sides",
    `${sides}
    return sc.parallelize(left, 3).join(sc.parallelize(right, 2)).glom().collect()
    `,
    (sc) => sc.parallelize(left, 3).join(sc.parallelize(right, 2)).glom().collect(),
  ),
  program(
    "join into one partition, and into seven",
    `${sides}
    return [sc.parallelize(left, 3).join(sc.parallelize(right, 2), n).glom().collect() for n in (1, 7)]
    `,
    async (sc) => [
      await sc.parallelize(left, 3).join(sc.parallelize(right, 2), 1).glom().collect(),
      await sc.parallelize(left, 3).join(sc.parallelize(right, 2), 7).glom().collect(),
    ],
  ),
  program(
    "a join has as many partitions as both sides together",
    `${sides}
    a, b = sc.parallelize(left, 3), sc.parallelize(right, 2)
    return [x.getNumPartitions() for x in (a.join(b), a.leftOuterJoin(b), a.rightOuterJoin(b), a.fullOuterJoin(b), a.cogroup(b))]
    `,
    async (sc) => {
      const a = sc.parallelize(left, 3);
      const b = sc.parallelize(right, 2);
      return [
        await a.join(b).getNumPartitions(),
        await a.leftOuterJoin(b).getNumPartitions(),
        await a.rightOuterJoin(b).getNumPartitions(),
        await a.fullOuterJoin(b).getNumPartitions(),
        await a.cogroup(b).getNumPartitions(),
      ];
    },
  ),
  program(
    "leftOuterJoin",
    `${sides}
    return sc.parallelize(left, 3).leftOuterJoin(sc.parallelize(right, 2)).glom().collect()
    `,
    (sc) => sc.parallelize(left, 3).leftOuterJoin(sc.parallelize(right, 2)).glom().collect(),
  ),
  program(
    "rightOuterJoin",
    `${sides}
    return sc.parallelize(left, 3).rightOuterJoin(sc.parallelize(right, 2)).glom().collect()
    `,
    (sc) => sc.parallelize(left, 3).rightOuterJoin(sc.parallelize(right, 2)).glom().collect(),
  ),
  program(
    "fullOuterJoin",
    `${sides}
    return sc.parallelize(left, 3).fullOuterJoin(sc.parallelize(right, 2)).glom().collect()
    `,
    (sc) => sc.parallelize(left, 3).fullOuterJoin(sc.parallelize(right, 2)).glom().collect(),
  ),
  program(
    "outer joins into two partitions",
    `${sides}
    a, b = sc.parallelize(left, 3), sc.parallelize(right, 2)
    return [x.glom().collect() for x in (a.leftOuterJoin(b, 2), a.rightOuterJoin(b, 2), a.fullOuterJoin(b, 2))]
    `,
    async (sc) => {
      const a = sc.parallelize(left, 3);
      const b = sc.parallelize(right, 2);
      return [
        await a.leftOuterJoin(b, 2).glom().collect(),
        await a.rightOuterJoin(b, 2).glom().collect(),
        await a.fullOuterJoin(b, 2).glom().collect(),
      ];
    },
  ),
  program(
    "joins with nothing",
    `${sides}
    a, none = sc.parallelize(left, 3), sc.parallelize([], 2)
    return [
        x.glom().collect()
        for x in (a.join(none), none.join(a), a.leftOuterJoin(none), none.leftOuterJoin(a), a.rightOuterJoin(none), a.fullOuterJoin(none), none.fullOuterJoin(none))
    ]
    `,
    async (sc) => {
      const a = sc.parallelize(left, 3);
      const none = sc.parallelize<[number, string]>([], 2);
      const all = [
        a.join(none),
        none.join(a),
        a.leftOuterJoin(none),
        none.leftOuterJoin(a),
        a.rightOuterJoin(none),
        a.fullOuterJoin(none),
        none.fullOuterJoin(none),
      ];
      return Promise.all(all.map((one) => one.glom().collect() as Promise<unknown>));
    },
  ),
  program(
    "a join with itself",
    `sc.parallelize(few, 3).join(sc.parallelize(few, 3).mapValues(lambda v: -v - 1)).count()`,
    (sc) => {
      const rdd = sc.parallelize(few, 3);
      return rdd.join(rdd.mapValues((v) => -v - 1)).count();
    },
  ),
  program(
    "a self join over tuples",
    `
    ps = sc.parallelize([((a, b % 3), b) for a, b in few], 2)
    return ps.join(ps, 3).filter(lambda p: p[1][0] < p[1][1]).glom().collect()
    `,
    (sc) => {
      const ps = sc.parallelize(
        few.map(([a, b]): [[number, number], number] => [[a, b % 3], b]),
        2,
      );
      return ps
        .join(ps, 3)
        .filter(([, [a, b]]) => a < b)
        .glom()
        .collect();
    },
  ),
  program(
    "orders with the cities of their customers",
    `
    o = sc.parallelize(orders, 4).map(lambda o: (o[1], o[0]))
    return o.leftOuterJoin(sc.parallelize(customers, 2), 3).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(orders, 4)
        .map(([id, customer]): [string, number] => [customer, id])
        .leftOuterJoin(sc.parallelize(customers, 2), 3)
        .glom()
        .collect(),
  ),
  program(
    "a key that is null joins, as Python's None does",
    `sc.parallelize([(None, 1), ("a", 2)], 2).join(sc.parallelize([("a", 3), (None, 4), (None, 5)], 2)).glom().collect()`,
    (sc) => {
      const a: [string | null, number][] = [
        [null, 1],
        ["a", 2],
      ];
      const b: [string | null, number][] = [
        ["a", 3],
        [null, 4],
        [null, 5],
      ];
      return sc.parallelize(a, 2).join(sc.parallelize(b, 2)).glom().collect();
    },
  ),
  program(
    "three joins follow each other",
    `
    a = sc.parallelize([(i % 5, i) for i in range(8)], 2)
    b = sc.parallelize([(i, chr(97 + i)) for i in range(5)], 2)
    c = sc.parallelize([(1, "one"), (3, "three"), (9, "nine")], 1)
    return a.join(b).join(c).mapValues(lambda v: [v[0][0], v[0][1], v[1]]).glom().collect()
    `,
    (sc) => {
      const a = sc.parallelize(
        [...Array(8).keys()].map((i): [number, number] => [i % 5, i]),
        2,
      );
      const b = sc.parallelize(
        [...Array(5).keys()].map((i): [number, string] => [i, String.fromCharCode(97 + i)]),
        2,
      );
      const names: [number, string][] = [
        [1, "one"],
        [3, "three"],
        [9, "nine"],
      ];
      return a
        .join(b)
        .join(sc.parallelize(names, 1))
        .mapValues(([[i, letter], name]) => [i, letter, name])
        .glom()
        .collect();
    },
  ),
  program(
    "cogroup",
    `${sides}
    both = sc.parallelize(left, 3).cogroup(sc.parallelize(right, 2))
    return both.mapValues(lambda v: [list(x) for x in v]).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(left, 3)
        .cogroup(sc.parallelize(right, 2))
        .mapValues(([a, b]) => [[...a], [...b]])
        .glom()
        .collect(),
  ),
  program(
    "cogroup into a given number of partitions",
    `${sides}
    both = sc.parallelize(left, 3).cogroup(sc.parallelize(right, 2), 3)
    return both.mapValues(lambda v: [list(x) for x in v]).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(left, 3)
        .cogroup(sc.parallelize(right, 2), 3)
        .mapValues(([a, b]) => [[...a], [...b]])
        .glom()
        .collect(),
  ),
  program(
    "groupWith of two, three and four",
    `
    w, x, y, z = (sc.parallelize(ps, 2) for ps in ([("a", 5), ("b", 6)], [("a", 1), ("b", 4), ("a", 9)], [("a", 2)], [("b", 42), ("c", 7)]))
    lists = lambda v: [list(i) for i in v]
    return [g.mapValues(lists).glom().collect() for g in (w.groupWith(x), w.groupWith(x, y), w.groupWith(x, y, z))]
    `,
    async (sc) => {
      const [w, x, y, z] = [
        [
          ["a", 5],
          ["b", 6],
        ],
        [
          ["a", 1],
          ["b", 4],
          ["a", 9],
        ],
        [["a", 2]],
        [
          ["b", 42],
          ["c", 7],
        ],
      ].map((records) => sc.parallelize(records as [string, number][], 2));
      return [
        await w
          .groupWith(x)
          .mapValues((groups) => Array.from(groups, (group) => [...group]))
          .glom()
          .collect(),
        await w
          .groupWith(x, y)
          .mapValues((groups) => Array.from(groups, (group) => [...group]))
          .glom()
          .collect(),
        await w
          .groupWith(x, y, z)
          .mapValues((groups) => Array.from(groups, (group) => [...group]))
          .glom()
          .collect(),
      ];
    },
  ),
  program(
    "groupWith of nothing",
    `
    none = sc.parallelize([], 2)
    return none.groupWith(sc.parallelize([("a", 1)], 1), none).mapValues(lambda v: [list(i) for i in v]).glom().collect()
    `,
    (sc) => {
      const none = sc.parallelize<[string, number]>([], 2);
      const one: [string, number][] = [["a", 1]];
      return none
        .groupWith(sc.parallelize(one, 1), none)
        .mapValues((groups) => Array.from(groups, (group) => [...group]))
        .glom()
        .collect();
    },
  ),
  program(
    "subtractByKey",
    `${sides}
    a, b = sc.parallelize(left, 3), sc.parallelize(right, 2)
    return [a.subtractByKey(b).glom().collect(), b.subtractByKey(a).glom().collect(), a.subtractByKey(b, 2).glom().collect()]
    `,
    async (sc) => {
      const a = sc.parallelize(left, 3);
      const b = sc.parallelize(right, 2);
      return [
        await a.subtractByKey(b).glom().collect(),
        await b.subtractByKey(a).glom().collect(),
        await a.subtractByKey(b, 2).glom().collect(),
      ];
    },
  ),
  program(
    "subtractByKey keeps duplicates",
    `sc.parallelize([("a", 1), ("b", 2), ("a", 1), ("c", 3), ("c", 3)], 2).subtractByKey(sc.parallelize([("b", None)], 1)).glom().collect()`,
    (sc) => {
      const a: [string, number][] = [
        ["a", 1],
        ["b", 2],
        ["a", 1],
        ["c", 3],
        ["c", 3],
      ];
      const b: [string, null][] = [["b", null]];
      return sc.parallelize(a, 2).subtractByKey(sc.parallelize(b, 1)).glom().collect();
    },
  ),
  program(
    "subtract keeps duplicates",
    `sc.parallelize([1, 2, 2, 3, 3, 3, 4, 1], 3).subtract(sc.parallelize([2, 4, 9], 2)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 2, 2, 3, 3, 3, 4, 1], 3)
        .subtract(sc.parallelize([2, 4, 9], 2))
        .glom()
        .collect(),
  ),
  program(
    "subtract of pairs and nulls",
    `sc.parallelize([("a", 1), ("b", 2), None, ("a", 2), None], 2).subtract(sc.parallelize([("a", 1), None], 1), 3).glom().collect()`,
    (sc) =>
      sc
        .parallelize([["a", 1], ["b", 2], null, ["a", 2], null], 2)
        .subtract(sc.parallelize([["a", 1], null], 1), 3)
        .glom()
        .collect(),
  ),
  program(
    "subtract from nothing, and of nothing",
    `
    xs, none = sc.parallelize([1, 2, 1], 2), sc.parallelize([], 2)
    return [xs.subtract(none).glom().collect(), none.subtract(xs).glom().collect(), xs.subtract(xs).glom().collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize([1, 2, 1], 2);
      const none = sc.parallelize<number>([], 2);
      return [
        await xs.subtract(none).glom().collect(),
        await none.subtract(xs).glom().collect(),
        await xs.subtract(xs).glom().collect(),
      ];
    },
  ),
  program(
    "intersection has each record once",
    `sc.parallelize([1, 10, 2, 3, 4, 5, 1, 2], 3).intersection(sc.parallelize([1, 6, 2, 3, 7, 8, 1], 2)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([1, 10, 2, 3, 4, 5, 1, 2], 3)
        .intersection(sc.parallelize([1, 6, 2, 3, 7, 8, 1], 2))
        .glom()
        .collect(),
  ),
  program(
    "intersection of tuples and nulls",
    `sc.parallelize([("a", 1), None, ("b", 2)], 2).intersection(sc.parallelize([("b", 2), ("a", 2), None, None], 2)).glom().collect()`,
    (sc) =>
      sc
        .parallelize([["a", 1], null, ["b", 2]], 2)
        .intersection(sc.parallelize([["b", 2], ["a", 2], null, null], 2))
        .glom()
        .collect(),
  ),
  program(
    "intersection of many numbers, and with nothing",
    `
    xs = sc.parallelize(numbers, 4)
    return [xs.intersection(xs.map(lambda x: x + 1)).glom().collect(), xs.intersection(sc.emptyRDD()).collect()]
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 4);
      return [
        await xs
          .intersection(xs.map((x) => x + 1))
          .glom()
          .collect(),
        await xs.intersection(sc.emptyRDD()).collect(),
      ];
    },
  ),
  program(
    "a semi join by cogroup",
    `
    ps = sc.parallelize(pairs, 3)
    wanted = sc.parallelize([("ada", None), ("zoë", None), ("max", None)], 1)
    return ps.cogroup(wanted).filter(lambda p: len(p[1][0]) and len(p[1][1])).flatMapValues(lambda v: v[0]).glom().collect()
    `,
    (sc) => {
      const wanted: [string, null][] = [
        ["ada", null],
        ["zoë", null],
        ["max", null],
      ];
      return sc
        .parallelize(pairs, 3)
        .cogroup(sc.parallelize(wanted, 1))
        .filter(([, [a, b]]) => [...a].length > 0 && [...b].length > 0)
        .flatMapValues(([a]) => a)
        .glom()
        .collect();
    },
  ),
  program(
    "a join of two reductions",
    `
    o = sc.parallelize(orders, 3)
    spent = o.map(lambda x: (x[1], x[3] * x[4])).reduceByKey(lambda a, b: a + b)
    count = o.map(lambda x: (x[1], 1)).reduceByKey(lambda a, b: a + b)
    return spent.join(count).mapValues(lambda v: v[0] / v[1]).glom().collect()
    `,
    (sc) => {
      const o = sc.parallelize(orders, 3);
      const spent = o
        .map(([, customer, , n, price]): [string, number] => [customer, n * price])
        .reduceByKey((a, b) => a + b);
      const count = o.map(([, customer]): [string, number] => [customer, 1]).reduceByKey((a, b) => a + b);
      return spent
        .join(count)
        .mapValues(([sum, n]) => sum / n)
        .glom()
        .collect();
    },
  ),
  program(
    "joins of what is partitioned alike keep their partitions",
    `
    a = sc.parallelize(pairs, 3).partitionBy(4)
    b = sc.parallelize(customers, 2).partitionBy(4)
    both = a.join(b)
    return [both.getNumPartitions(), both.glom().collect()]
    `,
    async (sc) => {
      const a = sc.parallelize(pairs, 3).partitionBy(4);
      const b = sc.parallelize(customers, 2).partitionBy(4);
      const both = a.join(b);
      return [await both.getNumPartitions(), await both.glom().collect()];
    },
  ),
];
