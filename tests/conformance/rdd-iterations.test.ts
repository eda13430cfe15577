// Jobs that keep what they computed and use it again, as Pregel and PageRank do. What was computed is counted twice: by an
// accumulator, and by a letter in a file for each partition that a function began.
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type RDD, StorageLevel } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

type Pair<K, V> = [K, V];

describe.each(engines)("what is kept between jobs, on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const begun = (name: string) => {
    const path = join(context.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  };
  const sorted = (text: string) => [...text].sort().join("");

  /** The same records; each partition that is computed writes its index to a file, once. */
  function noted<T>(rdd: RDD<T>, name: string): RDD<T> {
    const path = join(context.folder, name);
    return rdd.mapPartitionsWithIndex(function* (index, records) {
      appendFileSync(path, String(index));
      yield* records;
    });
  }

  /** A graph of a ring with chords: who points to whom. */
  const edges = Array.from({ length: 60 }, (_, i) => [
    [i, (i + 1) % 60],
    [i, (i * 7) % 60],
  ]).flat() as Pair<number, number>[];

  test("ten rounds of ranks over a cached input compute the input once, and each round once", async () => {
    const read = sc().accumulator(0);
    const input = noted(sc().parallelize(edges, 4), "ranks-input").map((edge) => {
      read.add(1);
      return edge;
    });
    const links = input.groupByKey(4).cache();
    let ranks = links.mapValues(() => 1).cache();
    for (let round = 0; round < 10; round++) {
      const before = ranks;
      const sent = links
        .join(before)
        .flatMap(([, [targets, rank]]) =>
          targets.map((to): Pair<number, number> => [to, rank / targets.length]),
        );
      ranks = noted(
        sent.reduceByKey((a, b) => a + b, 4),
        "ranks-rounds",
      )
        .mapValues((rank) => 0.15 + 0.85 * rank)
        .cache();
      expect(await ranks.count()).toBe(60);
      before.unpersist();
    }
    const found = await ranks.collectAsMap();
    expect(sorted(begun("ranks-input"))).toBe("0123");
    expect(read.value).toBe(edges.length);
    expect(sorted(begun("ranks-rounds"))).toBe(sorted("0123".repeat(10)));

    let expected = new Map(edges.map(([from]) => [from, 1]));
    for (let round = 0; round < 10; round++) {
      const sums = new Map<number, number>();
      for (const [from, to] of edges) sums.set(to, (sums.get(to) ?? 0) + expected.get(from)! / 2);
      expected = new Map([...sums].map(([to, sum]) => [to, 0.15 + 0.85 * sum]));
    }
    expect(found.size).toBe(expected.size);
    for (const [id, rank] of expected) expect(found.get(id)).toBeCloseTo(rank, 10);
  });

  test("labels that spread over edges until none changes, as Pregel sends them", async () => {
    const links = noted(sc().parallelize(edges, 3), "labels-input").cache();
    let labels = links
      .keys()
      .distinct(3)
      .map((id): Pair<number, number> => [id, id])
      .cache();
    let changed = 1;
    let rounds = 0;
    for (; changed > 0 && rounds < 30; rounds++) {
      const before = labels;
      const messages = links.join(before).map(([, [to, label]]): Pair<number, number> => [to, label]);
      const next = before.union(messages).reduceByKey((a, b) => Math.min(a, b), 3);
      labels = next.cache();
      const moved = labels.join(before).filter(([, [now, old]]) => now !== old);
      changed = await moved.count();
      before.unpersist();
    }
    expect(rounds).toBeLessThan(30);
    expect(await labels.values().distinct().collect()).toEqual([0]);
    expect(sorted(begun("labels-input"))).toBe("012");
  });

  test("what a partial action computed is kept, and the rest is computed when it is asked for", async () => {
    const cached = noted(sc().parallelize([...Array(100).keys()], 4), "partial").cache();
    expect(await cached.take(3)).toEqual([0, 1, 2]);
    expect(begun("partial")).toBe("0");
    expect(await cached.count()).toBe(100);
    expect(sorted(begun("partial"))).toBe("0123");
    expect(await cached.sum()).toBe(4950);
    expect(sorted(begun("partial"))).toBe("0123");
  });

  test("async functions before what is kept aren't called again for partitions that are there", async () => {
    const calls = sc().accumulator(0);
    const cached = sc()
      .parallelize([1, 2, 3, 4], 2)
      .map(async (n) => {
        calls.add(1);
        return n;
      })
      .cache();
    await cached.take(1);
    expect(await cached.collect()).toEqual([1, 2, 3, 4]);
    expect(calls.value).toBe(4);
  });

  test("unpersist lets it be computed again; caching again keeps it again", async () => {
    const cached = noted(sc().parallelize([1, 2, 3, 4], 2), "dropped").cache();
    await cached.count();
    await cached.count();
    expect(sorted(begun("dropped"))).toBe("01");
    expect(cached.unpersist()).toBe(cached);
    expect(await cached.collect()).toEqual([1, 2, 3, 4]);
    await cached.count();
    expect(sorted(begun("dropped"))).toBe("000111");
    cached.cache();
    await cached.count();
    await cached.count();
    expect(sorted(begun("dropped"))).toBe("00001111");
  });

  test("what is kept may be used by many: two stages, a union with itself, a shuffle", async () => {
    const cached = noted(sc().parallelize([...Array(40).keys()], 4), "shared").cache();
    await cached.count();
    const pairs = cached.map((n): Pair<number, number> => [n % 4, n]);
    expect(await pairs.join(pairs.reduceByKey((a, b) => a + b)).count()).toBe(40);
    expect(await cached.union(cached).count()).toBe(80);
    expect(await cached.zip(cached.map((n) => n * 2)).take(2)).toEqual([
      [0, 0],
      [1, 2],
    ]);
    expect(await cached.coalesce(1).glom().count()).toBe(1);
    expect(sorted(begun("shared"))).toBe("0123");
  });

  test("a shuffle's result that is kept runs neither the shuffle nor what is before it again", async () => {
    const before = noted(sc().parallelize([...Array(1000).keys()], 3), "before-shuffle");
    const summed = before.map((n): Pair<number, number> => [n % 10, n]).reduceByKey((a, b) => a + b, 2);
    const kept = noted(summed, "after-shuffle").persist(StorageLevel.MEMORY_AND_DISK);
    expect(await kept.count()).toBe(10);
    expect(await kept.values().sum()).toBe(499_500);
    expect(await kept.lookup(3)).toEqual([49_800]);
    expect(sorted(begun("before-shuffle"))).toBe("012");
    expect(sorted(begun("after-shuffle"))).toBe("01");
  });

  test("an error in the middle of a partition keeps nothing half", async () => {
    const flag = join(context.folder, "fails");
    appendFileSync(flag, "");
    const cached = sc()
      .parallelize([...Array(20_000).keys()], 2)
      .map((n) => {
        if (n === 19_990 && existsSync(flag)) throw new Error("not yet");
        return n;
      })
      .cache();
    await expect(cached.count()).rejects.toThrow("not yet");
    rmSync(flag);
    expect(await cached.count()).toBe(20_000);
    expect(await cached.sum()).toBe((20_000 * 19_999) / 2);
  });

  test("a kept partition that is lost is computed again, alone", async (test) => {
    if (!context.spark.engine.isLocal) test.skip("unset SPARK_REMOTE: the kept files are of this machine");
    const cached = noted(sc().parallelize([...Array(400).keys()], 4), "lost");
    const filesBefore = new Set(filesOf(context.spark.sessionFolder));
    cached.cache();
    await cached.count();
    const files = filesOf(context.spark.sessionFolder).filter((path) => !filesBefore.has(path));
    expect(files.length).toBeGreaterThanOrEqual(4);
    rmSync(files.toSorted()[0]);
    expect(await cached.sum()).toBe((400 * 399) / 2);
    expect(begun("lost")).toHaveLength(5);
    expect(await cached.collect()).toEqual([...Array(400).keys()]);
    expect(begun("lost")).toHaveLength(5);
    cached.unpersist();
    await cached.isEmpty();
    expect(files.filter((path) => existsSync(path))).toEqual([]);
  });

  test("one that is lost after jobs have read all of them is computed again, too", async (test) => {
    if (!context.spark.engine.isLocal) test.skip("unset SPARK_REMOTE: the kept files are of this machine");
    const cached = noted(sc().parallelize([...Array(400).keys()], 4), "lost-later").cache();
    const filesBefore = new Set(filesOf(context.spark.sessionFolder));
    await cached.count();
    const files = filesOf(context.spark.sessionFolder).filter((path) => !filesBefore.has(path));
    await cached.count();
    rmSync(files.toSorted()[1]);
    expect(await cached.sum()).toBe((400 * 399) / 2);
    expect(begun("lost-later")).toHaveLength(5);
  });

  test("a DataFrame reads what was kept when it was made, also after unpersist", async () => {
    const cached = noted(sc().parallelize([1, 2, 3, 4], 2), "of-frame").cache();
    await cached.count();
    await cached.count();
    const planned = cached.toDF("int");
    const later = cached.toDF("int");
    expect(await planned.count()).toBe(4);
    cached.unpersist();
    await cached.count();
    for (const df of [planned, later])
      expect((await df.collect()).map((row) => row.get("value"))).toEqual([1, 2, 3, 4]);
  });

  test("records of any kind, none, and empty partitions are kept as they are", async () => {
    class Reading {
      host = "a";
    }
    const records = [
      undefined,
      null,
      -0,
      NaN,
      1n,
      new Map([["a", 1]]),
      new Date(5),
      new Reading(),
      "\ud800",
      [[]],
    ];
    const cached = sc().parallelize(records, 20).cache();
    for (let time = 0; time < 2; time++) {
      const found = await cached.collect();
      expect(found).toStrictEqual(records);
      expect(found[7]).toBeInstanceOf(Reading);
    }
    const empty = sc()
      .parallelize([1], 1)
      .filter(() => false)
      .cache();
    expect(await empty.collect()).toEqual([]);
    expect(await empty.isEmpty()).toBe(true);
  });

  test("what is kept stays as it was, when variables of its functions change", async () => {
    let factor = 2;
    const cached = sc()
      .parallelize([1, 2], 1)
      .map((n) => n * factor)
      .cache();
    expect(await cached.collect()).toEqual([2, 4]);
    factor = 3;
    expect(await cached.collect()).toEqual([2, 4]);
    cached.unpersist();
    expect(await cached.collect()).toEqual([3, 6]);
  });

  test("a level is told, and can't be changed while it is kept", () => {
    const rdd = sc().parallelize([1], 1);
    expect(rdd.getStorageLevel()).toEqual(StorageLevel.NONE);
    expect(rdd.isCached).toBe(false);
    rdd.persist(StorageLevel.DISK_ONLY);
    expect(rdd.getStorageLevel()).toEqual(StorageLevel.DISK_ONLY);
    expect(rdd.isCached).toBe(true);
    expect(() => rdd.persist(StorageLevel.MEMORY_ONLY)).toThrow("unpersist");
    rdd.unpersist();
    expect(rdd.isCached).toBe(false);
    expect(rdd.cache().getStorageLevel()).toEqual(StorageLevel.MEMORY_ONLY);
  });

  test("a local checkpoint is computed once, and cuts what is before it", async () => {
    const rdd = noted(sc().parallelize([...Array(10).keys()], 2), "checkpoint").map((n) => n + 1);
    rdd.localCheckpoint();
    expect(rdd.isLocallyCheckpointed()).toBe(true);
    expect(await rdd.sum()).toBe(55);
    expect(await rdd.map((n) => n * 2).sum()).toBe(110);
    expect(sorted(begun("checkpoint"))).toBe("01");
    expect(await rdd.toDebugString()).not.toContain("mapPartitionsWithIndex");
  });
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
