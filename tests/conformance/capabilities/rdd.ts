import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ClosureError } from "../../../runtime/index.ts";
import { valuesOf } from "../../support/engines.ts";
import { type Area, capability } from "./capability.ts";

export const rdd: Area = {
  name: "RDD",
  capabilities: [
    capability("textFile: files, folders, patterns, gzip", async ({ sparkContext }, folder) => {
      writeFileSync(`${folder}/a.log`, "one\ntwo\n");
      writeFileSync(`${folder}/b.log.gz`, gzipSync("three\n"));
      const lines = await sparkContext.textFile(`${folder}/*.log*`).collect();
      assert.deepEqual(lines.sort(), ["one", "three", "two"]);
      assert.equal(await sparkContext.textFile(folder).count(), 3);
    }),
    capability("map, flatMap, filter, mapPartitions with TypeScript closures", async ({ sparkContext }) => {
      const limit = 2;
      const isSmall = (n: number) => n <= limit;
      const numbers = sparkContext.parallelize([1, 2, 3], 2).filter(isSmall);
      const all = numbers.flatMap((n) => [n, n * 10]);
      assert.deepEqual(await all.map(String).collect(), ["1", "10", "2", "20"]);
      const sums = await all.mapPartitions((part) => [[...part].reduce((a, b) => a + b, 0)]).collect();
      assert.equal(sums.length, 2);
    }),
    capability("reduceByKey, groupByKey, distinct, countByKey", async ({ sparkContext }) => {
      const pairs = sparkContext.parallelize(["a", "b", "a"], 2).map((key): [string, number] => [key, 1]);
      const counts = await pairs.reduceByKey((a, b) => a + b).collect();
      assert.deepEqual(counts.sort(), [
        ["a", 2],
        ["b", 1],
      ]);
      assert.deepEqual(
        (
          await pairs
            .groupByKey()
            .mapValues((ones) => ones.length)
            .collect()
        ).sort(),
        counts,
      );
      assert.deepEqual(await pairs.countByKey(), new Map(counts));
      assert.equal(await pairs.distinct().count(), 2);
    }),
    capability("Records and keys of any kind: Map, Set, Date, bigint, objects", async ({ sparkContext }) => {
      const records = [new Map([["k", 1n]]), new Set([1]), new Date(5), { a: [null] }];
      assert.deepEqual(
        await sparkContext
          .parallelize(records, 2)
          .map((record) => record)
          .collect(),
        records,
      );
    }),
    capability("createDataFrame from an RDD", async (spark) => {
      const rows = spark.sparkContext
        .parallelize(["a,1"])
        .map((line) => [line.split(",")[0], Number(line.split(",")[1])]);
      const df = spark.createDataFrame(rows, "host string, n int");
      assert.deepEqual(valuesOf(await df.collect()), [["a", 1]]);
    }),
    capability("An error in a closure names its file, line and column", async ({ sparkContext }) => {
      const failing = sparkContext.parallelize([1]).map((): number => {
        throw new RangeError("no");
      });
      const error = await failing.collect().catch((reason: unknown) => reason);
      assert.ok(error instanceof ClosureError);
      assert.match(error.stack!, /rdd\.ts:\d+:\d+/);
    }),
  ],
};
