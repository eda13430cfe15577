// What `npm run soak rdd` runs over and over: twenty jobs of every kind, each with the answer that it must give.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JobScope, type SparkSession } from "../../../runtime/index.ts";

type Pair = [number, number];

export interface Round {
  readonly spark: SparkSession;
  /** An empty folder that stays. */
  readonly folder: string;
  /** Differs from round to round, as the variables of somebody's cells do. */
  readonly round: number;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const pairsOf = ({ spark }: Round, count: number, keys: number) =>
  spark.sparkContext.parallelize(numbers(count), 4).map((n): Pair => [n % keys, n]);

/** Twenty of them, by name. */
export const jobs: Readonly<Record<string, (round: Round) => Promise<void>>> = {
  async "narrow operations"({ spark, round }) {
    const rdd = spark.sparkContext.parallelize(numbers(10_000), 4);
    const found = await rdd
      .map((n) => n + round)
      .filter((n) => n % 2 === 0)
      .flatMap((n) => [n, n])
      .count();
    assert.equal(found, 10_000);
  },

  async "lines of a file"({ spark, folder }) {
    const path = join(folder, "lines.txt");
    writeFileSync(path, "to be or not to be\n".repeat(5000));
    const words = spark.sparkContext.textFile(path, 4).flatMap((line) => line.split(" "));
    assert.deepEqual((await words.countByValue()).get("be"), 10_000);
  },

  async "reduceByKey with few keys"(given) {
    const sums = await pairsOf(given, 10_000, 10)
      .reduceByKey((a, b) => a + b)
      .collectAsMap();
    assert.equal(sum(sums.values()), (10_000 * 9_999) / 2);
  },

  async "reduceByKey with many keys"(given) {
    assert.equal(
      await pairsOf(given, 300_000, 250_000)
        .reduceByKey((a, b) => a + b)
        .count(),
      250_000,
    );
  },

  async "groupByKey, and values of objects"(given) {
    const groups = pairsOf(given, 10_000, 7)
      .mapValues((n) => ({ n }))
      .groupByKey();
    const sizes = await groups.mapValues((values) => values.length).collect();
    assert.equal(sum(sizes.map(([, size]) => size)), 10_000);
  },

  async "a join after a shuffle"(given) {
    const left = pairsOf(given, 2000, 500).reduceByKey((a, b) => a + b);
    assert.equal(await left.join(pairsOf(given, 1000, 250)).count(), 1000);
  },

  async "a spinning job, cancelled"({ spark }) {
    await cancelled(() =>
      spark.sparkContext
        .parallelize([1, 2], 2)
        .map(() => {
          for (;;);
        })
        .count(),
    );
  },

  async "a job in its second stage, cancelled"(given) {
    await cancelled(() =>
      pairsOf(given, 1000, 10)
        .groupByKey()
        .mapValues(() => {
          for (;;);
        })
        .count(),
    );
  },

  async sortByKey({ spark }) {
    const shuffled = spark.sparkContext
      .parallelize(numbers(50_000), 4)
      .map((n): Pair => [(n * 7919) % 50_000, n]);
    const sorted = await shuffled.sortByKey().keys().collect();
    assert.ok(sorted.every((key, index) => key === index));
  },

  async "distinct and repartition"({ spark }) {
    const rdd = spark.sparkContext.parallelize(numbers(5000), 3).map((n) => n % 100);
    assert.equal(await rdd.distinct().repartition(5).count(), 100);
  },

  async "a cache, used twice and dropped"(given) {
    const cached = pairsOf(given, 20_000, 100)
      .reduceByKey((a, b) => a + b)
      .cache();
    assert.equal(await cached.count(), 100);
    assert.equal(sum(await cached.values().collect()), (20_000 * 19_999) / 2);
    cached.unpersist();
  },

  async "three rounds over a cache"({ spark }) {
    let ranks = spark.sparkContext.parallelize(numbers(1000), 4).map((n): Pair => [n, 1]);
    for (let i = 0; i < 3; i++) {
      const before = ranks;
      ranks = before
        .map(([n, rank]): Pair => [(n * 31) % 1000, rank + 1])
        .reduceByKey((a, b) => a + b)
        .cache();
      await ranks.count();
      before.unpersist();
    }
    assert.equal(await ranks.count(), 1000);
    ranks.unpersist();
  },

  async "a broadcast, used and destroyed"({ spark, round }) {
    const names = spark.sparkContext.broadcast(
      new Map(numbers(50_000).map((n) => [n, `host-${n}-${round}`])),
    );
    const found = spark.sparkContext.parallelize(numbers(100), 4).map((n) => names.value.get(n * 500));
    assert.equal((await found.collect())[2], `host-1000-${round}`);
    names.destroy();
  },

  async "an accumulator"({ spark }) {
    const seen = spark.sparkContext.accumulator(0);
    await spark.sparkContext.parallelize(numbers(1000), 4).foreach(() => {
      seen.add(1);
    });
    assert.equal(seen.value, 1000);
  },

  async "take, which stops early"({ spark }) {
    const lines = spark.sparkContext.parallelize(numbers(100_000), 8).map((n) => `line ${n}`);
    assert.equal((await lines.take(30)).length, 30);
  },

  async "an iterator, left in the middle"({ spark }) {
    const all = spark.sparkContext.parallelize(numbers(20_000), 8).toLocalIterator();
    let seen = 0;
    for await (const _ of all) if (++seen === 100) break;
    assert.equal(seen, 100);
  },

  async "a DataFrame of records"(given) {
    const frame = given.spark.createDataFrame(pairsOf(given, 5000, 10), "key bigint, n bigint");
    assert.equal(await frame.groupBy("key").count().count(), 10);
  },

  async "files written"({ spark, folder, round }) {
    const path = join(folder, `saved-${round}`);
    mkdirSync(folder, { recursive: true });
    await spark.sparkContext.parallelize(numbers(1000), 4).saveAsTextFile(path);
    assert.equal(await spark.sparkContext.textFile(path).count(), 1000);
    rmSync(path, { recursive: true });
  },

  async "an error of a function"({ spark }) {
    const bad = spark.sparkContext.parallelize(numbers(100), 4).map((n) => {
      if (n === 60) throw new RangeError("60 is too much");
      return n;
    });
    await assert.rejects(bad.collect(), /60 is too much/);
  },

  async "an error behind a shuffle"(given) {
    const bad = pairsOf(given, 1000, 10)
      .groupByKey()
      .map(([key]) => {
        if (key === 3) throw new RangeError("3 is too much");
        return key;
      });
    await assert.rejects(bad.count(), /3 is too much/);
  },
};

async function cancelled(start: () => Promise<unknown>): Promise<void> {
  const scope = new JobScope();
  const failed = assert.rejects(scope.run(start), /stopped by hand/);
  await sleep(500);
  scope.cancel(new Error("stopped by hand"));
  await failed;
}
