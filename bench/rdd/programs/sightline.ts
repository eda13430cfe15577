// The programs of `npm run bench rdd` as RDDs of ours, on the engine that the first argument names. Each line on standard
// input is {"program": …, "paths": […]}; the answer is a line of JSON, the same from every peer.
import { createInterface } from "node:readline";
import { SparkSession } from "../../../runtime/index.ts";

type Pair<K, V> = [K, V];

const spark = await SparkSession.builder.remote(process.argv[2]).getOrCreate();
const sc = spark.sparkContext;

const sums = (summaries: readonly (readonly number[])[]) =>
  summaries[0].map((_, column) => summaries.reduce((sum, summary) => sum + summary[column], 0));

/** The sums of all partitions, as if they were one: a place in the second comes after all of the first. */
function wholeOrder(partitions: readonly (readonly number[])[]): number[] {
  let [count, total, places, before] = [0, 0, 0, 0];
  for (const [size, keys, digits, ownPlaces, first, last] of partitions) {
    if (first < before) throw new Error(`${first} comes after ${before}`);
    places += ownPlaces + count * digits;
    count += size;
    total += keys;
    before = last;
  }
  return [count, total, places];
}

const programs: Record<string, (...paths: string[]) => Promise<unknown>> = {
  async wordCount(path) {
    const words = sc
      .textFile(path)
      .flatMap((line) => line.split(" "))
      .map((word): Pair<string, number> => [word, 1]);
    const counts = await words.reduceByKey((a, b) => a + b).collect();
    return sums(counts.map(([word, n]) => [1, n, n * word.length]));
  },

  async filterCount(path) {
    const parts = sc.textFile(path).map((line) => line.split(" "));
    return [await parts.filter((part) => Number(part[part.length - 1].slice(6)) > 50_000).count()];
  },

  async reduceByKey(path) {
    const pairs = sc
      .textFile(path)
      .flatMap((line) => line.split(" "))
      .map((key): Pair<string, number> => [key, 1]);
    const summaries = pairs
      .reduceByKey((a, b) => a + b)
      .mapPartitions(function* (counts) {
        let [keys, total, squares] = [0, 0, 0];
        for (const [, n] of counts) {
          keys++;
          total += n;
          squares += n * n;
        }
        yield [keys, total, squares];
      });
    return sums(await summaries.collect());
  },

  async tupleKeys(path) {
    const pairs = sc
      .textFile(path)
      .flatMap((line) => line.split(" "))
      .map((key): Pair<Pair<string, number>, { n: number; last: number }> => [
        [key.slice(0, 3), Number(key.slice(3))],
        { n: 1, last: Number(key.slice(8)) },
      ]);
    const summaries = pairs
      .reduceByKey((a, b) => ({ n: a.n + b.n, last: a.last + b.last }))
      .mapPartitions(function* (records) {
        let [keys, total, last, numbers] = [0, 0, 0, 0];
        for (const [[, number], value] of records) {
          keys++;
          total += value.n;
          last += value.last;
          numbers += number;
        }
        yield [keys, total, last, numbers];
      });
    return sums(await summaries.collect());
  },

  async sortByKey(path) {
    const records = sc
      .textFile(path)
      .map((line): Pair<number, string> => [Number(line.slice(0, 9)), line.slice(10)]);
    // Two partitions, so that one is too large for a worker's memory.
    const summaries = records.sortByKey(true, 2).mapPartitions(function* (sorted) {
      let [count, total, digits, places, first, last] = [0, 0, 0, 0, 0, 0];
      for (const [key] of sorted) {
        if (count === 0) first = key;
        else if (key < last) throw new Error(`${key} comes after ${last}`);
        last = key;
        total += key;
        digits += key % 100;
        places += count * (key % 100);
        count++;
      }
      yield [count, total, digits, places, first, last];
    });
    return wholeOrder(await summaries.collect());
  },

  async groupByKey(path) {
    const records = sc
      .textFile(path)
      .map((line): Pair<string, number> => [line.slice(0, 12), Number(line.slice(13))]);
    const summaries = records.groupByKey().mapPartitions(function* (groups) {
      let [keys, total, squares] = [0, 0, 0];
      for (const [, values] of groups) {
        keys++;
        for (const value of values) total += value;
        squares += values.length ** 2;
      }
      yield [keys, total, squares];
    });
    return sums(await summaries.collect());
  },

  async join(left, right) {
    const pairs = (path: string) =>
      sc.textFile(path).map((line): Pair<string, number> => [line.slice(0, 8), Number(line.slice(9))]);
    const summaries = pairs(left)
      .join(pairs(right))
      .mapPartitions(function* (joined) {
        let [records, lefts, differences] = [0, 0, 0];
        for (const [, [a, b]] of joined) {
          records++;
          lefts += a;
          differences += Math.abs(a - b);
        }
        yield [records, lefts, differences];
      });
    return sums(await summaries.collect());
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { program, paths } = JSON.parse(line) as { program: string; paths: string[] };
  console.log(JSON.stringify(await programs[program](...paths)));
}
await spark.stop();
