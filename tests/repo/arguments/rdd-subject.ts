// A valid call of every method of RDDs, for subjects.ts.
import { type SparkSession, StorageLevel } from "../../../runtime/index.ts";
import { sameCall, type Subject } from "./subject.ts";

const identity = (x: unknown) => x;
const add = (a: number, b: number) => a + b;
const place = () => 0;

/** An RDD of pairs, so that each method has what it needs. */
export function rddSubject(spark: SparkSession): Subject {
  const pairs = () => spark.sparkContext.parallelize([[1, 2]], 1);
  const plain = sameCall(0);
  const withFunction = sameCall(1, identity);
  const withOther = sameCall(1, pairs(), 2);
  return {
    name: "RDD",
    make: pairs,
    mayBeUndefined: ["fold", "foldByKey", "aggregate", "aggregateByKey", "treeAggregate"],
    calls: {
      ...plain("glom", "zipWithIndex", "zipWithUniqueId", "keys", "values", "cache", "checkpoint", "collect"),
      ...plain("collectAsMap", "first", "isEmpty", "count", "sum", "stats", "mean", "variance", "stdev"),
      ...plain(
        "sampleVariance",
        "sampleStdev",
        "countByValue",
        "countByKey",
        "getStorageLevel",
        "id",
        "name",
      ),
      ...plain("localCheckpoint", "isCheckpointed", "isLocallyCheckpointed", "getCheckpointFile"),
      ...plain("getNumPartitions", "toDebugString", "toString"),
      ...withFunction("filter", "keyBy", "mapValues", "flatMapValues", "foreach", "foreachPartition"),
      ...withOther("subtract", "cogroup", "join", "leftOuterJoin", "rightOuterJoin", "fullOuterJoin"),
      ...withOther("subtractByKey"),
      map: [1, identity, true],
      flatMap: [1, identity, true],
      mapPartitions: [1, identity, true],
      mapPartitionsWithIndex: [1, identity, true],
      mapPartitionsWithSplit: [1, identity, true],
      pipe: [1, "cat", { X: "y" }, true],
      sample: [2, false, 0.5, 42],
      randomSplit: [1, [1, 2], 42],
      takeSample: [2, false, 1, 42],
      union: [1, pairs()],
      intersection: [1, pairs()],
      cartesian: [1, pairs()],
      zip: [1, pairs()],
      groupWith: [0, pairs(), pairs()],
      coalesce: [1, 2, true],
      repartition: [1, 2],
      partitionBy: [0, 2, place],
      repartitionAndSortWithinPartitions: [0, 2, place, false, identity],
      sortByKey: [0, false, 2, identity],
      sortBy: [1, identity, false, 2],
      distinct: [0, 2],
      reduceByKey: [1, add, 2, place],
      foldByKey: [2, 0, add, 2, place],
      aggregateByKey: [3, 0, add, add, 2, place],
      combineByKey: [3, identity, add, add, 2, place],
      groupByKey: [0, 2, place],
      groupBy: [1, identity, 2, place],
      sampleByKey: [2, false, { 1: 0.5 }, 42],
      take: [1, 2],
      top: [1, 2, identity],
      takeOrdered: [1, 2, identity],
      lookup: [0, 1],
      reduce: [1, add],
      treeReduce: [1, add, 3],
      fold: [2, 0, add],
      aggregate: [3, 0, add, add],
      treeAggregate: [3, 0, add, add, 3],
      saveAsTextFile: [1, "/tmp/never-written", null],
      max: [0, identity],
      min: [0, identity],
      histogram: [1, 2],
      reduceByKeyLocally: [1, add],
      countApprox: [1, 1000, 0.9],
      sumApprox: [1, 1000, 0.9],
      meanApprox: [1, 1000, 0.9],
      countApproxDistinct: [0, 0.1],
      persist: [0, StorageLevel.DISK_ONLY],
      unpersist: [0, true],
      toDF: [0, ["k", "v"], 0.5],
      setName: [1, "pairs"],
      toLocalIterator: [0, true],
    },
  };
}
