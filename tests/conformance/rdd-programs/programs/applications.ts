import {
  clicks,
  customers,
  decimals,
  edges,
  lines,
  log,
  numbers,
  orders,
  points,
  readings,
} from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "word count",
    `sc.parallelize(lines, 3).flatMap(lambda s: s.split()).map(lambda w: (w, 1)).reduceByKey(lambda a, b: a + b).glom().collect()`,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .map((word): [string, number] => [word, 1])
        .reduceByKey((a, b) => a + b)
        .glom()
        .collect(),
  ),
  program(
    "the five most frequent words",
    `
    counts = sc.parallelize(lines, 3).flatMap(lambda s: s.split()).map(lambda w: (w, 1)).reduceByKey(lambda a, b: a + b)
    return counts.takeOrdered(5, key=lambda p: (-p[1], p[0]))
    `,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .map((word): [string, number] => [word, 1])
        .reduceByKey((a, b) => a + b)
        .takeOrdered(5, ([word, n]) => [-n, word]),
  ),
  program(
    "letter frequencies",
    `sc.parallelize(lines, 4).flatMap(list).filter(str.isalpha).countByValue()`,
    (sc) =>
      sc
        .parallelize(lines, 4)
        .flatMap((line) => [...line])
        .filter((letter) => /[a-z]/.test(letter))
        .countByValue(),
  ),
  program(
    "an inverted index",
    `
    docs = sc.parallelize(lines, 3).zipWithIndex()
    pairs = docs.flatMap(lambda d: [(w, d[1]) for w in d[0].split()]).distinct()
    return pairs.groupByKey(4).mapValues(sorted).sortByKey(True, 3).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(lines, 3)
        .zipWithIndex()
        .flatMap(([line, i]) =>
          line
            .split(" ")
            .filter((word) => word !== "")
            .map((word): [string, number] => [word, i]),
        )
        .distinct()
        .groupByKey(4)
        .mapValues((values) => [...values].toSorted((a, b) => a - b))
        .sortByKey(true, 3)
        .glom()
        .collect(),
  ),
  program(
    "bigrams",
    `
    def grams(s):
        ws = s.split()
        return list(zip(ws, ws[1:]))
    return sc.parallelize(lines, 3).flatMap(grams).map(lambda g: (g, 1)).reduceByKey(lambda a, b: a + b).filter(lambda p: p[0][0] == "the").glom().collect()
    `,
    (sc) => {
      const grams = (line: string) => {
        const words = line.split(" ").filter((word) => word !== "");
        return words.slice(1).map((word, i): [string, string] => [words[i], word]);
      };
      return sc
        .parallelize(lines, 3)
        .flatMap(grams)
        .map((gram): [[string, string], number] => [gram, 1])
        .reduceByKey((a, b) => a + b)
        .filter(([[first]]) => first === "the")
        .glom()
        .collect();
    },
  ),
  program(
    "PageRank of ten rounds",
    `
    links = sc.parallelize(edges, 3).distinct().groupByKey().mapValues(list).cache()
    ranks = links.mapValues(lambda _: 1.0)
    for _ in range(10):
        shares = links.join(ranks, 3).flatMap(lambda p: [(d, p[1][1] / len(p[1][0])) for d in p[1][0]])
        ranks = shares.reduceByKey(lambda a, b: a + b, 3).mapValues(lambda r: 0.15 + 0.85 * r)
    return ranks.glom().collect()
    `,
    (sc) => {
      const links = sc
        .parallelize(edges, 3)
        .distinct()
        .groupByKey()
        .mapValues((values) => [...values])
        .cache();
      let ranks = links.mapValues(() => 1);
      for (let round = 0; round < 10; round++) {
        ranks = links
          .join(ranks, 3)
          .flatMap(([, [to, rank]]) => to.map((d): [number, number] => [d, rank / to.length]))
          .reduceByKey((a, b) => a + b, 3)
          .mapValues((rank) => 0.15 + 0.85 * rank);
      }
      return ranks.glom().collect();
    },
  ),
  program(
    "k-means of three centres",
    `
    ps = sc.parallelize(points, 4).cache()
    centres = ps.take(3)
    def nearest(p, cs):
        return min(range(len(cs)), key=lambda i: (p[0] - cs[i][0]) ** 2 + (p[1] - cs[i][1]) ** 2)
    for _ in range(5):
        cs = centres
        sums = ps.map(lambda p: (nearest(p, cs), (p[0], p[1], 1))).reduceByKey(lambda a, b: (a[0] + b[0], a[1] + b[1], a[2] + b[2]))
        new = sums.mapValues(lambda s: (s[0] / s[2], s[1] / s[2])).collectAsMap()
        centres = [new[i] for i in range(3)]
    return centres
    `,
    async (sc) => {
      const ps = sc.parallelize(points, 4).cache();
      let centres = await ps.take(3);
      for (let round = 0; round < 5; round++) {
        const cs = centres;
        const nearest = (p: [number, number]) => {
          let best = 0;
          const distance = (i: number) => (p[0] - cs[i][0]) ** 2 + (p[1] - cs[i][1]) ** 2;
          for (let i = 1; i < cs.length; i++) if (distance(i) < distance(best)) best = i;
          return best;
        };
        const moved = await ps
          .map((p): [number, [number, number, number]] => [nearest(p), [p[0], p[1], 1]])
          .reduceByKey((a, b): [number, number, number] => [a[0] + b[0], a[1] + b[1], a[2] + b[2]])
          .mapValues(([x, y, n]): [number, number] => [x / n, y / n])
          .collectAsMap();
        centres = [0, 1, 2].map((i) => moved.get(i)!);
      }
      return centres;
    },
  ),
  program(
    "transitive closure",
    `
    paths = sc.parallelize(edges, 2).distinct(2).cache()
    back = paths.map(lambda e: (e[1], e[0]))
    before = 0
    n = paths.count()
    while n != before:
        before = n
        new = paths.join(back, 2).map(lambda p: (p[1][1], p[1][0]))
        paths = paths.union(new).distinct(2).cache()
        n = paths.count()
    return [n, sorted(paths.collect())]
    `,
    async (sc) => {
      let paths = sc.parallelize(edges, 2).distinct(2).cache();
      const back = paths.map(([from, to]): [number, number] => [to, from]);
      let before = 0;
      let n = await paths.count();
      while (n !== before) {
        before = n;
        const more = paths.join(back, 2).map(([, [to, from]]): [number, number] => [from, to]);
        paths = paths.union(more).distinct(2).cache();
        n = await paths.count();
      }
      return [n, await paths.sortBy((path) => path, true, 1).collect()];
    },
  ),
  program(
    "connected components by the least label",
    `
    both = sc.parallelize(edges, 3).flatMap(lambda e: [e, (e[1], e[0])]).distinct(3).cache()
    labels = both.keys().distinct(3).map(lambda v: (v, v))
    for _ in range(6):
        labels = both.join(labels, 3).map(lambda p: p[1]).union(labels).reduceByKey(min, 3)
    return labels.sortByKey(True, 2).glom().collect()
    `,
    (sc) => {
      const both = sc
        .parallelize(edges, 3)
        .flatMap(([a, b]): [number, number][] => [
          [a, b],
          [b, a],
        ])
        .distinct(3)
        .cache();
      let labels = both
        .keys()
        .distinct(3)
        .map((v): [number, number] => [v, v]);
      for (let round = 0; round < 6; round++) {
        labels = both
          .join(labels, 3)
          .map(([, pair]) => pair)
          .union(labels)
          .reduceByKey((a, b) => Math.min(a, b), 3);
      }
      return labels.sortByKey(true, 2).glom().collect();
    },
  ),
  program(
    "triangles of a graph",
    `
    e = sc.parallelize(edges, 3).filter(lambda p: p[0] != p[1]).map(lambda p: (min(p), max(p))).distinct(3)
    wedges = e.join(e, 3).filter(lambda p: p[1][0] < p[1][1]).map(lambda p: (p[1], p[0]))
    return sorted(wedges.join(e.map(lambda p: (p, None)), 3).map(lambda p: (p[1][0], p[0][0], p[0][1])).collect())
    `,
    (sc) => {
      const e = sc
        .parallelize(edges, 3)
        .filter(([a, b]) => a !== b)
        .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
        .distinct(3);
      const wedges = e
        .join(e, 3)
        .filter(([, [a, b]]) => a < b)
        .map(([middle, ends]): [[number, number], number] => [ends, middle]);
      return wedges
        .join(
          e.map((pair): [[number, number], null] => [pair, null]),
          3,
        )
        .map(([[a, b], [middle]]) => [middle, a, b])
        .sortBy((triangle) => triangle, true, 1)
        .collect();
    },
  ),
  program(
    "degrees, and their distribution",
    `
    out = sc.parallelize(edges, 3).map(lambda e: (e[0], 1)).reduceByKey(lambda a, b: a + b)
    into = sc.parallelize(edges, 3).map(lambda e: (e[1], 1)).reduceByKey(lambda a, b: a + b)
    both = out.fullOuterJoin(into, 2).mapValues(lambda v: (v[0] or 0, v[1] or 0))
    return [both.glom().collect(), both.map(lambda p: p[1][0] + p[1][1]).countByValue()]
    `,
    async (sc) => {
      const out = sc
        .parallelize(edges, 3)
        .map(([from]): [number, number] => [from, 1])
        .reduceByKey((a, b) => a + b);
      const into = sc
        .parallelize(edges, 3)
        .map(([, to]): [number, number] => [to, 1])
        .reduceByKey((a, b) => a + b);
      const both = out.fullOuterJoin(into, 2).mapValues(([a, b]) => [a ?? 0, b ?? 0]);
      return [await both.glom().collect(), await both.map(([, [a, b]]) => a + b).countByValue()];
    },
  ),
  program(
    "pi from points that each partition draws from its own seed",
    `
    def inside(index, it):
        state = index + 1
        for _ in it:
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            x = state / 2**31
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            y = state / 2**31
            yield 1 if x * x + y * y < 1 else 0
    return 4 * sc.range(0, 4000, 1, 5).mapPartitionsWithIndex(inside).sum() / 4000
    `,
    async (sc) => {
      const hits = await sc
        .range(0, 4000, 1, 5)
        .mapPartitionsWithIndex(function* (index, records) {
          let state = index + 1;
          const draw = () => {
            state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
            return state / 2 ** 31;
          };
          for (const _ of records) {
            const x = draw();
            const y = draw();
            yield x * x + y * y < 1 ? 1 : 0;
          }
        })
        .sum();
      return (4 * hits) / 4000;
    },
  ),
  program(
    "pi from a grid of points",
    `
    n = 60
    xs = sc.parallelize([(i + 0.5) / n for i in range(n)], 4)
    return 4 * xs.cartesian(xs).filter(lambda p: p[0] * p[0] + p[1] * p[1] < 1).count() / (n * n)
    `,
    async (sc) => {
      const n = 60;
      const xs = sc.parallelize(
        Array.from({ length: n }, (_, i) => (i + 0.5) / n),
        4,
      );
      const inside = await xs
        .cartesian(xs)
        .filter(([x, y]) => x * x + y * y < 1)
        .count();
      return (4 * inside) / (n * n);
    },
  ),
  program(
    "log analysis: status codes, bytes by path, and lines that don't match",
    String.raw`
    import re
    pattern = re.compile(r'^(\S+) - \[(\d+)\] "GET (\S+)" (\d{3}) (\d+)$')
    rows = sc.parallelize(log + ["garbage"], 4).map(lambda s: pattern.match(s)).filter(lambda m: m).map(lambda m: m.groups())
    codes = rows.map(lambda r: (r[3], 1)).reduceByKey(lambda a, b: a + b).sortByKey(True, 1).collect()
    sizes = rows.map(lambda r: (r[2], int(r[4]))).aggregateByKey((0, 0), lambda a, v: (a[0] + v, max(a[1], v)), lambda a, b: (a[0] + b[0], max(a[1], b[1])), 2).glom().collect()
    return [codes, sizes, rows.count()]
    `,
    async (sc) => {
      const pattern = /^(\S+) - \[(\d+)\] "GET (\S+)" (\d{3}) (\d+)$/;
      const rows = sc
        .parallelize([...log, "garbage"], 4)
        .map((line) => pattern.exec(line))
        .filter((match) => match)
        .map((match) => match!.slice(1));
      return [
        await rows
          .map((row): [string, number] => [row[3], 1])
          .reduceByKey((a, b) => a + b)
          .sortByKey(true, 1)
          .collect(),
        await rows
          .map((row): [string, number] => [row[2], Number(row[4])])
          .aggregateByKey(
            [0, 0] as [number, number],
            ([sum, most], v): [number, number] => [sum + v, Math.max(most, v)],
            (a, b): [number, number] => [a[0] + b[0], Math.max(a[1], b[1])],
            2,
          )
          .glom()
          .collect(),
        await rows.count(),
      ];
    },
  ),
  program(
    "the hosts with errors that never logged in",
    `
    rows = sc.parallelize(log, 4).map(lambda s: s.split(" "))
    bad = rows.filter(lambda r: int(r[5]) >= 400).map(lambda r: r[0])
    login = rows.filter(lambda r: "/login" in r[4]).map(lambda r: r[0])
    return bad.distinct(3).subtract(login, 2).glom().collect()
    `,
    (sc) => {
      const rows = sc.parallelize(log, 4).map((line) => line.split(" "));
      const bad = rows.filter((row) => Number(row[5]) >= 400).map((row) => row[0]);
      const login = rows.filter((row) => row[4].includes("/login")).map((row) => row[0]);
      return bad.distinct(3).subtract(login, 2).glom().collect();
    },
  ),
  program(
    "the three largest values of each host",
    `
    import heapq
    ps = sc.parallelize(readings, 4).map(lambda r: (r[0], r[2]))
    top = ps.aggregateByKey([], lambda a, v: heapq.nlargest(3, a + [v]), lambda a, b: heapq.nlargest(3, a + b))
    return top.glom().collect()
    `,
    (sc) => {
      const largest = (values: number[]) => values.toSorted((a, b) => b - a).slice(0, 3);
      return sc
        .parallelize(readings, 4)
        .map(([host, , value]): [string, number] => [host, value])
        .aggregateByKey(
          [] as number[],
          (a, v) => largest([...a, v]),
          (a, b) => largest([...a, ...b]),
        )
        .glom()
        .collect();
    },
  ),
  program(
    "the largest two of each group by groupByKey",
    `sc.parallelize(orders, 4).map(lambda o: (o[2], o[3] * o[4])).groupByKey(3).flatMapValues(lambda v: sorted(v, reverse=True)[:2]).glom().collect()`,
    (sc) =>
      sc
        .parallelize(orders, 4)
        .map(([, , product, n, price]): [string, number] => [product, n * price])
        .groupByKey(3)
        .flatMapValues((values) => [...values].toSorted((a, b) => b - a).slice(0, 2))
        .glom()
        .collect(),
  ),
  program(
    "a secondary sort: each host's readings by minute",
    `
    keyed = sc.parallelize(readings, 4).map(lambda r: ((r[0], -r[1]), r[2]))
    return keyed.repartitionAndSortWithinPartitions(3, lambda k: int(k[0][4:])).map(lambda p: (p[0][0], -p[0][1], p[1])).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(readings, 4)
        .map(([host, minute, value]): [[string, number], number] => [[host, minute && -minute], value])
        .repartitionAndSortWithinPartitions(3, ([host]) => Number(host.slice(4)))
        .map(([[host, minute], value]) => [host, minute && -minute, value])
        .glom()
        .collect(),
  ),
  program(
    "a moving average over three by zipWithIndex",
    `
    indexed = sc.parallelize(decimals, 4).zipWithIndex()
    spread = indexed.flatMap(lambda p: [(p[1] + k, p[0]) for k in (-1, 0, 1)])
    return spread.groupByKey(3).mapValues(list).filter(lambda p: len(p[1]) == 3).mapValues(lambda v: sum(v) / 3).sortByKey(True, 2).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(decimals, 4)
        .zipWithIndex()
        .flatMap(([x, i]) => [-1, 0, 1].map((k): [number, number] => [i + k, x]))
        .groupByKey(3)
        .mapValues((values) => [...values])
        .filter(([, values]) => values.length === 3)
        .mapValues((values) => values.reduce((a, b) => a + b) / 3)
        .sortByKey(true, 2)
        .glom()
        .collect(),
  ),
  program(
    "running totals with the sums of the partitions before",
    `
    xs = sc.parallelize(numbers, 5)
    sums = xs.mapPartitions(lambda it: [sum(it)]).collect()
    starts = [sum(sums[:i]) for i in range(len(sums))]
    def totals(i, it):
        t = starts[i]
        for x in it:
            t += x
            yield t
    return xs.mapPartitionsWithIndex(totals).glom().collect()
    `,
    async (sc) => {
      const xs = sc.parallelize(numbers, 5);
      const sums = await xs.mapPartitions((it) => [[...it].reduce((a, b) => a + b, 0)]).collect();
      const starts = sums.map((_, i) => sums.slice(0, i).reduce((a, b) => a + b, 0));
      return xs
        .mapPartitionsWithIndex(function* (i, it) {
          let total = starts[i];
          for (const x of it) yield (total += x);
        })
        .glom()
        .collect();
    },
  ),
  program(
    "a product of two sparse matrices",
    `
    a = sc.parallelize([((i, j), i + 2 * j + 1) for i in range(3) for j in range(4)], 3)
    b = sc.parallelize([((j, k), j * k - 1) for j in range(4) for k in range(2)], 2)
    left = a.map(lambda e: (e[0][1], (e[0][0], e[1])))
    right = b.map(lambda e: (e[0][0], (e[0][1], e[1])))
    return left.join(right, 3).map(lambda p: ((p[1][0][0], p[1][1][0]), p[1][0][1] * p[1][1][1])).reduceByKey(lambda x, y: x + y, 2).glom().collect()
    `,
    (sc) => {
      const a = [0, 1, 2].flatMap((i) => [0, 1, 2, 3].map((j) => ({ i, j, value: i + 2 * j + 1 })));
      const b = [0, 1, 2, 3].flatMap((j) => [0, 1].map((k) => ({ j, k, value: j * k - 1 })));
      const left = sc.parallelize(a, 3).map(({ i, j, value }): [number, [number, number]] => [j, [i, value]]);
      const right = sc
        .parallelize(b, 2)
        .map(({ j, k, value }): [number, [number, number]] => [j, [k, value]]);
      return left
        .join(right, 3)
        .map(([, [[i, x], [k, y]]]): [[number, number], number] => [[i, k], x * y])
        .reduceByKey((x, y) => x + y, 2)
        .glom()
        .collect();
    },
  ),
  program(
    "sessions of clicks with gaps of at most 120 seconds",
    `
    def sessions(times):
        found = []
        for t in sorted(times):
            if found and t - found[-1][-1] <= 120:
                found[-1].append(t)
            else:
                found.append([t])
        return found
    return sc.parallelize(clicks, 4).groupByKey(2).flatMapValues(sessions).mapValues(lambda s: [s[0], s[-1], len(s)]).glom().collect()
    `,
    (sc) => {
      const sessions = (times: Iterable<number>) => {
        const found: number[][] = [];
        for (const t of [...times].toSorted((a, b) => a - b)) {
          const last = found[found.length - 1];
          if (last && t - last[last.length - 1] <= 120) last.push(t);
          else found.push([t]);
        }
        return found;
      };
      return sc
        .parallelize(clicks, 4)
        .groupByKey(2)
        .flatMapValues(sessions)
        .mapValues((s) => [s[0], s[s.length - 1], s.length])
        .glom()
        .collect();
    },
  ),
  program(
    "an SQL-like query: revenue by product and customer, having, order by, limit",
    `
    rows = sc.parallelize(orders, 4).map(lambda o: ((o[2], o[1]), o[3] * o[4])).reduceByKey(lambda a, b: a + b)
    return rows.filter(lambda r: r[1] > 5).sortBy(lambda r: (-r[1], r[0])).take(6)
    `,
    (sc) =>
      sc
        .parallelize(orders, 4)
        .map(([, customer, product, n, price]): [[string, string], number] => [
          [product, customer],
          n * price,
        ])
        .reduceByKey((a, b) => a + b)
        .filter(([, revenue]) => revenue > 5)
        .sortBy(([key, revenue]) => [-revenue, key])
        .take(6),
  ),
  program(
    "revenue by city, with customers that have two and none",
    `
    spent = sc.parallelize(orders, 3).map(lambda o: (o[1], o[3] * o[4])).reduceByKey(lambda a, b: a + b)
    joined = spent.fullOuterJoin(sc.parallelize(customers, 2))
    return joined.map(lambda p: (p[1][1], p[1][0] or 0)).reduceByKey(lambda a, b: a + b, 2).glom().collect()
    `,
    (sc) => {
      const spent = sc
        .parallelize(orders, 3)
        .map(([, customer, , n, price]): [string, number] => [customer, n * price])
        .reduceByKey((a, b) => a + b);
      return spent
        .fullOuterJoin(sc.parallelize(customers, 2))
        .map(([, [sum, city]]): [string | null, number] => [city ?? null, sum ?? 0])
        .reduceByKey((a, b) => a + b, 2)
        .glom()
        .collect();
    },
  ),
  program(
    "a pivot: host by ten minutes",
    `
    cells = sc.parallelize(readings, 4).map(lambda r: ((r[0], r[1] // 10), r[2])).reduceByKey(max)
    return cells.map(lambda c: (c[0][0], (c[0][1], c[1]))).groupByKey(2).mapValues(sorted).sortByKey(True, 2).glom().collect()
    `,
    (sc) =>
      sc
        .parallelize(readings, 4)
        .map(([host, minute, value]): [[string, number], number] => [[host, Math.floor(minute / 10)], value])
        .reduceByKey((a, b) => Math.max(a, b))
        .map(([[host, ten], value]): [string, [number, number]] => [host, [ten, value]])
        .groupByKey(2)
        .mapValues((values) => [...values].toSorted((a, b) => a[0] - b[0]))
        .sortByKey(true, 2)
        .glom()
        .collect(),
  ),
  program(
    "the median by sorting and indexing",
    `
    xs = sc.parallelize(decimals, 4)
    n = xs.count()
    return xs.sortBy(lambda x: x).zipWithIndex().filter(lambda p: p[1] in (n // 2 - 1, n // 2)).keys().mean()
    `,
    async (sc) => {
      const xs = sc.parallelize(decimals, 4);
      const n = await xs.count();
      return xs
        .sortBy((x) => x)
        .zipWithIndex()
        .filter(([, i]) => i === n / 2 - 1 || i === n / 2)
        .keys()
        .mean();
    },
  ),
  program(
    "gradient descent of a line",
    `
    ps = sc.parallelize(points, 3).cache()
    n = ps.count()
    a = b = 0.0
    for _ in range(8):
        wa, wb = a, b
        ga, gb = ps.map(lambda p: ((wa * p[0] + wb - p[1]) * p[0], wa * p[0] + wb - p[1])).reduce(lambda x, y: (x[0] + y[0], x[1] + y[1]))
        a -= 0.005 * ga / n
        b -= 0.005 * gb / n
    return [a, b]
    `,
    async (sc) => {
      const ps = sc.parallelize(points, 3).cache();
      const n = await ps.count();
      let a = 0;
      let b = 0;
      for (let round = 0; round < 8; round++) {
        const [wa, wb] = [a, b];
        const [ga, gb] = await ps
          .map(([x, y]) => [(wa * x + wb - y) * x, wa * x + wb - y])
          .reduce((p, q) => [p[0] + q[0], p[1] + q[1]]);
        a -= (0.005 * ga) / n;
        b -= (0.005 * gb) / n;
      }
      return [a, b];
    },
  ),
  program(
    "primes by subtracting products",
    `
    n = 120
    composite = sc.parallelize(list(range(2, n)), 6).flatMap(lambda x: range(2 * x, n, x))
    return sc.parallelize(list(range(2, n)), 4).subtract(composite, 3).glom().collect()
    `,
    (sc) => {
      const n = 120;
      const from2 = Array.from({ length: n - 2 }, (_, i) => i + 2);
      const composite = sc.parallelize(from2, 6).flatMap(function* (x) {
        for (let y = 2 * x; y < n; y += x) yield y;
      });
      return sc.parallelize(from2, 4).subtract(composite, 3).glom().collect();
    },
  ),
  program(
    "products bought together",
    `
    baskets = sc.parallelize(orders, 4).map(lambda o: (o[1], o[2])).distinct(3)
    return baskets.join(baskets, 3).values().filter(lambda p: p[0] < p[1]).countByValue()
    `,
    (sc) => {
      const baskets = sc
        .parallelize(orders, 4)
        .map(([, customer, product]): [string, string] => [customer, product])
        .distinct(3);
      return baskets
        .join(baskets, 3)
        .values()
        .filter(([a, b]) => a < b)
        .countByValue();
    },
  ),
  program(
    "breadth first search by frontiers",
    `
    links = sc.parallelize(edges, 3).groupByKey(3).mapValues(list).cache()
    seen = {edges[0][0]: 0}
    frontier = sc.parallelize([(edges[0][0], None)], 1)
    for depth in range(1, 6):
        found = links.join(frontier, 3).flatMap(lambda p: p[1][0]).distinct(2).collect()
        new = [v for v in found if v not in seen]
        for v in new:
            seen[v] = depth
        frontier = sc.parallelize([(v, None) for v in new], 2)
    return sorted(seen.items())
    `,
    async (sc) => {
      const links = sc
        .parallelize(edges, 3)
        .groupByKey(3)
        .mapValues((values) => [...values])
        .cache();
      const seen = new Map([[edges[0][0], 0]]);
      let frontier = sc.parallelize<[number, null]>([[edges[0][0], null]], 1);
      for (let depth = 1; depth < 6; depth++) {
        const found = await links
          .join(frontier, 3)
          .flatMap(([, [to]]) => to)
          .distinct(2)
          .collect();
        const fresh = found.filter((v) => !seen.has(v));
        for (const v of fresh) seen.set(v, depth);
        frontier = sc.parallelize(
          fresh.map((v): [number, null] => [v, null]),
          2,
        );
      }
      return [...seen].toSorted(([a], [b]) => a - b);
    },
  ),
];
