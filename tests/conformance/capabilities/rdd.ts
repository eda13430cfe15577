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
    capability(
      "join, cogroup, sortByKey, cartesian, zip; partitionBy and repartition",
      async ({ sparkContext: sc }) => {
        const here = sc.parallelize<[string, number]>(
          [
            ["b", 2],
            ["a", 1],
          ],
          2,
        );
        const there = sc.parallelize<[string, string]>([["a", "x"]], 1);
        assert.deepEqual(await here.leftOuterJoin(there).sortByKey().collect(), [
          ["a", [1, "x"]],
          ["b", [2, null]],
        ]);
        assert.deepEqual(
          await here
            .keys()
            .sortBy((key) => key)
            .zipWithIndex()
            .collect(),
          [
            ["a", 0],
            ["b", 1],
          ],
        );
        assert.equal(await here.cartesian(there).repartition(3).getNumPartitions(), 3);
        assert.deepEqual(
          await here
            .partitionBy(2, (key) => key.length)
            .glom()
            .collect(),
          [
            [],
            [
              ["b", 2],
              ["a", 1],
            ],
          ],
        );
      },
    ),
    capability("cache, persist, checkpoint", async ({ sparkContext: sc }) => {
      const computed = sc.accumulator(0);
      const kept = sc
        .parallelize([1, 2, 3], 2)
        .map((n) => {
          computed.add(1);
          return n;
        })
        .cache();
      assert.equal(await kept.sum(), 6);
      assert.equal(await kept.count(), 3);
      assert.equal(computed.value, 3);
      kept.unpersist();
    }),
    capability("Broadcast variables and accumulators", async ({ sparkContext: sc }) => {
      const owners = sc.broadcast(new Map([["web", "ann"]]));
      const unknown = sc.accumulator(0);
      await sc.parallelize(["web", "db"], 2).foreach((host) => {
        if (!owners.value.has(host)) unknown.add(1);
      });
      assert.equal(unknown.value, 1);
      owners.destroy();
    }),
    capability("Async functions, pipe", async ({ sparkContext: sc }) => {
      const later = sc.parallelize(["b", "a"], 1).map(async (text) => Promise.resolve(text.toUpperCase()));
      assert.deepEqual(await later.pipe("sort").collect(), ["A", "B"]);
    }),
    capability("wholeTextFiles, binaryFiles, saveAsTextFile", async ({ sparkContext: sc }, folder) => {
      await sc.parallelize(["one", "two"], 2).saveAsTextFile(`${folder}/saved`);
      assert.deepEqual(await sc.wholeTextFiles(`${folder}/saved/part-*`).values().collect(), [
        "one\n",
        "two\n",
      ]);
      assert.equal(await sc.binaryFiles(`${folder}/saved/part-*`).count(), 2);
    }),
    capability("df.rdd", async (spark) => {
      const rows = spark.range(0, 4, 1, 2).rdd;
      assert.deepEqual(
        await rows
          .map((row) => row.id)
          .glom()
          .collect(),
        [
          [0, 1],
          [2, 3],
        ],
      );
    }),
    capability("toDF and createDataFrame from an RDD", async (spark) => {
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
