// The façade of RDDs: each method says what is wanted, and the files beside it know how.
import type { AnyRecord } from "./any-record.ts";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { shown } from "../sql/argument-error.ts";
import type { DataFrame } from "../sql/dataframe.ts";
import type { SchemaLike } from "../sql/local-data.ts";
import { checkText } from "../sql/check-text.ts";
import { handedOver } from "../sql/handed-over.ts";
import {
  type GivenSchema,
  type PreparedRelation,
  type RelationSource,
  toRelation,
} from "../sql/relation-source.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { checkStorageLevel, StorageLevel } from "../sql/storage-level.ts";
import { approximateDistinct, approximation, BoundedFloat, estimateDistinct } from "./approximations.ts";
import { CapturedJob } from "./captured-job.ts";
import { eachPartition } from "./each-partition.ts";
import { learnCallers } from "./closures/script-urls.ts";
import { staysHere } from "./closures/stays-here.ts";
import { bucketsArgument, histogram } from "./histogram.ts";
import { checkPath } from "./files/file-source.ts";
import { codecOf } from "./files/output-folder.ts";
import { saveAsText } from "./files/save-as-text.ts";
import { added, counted, keyed, larger, placeOf, smaller } from "./joined-here.ts";
import { Kept } from "./kept.ts";
import {
  debugString,
  type KeyOrder,
  type Lineage,
  nameOf,
  parentsOf,
  type Partitioning,
  type Preparation,
  type Reduction,
  type UserFunction,
  type UserValue,
} from "./lineage.ts";
import { operation, startsOf, treeReduced } from "./lineage-steps.ts";
import {
  countArgument,
  emptyError,
  environmentArgument,
  flagArgument,
  partitionNumber,
  partitionNumberOrNone,
  plainFunction,
  userFunction,
} from "./rdd-arguments.ts";
import {
  checkReplacement,
  sampleArguments,
  splitArguments,
  stratifiedArguments,
  takeSample,
} from "./sampling.ts";
import type { SparkContext } from "./spark-context.ts";
import type { RunningJob, StageRunner } from "./stage-runner.ts";
import { StatCounter } from "./stat-counter.ts";
import type { JoinKind } from "./worker/joined.ts";

let ids = 0;

/**
 * A distributed list of records, computed by TypeScript functions on the executors. Made by {@link SparkContext}.
 * Transformations (`map`, `filter`, …) only describe; actions (`collect`, `count`, …) run and return promises.
 *
 * Functions are copied with the variables they use, as they are when the action is called; what they change stays
 * on the executor. Records are data: numbers, text, arrays, objects, Map, Set, Date, and instances of your classes.
 * Pairs are arrays of two. The same program gives the records of PySpark in PySpark's order and partitions.
 * @example
 * const words = sc.textFile("log.txt").flatMap((line) => line.split(" "));
 * await words.map((word) => [word, 1]).reduceByKey((a, b) => a + b).collect();
 * @see https://spark.apache.org/docs/latest/rdd-programming-guide.html
 */
export class RDD<T> implements RelationSource {
  readonly [staysHere] = "an RDD";
  readonly #session: SparkSession;
  readonly #runner: StageRunner;
  readonly #lineage: Lineage;
  readonly #id = ids++;
  #name: string | null = null;
  #kept: Kept | undefined;
  #keptLineage: Lineage | undefined;

  /** Use {@link SparkContext.textFile} or {@link SparkContext.parallelize}. */
  constructor(session: SparkSession, runner: StageRunner, lineage: Lineage) {
    this.#session = session;
    this.#runner = runner;
    this.#lineage = lineage;
  }

  // ---- records through functions ----

  /**
   * Each record through a function. Runs nothing.
   * @param f may be async: it is awaited, and the order of the records is kept; a partition's results are gathered first
   * @param preservesPartitioning whether f leaves keys as they are, so that what is known of their places holds
   * @example rdd.map((line) => line.split(","))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.map.html
   */
  map<U extends AnyRecord>(f: (record: T) => U, preservesPartitioning = false): RDD<Awaited<U>> {
    return this.#mapped("map", f, preservesPartitioning);
  }

  /**
   * Each record through a function that gives any number of records. Runs nothing.
   * @param f returns an array or another iterable; may be async
   * @example lines.flatMap((line) => line.split(" "))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.flatMap.html
   */
  flatMap<U extends AnyRecord>(
    f: (record: T) => Iterable<U> | Promise<Iterable<U>>,
    preservesPartitioning = false,
  ): RDD<U> {
    return this.#mapped("flatMap", f, preservesPartitioning);
  }

  /**
   * The records for which a function says yes. Runs nothing.
   * @param f may be async
   * @example lines.filter((line) => line.includes("error"))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.filter.html
   */
  filter(f: (record: T) => unknown): RDD<T> {
    return this.#mapped("filter", f, true);
  }

  /**
   * Each partition through a function, for work that is set up once and used for many records. Runs nothing.
   * @param f takes an iterable, to be read once, and returns one; a generator function keeps memory small. It may be async,
   *   also as an async generator; then the partition's records are gathered first
   * @example rdd.mapPartitions(function* (lines) { const parser = new Parser(); for (const line of lines) yield parser.parse(line); })
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapPartitions.html
   */
  mapPartitions<U>(
    f: (records: Iterable<T>) => Iterable<U> | AsyncIterable<U> | Promise<Iterable<U>>,
    preservesPartitioning = false,
  ): RDD<U> {
    return this.#mapped("mapPartitions", f, preservesPartitioning);
  }

  /**
   * Each partition through a function that also gets the partition's number, from 0. Runs nothing.
   * @example rdd.mapPartitionsWithIndex((index, records) => [[index, [...records].length]])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapPartitionsWithIndex.html
   */
  mapPartitionsWithIndex<U>(
    f: (index: number, records: Iterable<T>) => Iterable<U> | AsyncIterable<U> | Promise<Iterable<U>>,
    preservesPartitioning = false,
  ): RDD<U> {
    return this.#mapped("mapPartitionsWithIndex", f, preservesPartitioning);
  }

  /**
   * The old name of {@link mapPartitionsWithIndex}. Runs nothing.
   * @example rdd.mapPartitionsWithSplit((index, records) => [index])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapPartitionsWithSplit.html
   */
  mapPartitionsWithSplit<U>(
    f: (index: number, records: Iterable<T>) => Iterable<U> | AsyncIterable<U> | Promise<Iterable<U>>,
    preservesPartitioning = false,
  ): RDD<U> {
    return this.mapPartitionsWithIndex(f, preservesPartitioning);
  }

  /**
   * Each partition as one record, the array of its records. Runs nothing.
   * @example await sc.parallelize([1, 2, 3, 4], 2).glom().collect(); // [[1, 2], [3, 4]]
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.glom.html
   */
  glom(): RDD<T[]> {
    return this.#own("glom", "glom");
  }

  /**
   * Each record through a program: written to its input as a line of text, and its output's lines are the records.
   * Runs nothing. The program must be on the executors.
   * @param command a program and its arguments, as a shell divides them
   * @param env the whole environment of the program; default: none
   * @param checkCode whether a program that fails fails the job. Default: false
   * @example sc.parallelize(["b", "a"]).pipe("sort")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.pipe.html
   */
  pipe(command: string, env: Record<string, string> = {}, checkCode = false): RDD<string> {
    const text = checkText(command, "pipe(command)", 'rdd.pipe("sort -u")');
    return this.#own("pipe", "pipe", {
      args: {
        command: text,
        env: environmentArgument("pipe", env),
        checkCode: flagArgument("pipe", "checkCode", checkCode),
      },
    });
  }

  // ---- samples ----

  /**
   * Some of the records, each drawn by chance; for a seed the same ones as PySpark draws. Runs nothing.
   * @param withReplacement whether a record may be drawn several times
   * @param fraction of the records, on average; from 0, with replacement also above 1
   * @param seed default: a random one
   * @throws PlanError for a negative fraction
   * @example rdd.sample(false, 0.1, 42)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sample.html
   */
  sample(withReplacement: boolean, fraction: number, seed?: number | bigint): RDD<T> {
    const args = sampleArguments("sample", withReplacement, fraction, seed);
    return this.#own("sample", "sample", { args, keepsPartitioner: true });
  }

  /**
   * The records shared out by chance, in proportion to weights; for a seed as PySpark does it. Runs nothing.
   * @example const [training, test] = rdd.randomSplit([0.8, 0.2], 42);
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.randomSplit.html
   */
  randomSplit(weights: readonly number[], seed?: number | bigint): RDD<T>[] {
    return splitArguments(weights, seed).map((args) =>
      this.#own("split", "randomSplit", { args, keepsPartitioner: true }),
    );
  }

  /**
   * So many records, drawn by chance, in random order; for a seed the same ones as PySpark's. Runs jobs.
   * @param num of them; without replacement at most as many as there are
   * @example await rdd.takeSample(false, 10, 42)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.takeSample.html
   */
  takeSample(withReplacement: boolean, num: number, seed?: number | bigint): Job<T[]> {
    checkReplacement("takeSample", withReplacement);
    const count = countArgument("takeSample", num);
    const source = this.#source;
    return this.#jobs((job) => takeSample(job, source, { withReplacement, num: count, seed })) as Job<T[]>;
  }

  // ---- several RDDs ----

  /**
   * The records of both, partition after partition; duplicates stay. Runs nothing.
   * @example errors.union(warnings)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.union.html
   */
  union<U>(other: RDD<U>): RDD<T | U> {
    return this.#derive({ kind: "union", parents: [this.#source, sourceOf(other, "union")] });
  }

  /**
   * The records that are in both, each once, compared by value. Runs nothing.
   * @example sc.parallelize([1, 2, 3]).intersection(sc.parallelize([2, 3, 4]))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.intersection.html
   */
  intersection(other: RDD<T>): RDD<T> {
    return this.#set("intersection", other, undefined);
  }

  /**
   * The records that aren't in the other, compared by value; duplicates stay. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example hosts.subtract(knownHosts)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.subtract.html
   */
  subtract(other: RDD<T>, numPartitions?: number): RDD<T> {
    return this.#set("subtract", other, numPartitions);
  }

  /**
   * Every pair of a record here and a record there. Runs nothing.
   * @example rdd.cartesian(rdd).filter(([a, b]) => a < b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.cartesian.html
   */
  cartesian<U>(other: RDD<U>): RDD<[T, U]> {
    return this.#derive({ kind: "cartesian", parents: [this.#source, sourceOf(other, "cartesian")] });
  }

  /**
   * Pairs of the records at the same place. Runs nothing; both must have the same number of partitions, and of records
   * in each of them.
   * @example sc.parallelize(["a", "b"], 2).zip(sc.parallelize([1, 2], 2))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.zip.html
   */
  zip<U>(other: RDD<U>): RDD<[T, U]> {
    return this.#derive({ kind: "zip", parents: [this.#source, sourceOf(other, "zip")] });
  }

  /**
   * Pairs of a record and its index, in the order of the partitions. The first action runs a job that counts, when there
   * are several partitions.
   * @example await sc.parallelize(["a", "b"]).zipWithIndex().collect(); // [["a", 0], ["b", 1]]
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.zipWithIndex.html
   */
  zipWithIndex(): RDD<[T, number]> {
    const parent = this.#source;
    const prepare = async (preparation: Preparation) => ({ starts: await startsOf(parent, preparation) });
    return this.#own("zipWithIndex", "zipWithIndex", { prepare });
  }

  /**
   * Pairs of a record and an id of its own: the nth of partition k has n × partitions + k. Runs nothing.
   * @example rdd.zipWithUniqueId()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.zipWithUniqueId.html
   */
  zipWithUniqueId(): RDD<[T, number]> {
    const parent = this.#source;
    const prepare = async (job: Preparation) => ({ partitions: await job.partitionCount(parent) });
    return this.#own("zipWithUniqueId", "zipWithUniqueId", { prepare });
  }

  // ---- partitions ----

  /**
   * The records in fewer partitions, neighbours put together without moving them; with `shuffle` as {@link repartition}
   * does. Runs nothing.
   * @example rdd.filter(isRare).coalesce(1)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.coalesce.html
   */
  coalesce(numPartitions: number, shuffle = false): RDD<T> {
    const count = partitionNumber("coalesce", numPartitions);
    if (flagArgument("coalesce", "shuffle", shuffle)) return this.repartition(count);
    return this.#derive({ kind: "coalesce", parent: this.#source, numPartitions: count });
  }

  /**
   * The records spread evenly over so many partitions. Runs nothing.
   * @example rdd.repartition(16)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.repartition.html
   */
  repartition(numPartitions: number): RDD<T> {
    return this.#shuffled("repartition", { mode: "records" }, partitionNumber("repartition", numPartitions), {
      kind: "spread",
    });
  }

  /**
   * Of [key, value] pairs those with the same key in the same partition. Runs nothing.
   * @param numPartitions default: as many as this RDD has
   * @param partitionFunc gives a whole number for a key, whose remainder is the partition; default: PySpark's hash
   * @example pairs.partitionBy(4, (host) => host.length)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.partitionBy.html
   */
  partitionBy<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    return this.#keyed("partitionBy", { mode: "pairs" }, numPartitions, partitionFunc);
  }

  /**
   * The same, and the pairs of each partition sorted by key, on disk where they are many. Runs nothing.
   * @param keyfunc what of a key it is sorted by
   * @example pairs.repartitionAndSortWithinPartitions(2, (key) => key[0])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.repartitionAndSortWithinPartitions.html
   */
  repartitionAndSortWithinPartitions<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number | null,
    partitionFunc?: ((key: K) => number | bigint) | null,
    ascending = true,
    keyfunc?: (key: K) => unknown,
  ): RDD<[K, V]> {
    const method = "repartitionAndSortWithinPartitions";
    const order = orderOf(method, ascending, keyfunc);
    return this.#keyed(method, { mode: "sort", order }, numPartitions, partitionFunc);
  }

  // ---- sorting ----

  /**
   * Of [key, value] pairs all in the order of their keys, as Python orders them: numbers, text by code point, arrays
   * by their items. On disk where they are many. The first action runs two jobs that look for bounds.
   * @param ascending default: true
   * @param numPartitions default: as many as this RDD has
   * @param keyfunc what of a key it is sorted by
   * @throws ClosureError from the action, for keys that can't be compared, such as null with text
   * @example pairs.sortByKey(false)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sortByKey.html
   */
  sortByKey<K, V>(
    this: RDD<[K, V]>,
    ascending = true,
    numPartitions?: number | null,
    keyfunc?: (key: K) => unknown,
  ): RDD<[K, V]> {
    const order = orderOf("sortByKey", ascending, keyfunc);
    const count = partitionNumberOrNone("sortByKey", numPartitions);
    return this.#shuffled("sortByKey", { mode: "sort", order }, count, { kind: "range", order });
  }

  /**
   * All records in the order of what a function makes of them; see {@link sortByKey}. Runs nothing by itself.
   * @example hosts.sortBy((host) => host.bytes, false)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sortBy.html
   */
  sortBy<K>(keyfunc: (record: T) => K, ascending = true, numPartitions?: number | null): RDD<T> {
    const order = orderOf("sortBy", ascending, null);
    const count = partitionNumberOrNone("sortBy", numPartitions);
    const pairs = this.#mapped<[K, T]>("keyBy", keyfunc, false, "sortBy");
    return pairs
      .#shuffled<[K, T]>("sortBy", { mode: "sort", order }, count, { kind: "range", order })
      .values();
  }

  // ---- keys ----

  /**
   * Pairs of what a function makes of a record, and the record. Runs nothing.
   * @param f may be async
   * @example lines.keyBy((line) => line.split(" ")[0])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.keyBy.html
   */
  keyBy<K extends AnyRecord>(f: (record: T) => K): RDD<[Awaited<K>, T]> {
    return this.#mapped("keyBy", f, false);
  }

  /**
   * Of [key, value] pairs the keys. Runs nothing.
   * @example pairs.keys().distinct()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.keys.html
   */
  keys<K, V>(this: RDD<[K, V]>): RDD<K> {
    return this.#own("keys", "keys");
  }

  /**
   * Of [key, value] pairs the values. Runs nothing.
   * @example pairs.values().sum()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.values.html
   */
  values<K, V>(this: RDD<[K, V]>): RDD<V> {
    return this.#own("values", "values");
  }

  /**
   * Of [key, value] pairs each value through a function; keys stay where they are. Runs nothing.
   * @param f may be async
   * @example pairs.mapValues((bytes) => bytes / 1024)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapValues.html
   */
  mapValues<K, V, U extends AnyRecord>(this: RDD<[K, V]>, f: (value: V) => U): RDD<[K, Awaited<U>]> {
    return this.#mapped("mapValues", f, true);
  }

  /**
   * Of [key, value] pairs each value through a function that gives any number of values. Runs nothing.
   * @param f may be async
   * @example pairs.flatMapValues((ports) => ports.split(","))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.flatMapValues.html
   */
  flatMapValues<K, V, U extends AnyRecord>(
    this: RDD<[K, V]>,
    f: (value: V) => Iterable<U> | Promise<Iterable<U>>,
  ): RDD<[K, U]> {
    return this.#mapped("flatMapValues", f, true);
  }

  /**
   * Each record once, compared by value: arrays and objects are equal when their contents are. Runs nothing.
   * @param numPartitions of the result; default: as many as this RDD has
   * @example words.distinct()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.distinct.html
   */
  distinct(numPartitions?: number | null): RDD<T> {
    const count = partitionNumberOrNone("distinct", numPartitions);
    return this.#shuffled("distinct", { mode: "distinct" }, count);
  }

  /**
   * Of [key, value] pairs one for each key, its values joined two by two. Keys are compared by value. Runs nothing.
   * @param func joins two values; in any order, so it must be associative and commutative
   * @param numPartitions of the result; default: as many as this RDD has
   * @param partitionFunc see {@link partitionBy}
   * @example pairs.reduceByKey((a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.reduceByKey.html
   */
  reduceByKey<K, V>(
    this: RDD<[K, V]>,
    func: (a: V, b: V) => V,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    const merge = plainFunction("reduceByKey", func);
    const functions = { mergeValue: merge, mergeCombiners: merge };
    return this.#keyed("reduceByKey", { mode: "combine", functions }, numPartitions, partitionFunc);
  }

  /**
   * Like {@link reduceByKey}, each key beginning with a copy of a zero. Runs nothing.
   * @example pairs.foldByKey(0, (a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.foldByKey.html
   */
  foldByKey<K, V>(
    this: RDD<[K, V]>,
    zeroValue: V,
    func: (a: V, b: V) => V,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V]> {
    const merge = plainFunction("foldByKey", func);
    const zero = { method: "foldByKey", value: zeroValue };
    const functions = { zero, mergeValue: merge, mergeCombiners: merge };
    return this.#keyed("foldByKey", { mode: "combine", functions }, numPartitions, partitionFunc);
  }

  /**
   * Of [key, value] pairs one for each key: its values added one by one to a copy of a zero, and such sums joined.
   * Runs nothing.
   * @param seqFunc adds a value; it may change and return what it was given
   * @param combFunc joins two sums
   * @example pairs.aggregateByKey([0, 0], ([n, sum], v) => [n + 1, sum + v], (a, b) => [a[0] + b[0], a[1] + b[1]])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.aggregateByKey.html
   */
  aggregateByKey<K, V, U>(
    this: RDD<[K, V]>,
    zeroValue: U,
    seqFunc: (sum: U, value: V) => U,
    combFunc: (a: U, b: U) => U,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, U]> {
    const functions = {
      zero: { method: "aggregateByKey", value: zeroValue },
      mergeValue: plainFunction("aggregateByKey", seqFunc),
      mergeCombiners: plainFunction("aggregateByKey", combFunc),
    };
    return this.#keyed("aggregateByKey", { mode: "combine", functions }, numPartitions, partitionFunc);
  }

  /**
   * Of [key, value] pairs one for each key, with what functions make of its values. Runs nothing.
   * @param createCombiner makes a sum of the first value
   * @param mergeValue adds a value to a sum
   * @param mergeCombiners joins two sums
   * @example pairs.combineByKey((v) => [v], (list, v) => [...list, v], (a, b) => [...a, ...b])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.combineByKey.html
   */
  combineByKey<K, V, U extends AnyRecord>(
    this: RDD<[K, V]>,
    createCombiner: (value: V) => U,
    mergeValue: (sum: U, value: V) => U,
    mergeCombiners: (a: U, b: U) => U,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, U]> {
    const functions = {
      create: plainFunction("combineByKey", createCombiner),
      mergeValue: plainFunction("combineByKey", mergeValue),
      mergeCombiners: plainFunction("combineByKey", mergeCombiners),
    };
    return this.#keyed("combineByKey", { mode: "combine", functions }, numPartitions, partitionFunc);
  }

  /**
   * Of [key, value] pairs one for each key, with the array of its values, which must fit in an executor's memory;
   * `reduceByKey` needs much less. Runs nothing.
   * @param numPartitions of the result; default: as many as this RDD has
   * @param partitionFunc see {@link partitionBy}
   * @example pairs.groupByKey().mapValues((values) => values.length)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.groupByKey.html
   */
  groupByKey<K, V>(
    this: RDD<[K, V]>,
    numPartitions?: number | null,
    partitionFunc?: (key: K) => number | bigint,
  ): RDD<[K, V[]]> {
    return this.#keyed("groupByKey", { mode: "group" }, numPartitions, partitionFunc);
  }

  /**
   * Pairs of what a function makes of records, and the array of those records. Runs nothing.
   * @param f may be async
   * @example lines.groupBy((line) => line.length)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.groupBy.html
   */
  groupBy<K extends AnyRecord>(
    f: (record: T) => K,
    numPartitions?: number | null,
    partitionFunc?: (key: Awaited<K>) => number | bigint,
  ): RDD<[Awaited<K>, T[]]> {
    const pairs = this.#mapped<[Awaited<K>, T]>("keyBy", userFunction("groupBy", f).fn, false, "groupBy");
    return pairs.#keyed("groupBy", { mode: "group" }, numPartitions, partitionFunc);
  }

  /**
   * Of the keys in either RDD, the array of the values here and of those there. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example await a.cogroup(b).collect(); // [[key, [[values of a], [values of b]]], …]
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.cogroup.html
   */
  cogroup<K, V, U>(
    this: RDD<[K, V]>,
    other: RDD<[K, U]>,
    numPartitions?: number | null,
  ): RDD<[K, [V[], U[]]]> {
    return this.#cogrouped("cogroup", [other], numPartitions);
  }

  /**
   * Of the keys in any of the RDDs, the arrays of their values in each. Runs nothing.
   * @example a.groupWith(b, c)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.groupWith.html
   */
  groupWith<K, V>(this: RDD<[K, V]>, ...others: RDD<[K, unknown]>[]): RDD<[K, [V[], ...unknown[][]]]> {
    return this.#cogrouped("groupWith", others, undefined);
  }

  /**
   * Of the keys of two RDDs every pair of a value here and a value there. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example logins.join(users)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.join.html
   */
  join<K, V, U>(this: RDD<[K, V]>, other: RDD<[K, U]>, numPartitions?: number | null): RDD<[K, [V, U]]> {
    return this.#joined("join", "inner", other, numPartitions);
  }

  /**
   * Of the keys of two RDDs the same, and a value here with null where there is none there. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example logins.leftOuterJoin(users)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.leftOuterJoin.html
   */
  leftOuterJoin<K, V, U>(
    this: RDD<[K, V]>,
    other: RDD<[K, U]>,
    numPartitions?: number | null,
  ): RDD<[K, [V, U | null]]> {
    return this.#joined("leftOuterJoin", "left", other, numPartitions);
  }

  /**
   * Of the keys of two RDDs the same, and null with a value there where there is none here. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example logins.rightOuterJoin(users)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.rightOuterJoin.html
   */
  rightOuterJoin<K, V, U>(
    this: RDD<[K, V]>,
    other: RDD<[K, U]>,
    numPartitions?: number | null,
  ): RDD<[K, [V | null, U]]> {
    return this.#joined("rightOuterJoin", "right", other, numPartitions);
  }

  /**
   * Of the keys of two RDDs the same, and null on the side where there is none. Runs nothing.
   * @param numPartitions of the result; default: as many as both have together
   * @example logins.fullOuterJoin(users)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.fullOuterJoin.html
   */
  fullOuterJoin<K, V, U>(
    this: RDD<[K, V]>,
    other: RDD<[K, U]>,
    numPartitions?: number | null,
  ): RDD<[K, [V | null, U | null]]> {
    return this.#joined("fullOuterJoin", "full", other, numPartitions);
  }

  /**
   * The pairs whose key isn't in the other. Runs nothing.
   * @example alerts.subtractByKey(acknowledged)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.subtractByKey.html
   */
  subtractByKey<K, V, U>(this: RDD<[K, V]>, other: RDD<[K, U]>, numPartitions?: number | null): RDD<[K, V]> {
    return this.#joined("subtractByKey", "subtract", other, numPartitions);
  }

  /**
   * Some of the pairs, with a fraction for each key; for a seed the same ones as PySpark draws. Runs nothing.
   * @param fractions a Map, or an object for keys that are text; a key that it doesn't have is an error of the action
   * @example pairs.sampleByKey(false, { web: 0.1, db: 0.5 }, 1)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sampleByKey.html
   */
  sampleByKey<K, V>(
    this: RDD<[K, V]>,
    withReplacement: boolean,
    fractions: ReadonlyMap<K, number> | Readonly<Record<string, number>>,
    seed?: number | bigint,
  ): RDD<[K, V]> {
    const args = stratifiedArguments(withReplacement, fractions, seed);
    return this.#own("sampleByKey", "sampleByKey", { args, keepsPartitioner: true });
  }

  // ---- records here ----

  /**
   * Every record, in the order of the partitions. Runs a job.
   * @throws ClosureError when a function can't be sent or throws
   * @example await rdd.collect()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.collect.html
   */
  collect(): Job<T[]> {
    return this.#collected((records) => records as T[]);
  }

  /**
   * Of [key, value] pairs a Map; of equal keys the last counts. Keys that are objects are in it once for each value.
   * Runs a job.
   * @example (await pairs.collectAsMap()).get("web")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.collectAsMap.html
   */
  collectAsMap<K, V>(this: RDD<[K, V]>): Job<Map<K, V>> {
    return this.#collected((records) => new Map(keyed(records).entries() as Iterable<[K, V]>));
  }

  /**
   * The records one by one, fetched partition by partition, so that only one of them is here at a time.
   * @param prefetchPartitions whether the next partition is computed while this one is read
   * @example for await (const record of rdd.toLocalIterator()) console.log(record);
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.toLocalIterator.html
   */
  async *toLocalIterator(prefetchPartitions = false): AsyncGenerator<T> {
    const prefetches = flagArgument("toLocalIterator", "prefetchPartitions", prefetchPartitions);
    const source = this.#source;
    const partitions = handedOver<unknown[]>((give) => {
      const work = async (job: RunningJob) => {
        const stage = await job.stage(source, { kind: "collect" });
        await eachPartition(stage, prefetches, give);
      };
      return this.#jobs(work, [], { holdsScope: false });
    });
    for await (const records of partitions) yield* records as T[];
  }

  /**
   * The first records. Runs a job on the first partition, then on more of them until there are enough.
   * @example await rdd.take(10)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.take.html
   */
  take(num: number): Job<T[]> {
    return this.#taken(countArgument("take", num), (records) => records as T[]);
  }

  /**
   * The first record. Runs jobs as {@link take} does.
   * @throws PlanError when there is none
   * @example await rdd.first()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.first.html
   */
  first(): Job<T> {
    return this.#taken(1, (records) => {
      if (records.length === 0) throw emptyError("first()");
      return records[0] as T;
    });
  }

  /**
   * Whether there is no record. Runs jobs as {@link take} does.
   * @example if (await rdd.isEmpty()) console.log("nothing");
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.isEmpty.html
   */
  isEmpty(): Job<boolean> {
    return this.#taken(1, (records) => records.length === 0);
  }

  /**
   * The largest records, the largest first. Runs a job.
   * @param key what of a record is compared; default: the record
   * @example await rdd.top(3)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.top.html
   */
  top(num: number, key?: (record: T) => unknown): Job<T[]> {
    return this.#ordered("top", num, key);
  }

  /**
   * The smallest records, the smallest first. Runs a job.
   * @param key what of a record is compared; default: the record
   * @example await rdd.takeOrdered(3, (n) => -n)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.takeOrdered.html
   */
  takeOrdered(num: number, key?: (record: T) => unknown): Job<T[]> {
    return this.#ordered("takeOrdered", num, key);
  }

  /**
   * Of [key, value] pairs the values of a key. Runs a job, on the key's partition alone where that is known.
   * @throws ClosureError for a key that can't travel, such as a function
   * @example await pairs.lookup("web")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.lookup.html
   */
  lookup<K, V>(this: RDD<[K, V]>, key: K): Job<V[]> {
    const values = [{ method: "lookup", value: key }];
    const found = this.#own<[K, V]>("ofKey", "lookup", { values }).values();
    const source = this.#source;
    return found.#jobs(async (job) => {
      const stage = await job.stage(found.#source, { kind: "collect" });
      const place = placeOf(key, await job.partitionerOf(source));
      return (place === undefined ? stage.run() : stage.run(place, place + 1)) as Promise<V[]>;
    });
  }

  // ---- folding ----

  /**
   * How many records there are. Runs a job.
   * @example await rdd.count()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.count.html
   */
  count(): Job<number> {
    const source = this.#source;
    return this.#jobs(async (job) => {
      const counts = await job.counts(source);
      return counts.reduce((a, b) => a + b, 0);
    });
  }

  /**
   * All records joined two by two: in each partition on its executor, then here. Runs a job.
   * @throws PlanError when there is no record
   * @example await numbers.reduce((a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.reduce.html
   */
  reduce(f: (a: T, b: T) => T): Job<T> {
    const merge = plainFunction("reduce", f);
    return this.#folded("reduce", merge, [], (partial) => {
      if (partial.length === 0) throw emptyError("reduce()");
      return (partial as T[]).reduce((a, b) => f(a, b));
    });
  }

  /**
   * Like {@link reduce}, on the executors in rounds, so that less comes here. Runs a job.
   * @param depth of the tree; default: 2
   * @example await numbers.treeReduce((a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.treeReduce.html
   */
  treeReduce(f: (a: T, b: T) => T, depth = 2): Job<T> {
    const merge = plainFunction("treeReduce", f);
    return this.#tree("reduce", merge, merge, [], depth, (partial) => {
      if (partial.length === 0) throw emptyError("treeReduce()");
      return (partial as T[]).reduce((a, b) => f(a, b));
    });
  }

  /**
   * All records joined, beginning with a zero in each partition and once more here. Runs a job.
   * @example await numbers.fold(0, (a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.fold.html
   */
  fold(zeroValue: T, op: (a: T, b: T) => T): Job<T> {
    const zero = { method: "fold", value: zeroValue };
    return this.#folded("aggregate", plainFunction("fold", op), [zero], (partial) =>
      (partial as T[]).reduce((a, b) => op(a, b), zeroValue),
    );
  }

  /**
   * The records of each partition added to a zero, and these sums joined here. Runs a job.
   * @param seqOp adds a record to a sum
   * @param combOp joins two sums
   * @example await numbers.aggregate([0, 0], ([n, sum], v) => [n + 1, sum + v], (a, b) => [a[0] + b[0], a[1] + b[1]])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.aggregate.html
   */
  aggregate<U>(zeroValue: U, seqOp: (sum: U, record: T) => U, combOp: (a: U, b: U) => U): Job<U> {
    const zero = { method: "aggregate", value: zeroValue };
    plainFunction("aggregate", combOp);
    return this.#folded("aggregate", plainFunction("aggregate", seqOp), [zero], (partial) =>
      (partial as U[]).reduce((a, b) => combOp(a, b), zeroValue),
    );
  }

  /**
   * Like {@link aggregate}, the sums joined on the executors in rounds. Runs a job.
   * @param depth of the tree; default: 2
   * @example await numbers.treeAggregate(0, (sum, v) => sum + v, (a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.treeAggregate.html
   */
  treeAggregate<U>(
    zeroValue: U,
    seqOp: (sum: U, record: T) => U,
    combOp: (a: U, b: U) => U,
    depth = 2,
  ): Job<U> {
    const zero = { method: "treeAggregate", value: zeroValue };
    const merge = plainFunction("treeAggregate", combOp);
    return this.#tree("aggregate", plainFunction("treeAggregate", seqOp), merge, [zero], depth, (partial) =>
      partial.length === 0 ? zeroValue : (partial as U[]).reduce((a, b) => combOp(a, b)),
    );
  }

  /**
   * Calls a function on each record, on the executors; what it changes stays there. Runs a job.
   * @param f may be async
   * @example await rdd.foreach((record) => console.log(record))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.foreach.html
   */
  foreach(f: (record: T) => unknown): Job<void> {
    return this.#mapped("foreach", f, false).#done();
  }

  /**
   * Calls a function on each partition, on the executors. Runs a job.
   * @param f takes an iterable of the records; may be async
   * @example await rdd.foreachPartition(async (records) => { for (const record of records) await send(record); })
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.foreachPartition.html
   */
  foreachPartition(f: (records: Iterable<T>) => unknown): Job<void> {
    return this.#mapped("foreachPartition", f, false).#done();
  }

  /**
   * Writes the records as lines to a new folder: a part of each partition, and `_SUCCESS` when all are there. Text and
   * bytes are written as they are, numbers and the like as String() has them, arrays and plain objects as JSON. A job
   * that fails leaves nothing. Runs a job.
   * @param path of this machine, relative to the working folder, or of HDFS; nothing may be there
   * @param compressionCodecClass packs the parts: "org.apache.hadoop.io.compress.GzipCodec", ….ZStandardCodec or
   * ….DefaultCodec
   * @throws PlanError when something is there already
   * @example await counts.map(([word, n]) => `${word}\t${n}`).saveAsTextFile("out/counts");
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.saveAsTextFile.html
   */
  saveAsTextFile(path: string, compressionCodecClass?: string | null): Job<void> {
    const target = {
      path: checkPath("saveAsTextFile", path, 'rdd.saveAsTextFile("out")'),
      codec: codecOf(compressionCodecClass),
    };
    const source = this.#source;
    return this.#jobs((job) => saveAsText(job, source, target));
  }

  /**
   * The largest record. Runs a job.
   * @param key what of a record is compared; default: the record
   * @throws PlanError when there is none
   * @example await rdd.max((host) => host.bytes)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.max.html
   */
  max(key?: (record: T) => unknown): Job<T> {
    return this.#extreme("max", key);
  }

  /**
   * The smallest record. Runs a job.
   * @param key what of a record is compared; default: the record
   * @throws PlanError when there is none
   * @example await rdd.min((host) => host.bytes)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.min.html
   */
  min(key?: (record: T) => unknown): Job<T> {
    return this.#extreme("min", key);
  }

  /**
   * The sum of the records, numbers or bigints; the number 0 of none. Runs a job.
   * @example await pairs.values().sum()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sum.html
   */
  sum(this: RDD<number>): Job<number>;
  sum(this: RDD<bigint> | RDD<number | bigint>): Job<number | bigint>;
  sum(this: RDD<any>): Job<number | bigint> {
    return this.#folded("sum", undefined, [], (partial) => partial.reduce(added, 0) as number | bigint);
  }

  /**
   * How many there are, and mean, variance, least and largest, in one pass. Runs a job.
   * @example (await numbers.stats()).stdev()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.stats.html
   */
  stats(this: RDD<number>): Job<StatCounter> {
    return this.#statistics("stats", (counter) => counter);
  }

  /**
   * The mean of the records; NaN of none. Runs a job.
   * @example await numbers.mean()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mean.html
   */
  mean(this: RDD<number>): Job<number> {
    return this.#statistics("mean", (counter) => counter.mean());
  }

  /**
   * The variance of the records as a whole population; NaN of none. Runs a job.
   * @example await numbers.variance()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.variance.html
   */
  variance(this: RDD<number>): Job<number> {
    return this.#statistics("variance", (counter) => counter.variance());
  }

  /**
   * The standard deviation of the records as a whole population; NaN of none. Runs a job.
   * @example await numbers.stdev()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.stdev.html
   */
  stdev(this: RDD<number>): Job<number> {
    return this.#statistics("stdev", (counter) => counter.stdev());
  }

  /**
   * The variance, estimated from the records as a sample; NaN of none. Runs a job.
   * @example await numbers.sampleVariance()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sampleVariance.html
   */
  sampleVariance(this: RDD<number>): Job<number> {
    return this.#statistics("sampleVariance", (counter) => counter.sampleVariance());
  }

  /**
   * The standard deviation, estimated from the records as a sample; NaN of none. Runs a job.
   * @example await numbers.sampleStdev()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sampleStdev.html
   */
  sampleStdev(this: RDD<number>): Job<number> {
    return this.#statistics("sampleStdev", (counter) => counter.sampleStdev());
  }

  /**
   * How many records lie in which interval; null, undefined and NaN lie in none. Runs jobs.
   * @param buckets a number of even intervals between the least and the largest number, or the sorted edges of intervals,
   *   of which the last includes its upper edge; edges may also be text, dates or arrays
   * @returns the edges, and the counts
   * @throws PlanError for edges that don't grow, and for even intervals of what isn't a number
   * @example await numbers.histogram([0, 10, 100])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.histogram.html
   */
  histogram(buckets: number | readonly T[]): Job<[T[], number[]]> {
    const source = this.#source;
    const checked = bucketsArgument(buckets);
    return this.#jobs((job) => histogram(job, source, checked) as Promise<[T[], number[]]>);
  }

  /**
   * How many there are of each record, compared by value. Runs a job.
   * @returns a Map; records that are objects are in it once for each value, as one of the equal objects
   * @example (await words.countByValue()).get("the")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.countByValue.html
   */
  countByValue(): Job<Map<T, number>> {
    return this.#folded("countByValue", undefined, [], (partial) => counted<T>(partial));
  }

  /**
   * Of [key, value] pairs, how many there are of each key. Runs a job.
   * @returns a Map, as of {@link countByValue}
   * @example (await pairs.countByKey()).get("web")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.countByKey.html
   */
  countByKey<K, V>(this: RDD<[K, V]>): Job<Map<K, number>> {
    return this.#own<K>("keys", "countByKey").#folded("countByValue", undefined, [], (partial) =>
      counted<K>(partial),
    );
  }

  /**
   * Of [key, value] pairs a Map with one value a key, joined two by two; all of it comes here. Runs a job.
   * @example await pairs.reduceByKeyLocally((a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.reduceByKeyLocally.html
   */
  reduceByKeyLocally<K, V>(this: RDD<[K, V]>, func: (a: V, b: V) => V): Job<Map<K, V>> {
    return this.#folded("reduceByKeyLocally", plainFunction("reduceByKeyLocally", func), [], (partial) => {
      const merge = func as (a: unknown, b: unknown) => unknown;
      return new Map(keyed(partial, merge).entries() as Iterable<[K, V]>);
    });
  }

  /**
   * How many records there are. PySpark's gives what it knows after a time; it too waits for the end, and so does this.
   * Runs a job.
   * @example await rdd.countApprox(1000)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.countApprox.html
   */
  countApprox(timeout: number, confidence = 0.95): Job<number> {
    approximation("countApprox", timeout, confidence);
    return this.count();
  }

  /**
   * The sum of the records, exactly, with bounds that are the sum. See {@link countApprox}. Runs a job.
   * @example (await numbers.sumApprox(1000)).mean
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.sumApprox.html
   */
  sumApprox(this: RDD<number>, timeout: number, confidence = 0.95): Job<BoundedFloat> {
    approximation("sumApprox", timeout, confidence);
    return this.#statistics("sumApprox", (counter) => new BoundedFloat(counter.sum()));
  }

  /**
   * The mean of the records, exactly, with bounds that are the mean. See {@link countApprox}. Runs a job.
   * @example (await numbers.meanApprox(1000)).low
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.meanApprox.html
   */
  meanApprox(this: RDD<number>, timeout: number, confidence = 0.95): Job<BoundedFloat> {
    approximation("meanApprox", timeout, confidence);
    return this.#statistics("meanApprox", (counter) => new BoundedFloat(counter.mean()));
  }

  /**
   * About how many different records there are, in little memory. Runs a job.
   * @param relativeSD the wanted relative error; the smaller, the more memory. Default: 0.05
   * @example await hosts.countApproxDistinct(0.01)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.countApproxDistinct.html
   */
  countApproxDistinct(relativeSD = 0.05): Job<number> {
    const args = approximateDistinct(relativeSD);
    const source = operation(this.#source, "approxDistinct", "countApproxDistinct", { args });
    return this.#jobs(async (job) => estimateDistinct(await job.collect(source)));
  }

  // ---- keeping ----

  /**
   * Keeps the partitions from the first action that computes them on, for the next ones. Gives this RDD.
   * @example const parsed = lines.map(parse).cache();
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.cache.html
   */
  cache(): this {
    return this.persist();
  }

  /**
   * The same, with a storage level. On an engine of this machine the partitions are files of the session, whatever the
   * level; another machine's Spark keeps them as it says. What is lost is computed again.
   * @example rdd.persist(StorageLevel.DISK_ONLY)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.persist.html
   */
  persist(storageLevel: StorageLevel = StorageLevel.MEMORY_ONLY): this {
    const level = checkStorageLevel("persist", storageLevel);
    const kept = this.#keep();
    if (kept.level !== StorageLevel.NONE && !kept.level.equals(level)) {
      throw new PlanError(
        `persist() was given the level "${level}", but the RDD is kept at "${kept.level}".`,
        "Drop that first: rdd.unpersist()",
      );
    }
    kept.level = level;
    return this;
  }

  /**
   * Keeps them no longer. Gives this RDD.
   * @param blocking whether it waits; here it never has to
   * @example rdd.unpersist()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.unpersist.html
   */
  unpersist(_blocking = false): this {
    const release = this.#kept?.release();
    if (release) void this.#session.command((client) => release(client));
    return this;
  }

  /**
   * The level that partitions are kept at; `StorageLevel.NONE` when they aren't.
   * @example rdd.getStorageLevel().useDisk
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.getStorageLevel.html
   */
  getStorageLevel(): StorageLevel {
    return this.#kept?.level ?? StorageLevel.NONE;
  }

  /**
   * Whether {@link persist} or {@link cache} was called.
   * @example rdd.isCached
   */
  get isCached(): boolean {
    return this.getStorageLevel() !== StorageLevel.NONE;
  }

  /**
   * Keeps the partitions with the first action, and forgets how they were computed. They are files of the session.
   * @example ranks.checkpoint()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.checkpoint.html
   */
  checkpoint(): void {
    this.#keep().isCheckpoint = true;
  }

  /**
   * The same as {@link checkpoint}.
   * @example ranks.localCheckpoint()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.localCheckpoint.html
   */
  localCheckpoint(): void {
    this.checkpoint();
    this.#keep().isLocalCheckpoint = true;
  }

  /**
   * Whether a {@link checkpoint} has been written.
   * @example rdd.isCheckpointed()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.isCheckpointed.html
   */
  isCheckpointed(): boolean {
    return this.#kept?.isCheckpoint === true && this.#kept.partitions.isWritten;
  }

  /**
   * Whether {@link localCheckpoint} was called.
   * @example rdd.isLocallyCheckpointed()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.isLocallyCheckpointed.html
   */
  isLocallyCheckpointed(): boolean {
    return this.#kept?.isLocalCheckpoint === true;
  }

  /**
   * The folder of a written checkpoint, else null.
   * @example rdd.getCheckpointFile()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.getCheckpointFile.html
   */
  getCheckpointFile(): string | null {
    return this.isCheckpointed() ? this.#kept!.partitions.folder : null;
  }

  // ---- columns ----

  /**
   * The records as rows of a DataFrame: arrays by position, objects by name. Runs nothing; without types, the first job
   * on the frame looks at the first hundred records.
   * @param schema DDL such as "host string, n int", a {@link StructType}, a type for single values, or column names
   * @example rdd.map((line) => line.split(" ")).toDF("host string, path string")
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.createDataFrame.html
   */
  toDF(schema?: SchemaLike | null, _sampleRatio?: number | null): DataFrame {
    return this.#session.createDataFrame(this as RDD<unknown>, schema ?? undefined);
  }

  // ---- looking at it ----

  /**
   * How many partitions there are. Looks at the files, runs no job.
   * @example await rdd.getNumPartitions()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.getNumPartitions.html
   */
  getNumPartitions(): Job<number> {
    const source = this.#source;
    return this.#jobs((job) => job.partitionCount(source));
  }

  /**
   * The RDDs this one is computed of, with their partitions, itself first; a shuffle is indented. Looks at the files,
   * runs no job.
   * @example console.log(await rdd.toDebugString())
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.toDebugString.html
   */
  toDebugString(): Job<string> {
    const source = this.#source;
    return this.#jobs((job) => debugString(source, (lineage) => job.partitionCount(lineage)));
  }

  /**
   * A number of its own in this process.
   * @example rdd.id()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.id.html
   */
  id(): number {
    return this.#id;
  }

  /**
   * The name that {@link setName} gave it, else null.
   * @example rdd.name()
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.name.html
   */
  name(): string | null {
    return this.#name;
  }

  /**
   * Gives it a name. Gives this RDD.
   * @example rdd.setName("parsed lines")
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.setName.html
   */
  setName(name: string): this {
    this.#name = checkText(name, "setName(name)", 'rdd.setName("parsed lines")');
    return this;
  }

  /**
   * The context it was made by.
   * @example rdd.context.defaultParallelism
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.context.html
   */
  get context(): SparkContext {
    return this.#session.sparkContext;
  }

  /** What it is computed of, for looking at it. */
  toString(): string {
    const names: string[] = [];
    let lineage: Lineage | undefined = this.#source;
    for (; lineage; [lineage] = parentsOf(lineage)) {
      const own: string = nameOf(lineage);
      if (own !== names[0]) names.unshift(own);
    }
    return `RDD (${names.join(" → ")})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal for `createDataFrame(rdd, schema)` */
  [toRelation](schema: GivenSchema): PreparedRelation {
    const lineage = this.#source;
    return this.#runner.frame(lineage, schema, this.#capture([lineage], []));
  }

  /** @internal what other RDDs are computed of */
  static lineageOf(rdd: RDD<unknown>): Lineage {
    return rdd.#source;
  }

  /** Its records, as they are kept if they are. */
  get #source(): Lineage {
    return this.#keptLineage ?? this.#lineage;
  }

  #keep(): Kept {
    if (!this.#kept) {
      this.#kept = new Kept(this.#session.sessionFolder);
      this.#keptLineage = { kind: "kept", parent: this.#lineage, kept: this.#kept };
    }
    return this.#kept;
  }

  #derive<U>(lineage: Lineage): RDD<U> {
    learnCallers();
    return new RDD<U>(this.#session, this.#runner, lineage);
  }

  #mapped<U>(name: string, f: unknown, keepsPartitioner: boolean, method = name): RDD<U> {
    const functions = [userFunction(method, f)];
    const keeps = flagArgument(method, "preservesPartitioning", keepsPartitioner);
    return this.#derive(operation(this.#source, name, method, { functions, keepsPartitioner: keeps }));
  }

  /** An operation of ours. */
  #own<U>(name: string, method: string, rest?: Parameters<typeof operation>[3]): RDD<U> {
    return this.#derive(operation(this.#source, name, method, rest));
  }

  #shuffled<U>(
    method: string,
    reduction: Reduction,
    numPartitions: number | undefined,
    partitioning: Partitioning = { kind: "hash" },
  ): RDD<U> {
    const parents = [this.#source];
    return this.#derive({ kind: "shuffle", parents, method, reduction, partitioning, numPartitions });
  }

  #keyed<U>(
    method: string,
    reduction: Reduction,
    numPartitions: number | null | undefined,
    partitionFunc: unknown,
  ): RDD<U> {
    const count = partitionNumberOrNone(method, numPartitions);
    const isDefault = partitionFunc === undefined || partitionFunc === null;
    return this.#shuffled(
      method,
      reduction,
      count,
      isDefault ? undefined : { kind: "function", function: plainFunction(method, partitionFunc) },
    );
  }

  #cogrouped<U>(
    method: string,
    others: readonly RDD<any>[],
    numPartitions: number | null | undefined,
  ): RDD<U> {
    return this.#derive({
      kind: "shuffle",
      parents: [this.#source, ...others.map((other) => sourceOf(other, method))],
      method,
      reduction: { mode: "cogroup" },
      partitioning: { kind: "hash" },
      numPartitions: partitionNumberOrNone(method, numPartitions),
    });
  }

  #joined<U>(
    method: string,
    kind: JoinKind,
    other: RDD<any>,
    numPartitions: number | null | undefined,
  ): RDD<U> {
    const groups = this.#cogrouped<unknown>(method, [other], numPartitions);
    return groups.#own("joined", method, { args: kind, keepsPartitioner: kind !== "intersection" });
  }

  #set(method: "intersection" | "subtract", other: RDD<T>, numPartitions: number | undefined): RDD<T> {
    const pairs = (rdd: RDD<T>) => rdd.#own<[T, null]>("paired", method);
    if (!(other instanceof RDD)) sourceOf(other, method);
    const joined = pairs(this).#joined<[T, null] | T>(method, method, pairs(other), numPartitions);
    return method === "subtract" ? joined.#own("keys", method) : (joined as RDD<T>);
  }

  /** Copies functions as they are now, so that a job may run later. */
  #capture(lineages: readonly Lineage[], functions: readonly UserFunction[]): CapturedJob {
    learnCallers();
    return new CapturedJob(lineages, functions, {
      isLocal: this.#session.engine.isLocal,
      warn: (message) => console.warn(message),
    });
  }

  /** A job in the session's order, over this RDD and what `work` makes of it by operations of ours. */
  #jobs<R>(
    work: (job: RunningJob) => Promise<R>,
    functions: readonly UserFunction[] = [],
    options?: Parameters<SparkSession["query"]>[1],
    source = this.#source,
  ): Job<R> {
    const capture = () => this.#capture([source], functions);
    let first: { readonly job: CapturedJob } | { readonly error: unknown } | undefined;
    try {
      first = { job: capture() };
    } catch (error) {
      first = { error };
    }
    return this.#session.query((client: ConnectClient, signal) => {
      const taken = () => {
        const now = first;
        first = undefined;
        if (now && "error" in now) throw now.error;
        return now?.job ?? capture();
      };
      return this.#runner.job({ capture: taken, client, signal }, work);
    }, options);
  }

  #collected<R>(finish: (records: unknown[]) => R): Job<R> {
    const source = this.#source;
    return this.#jobs(async (job) => finish(await job.collect(source)));
  }

  #done(): Job<void> {
    const source = this.#source;
    return this.#jobs(async (job) => {
      await (await job.stage(source, { kind: "ignore" })).run();
    });
  }

  #taken<R>(count: number, finish: (records: unknown[]) => R): Job<R> {
    const source = this.#source;
    return this.#jobs(async (job) => {
      const stage = await job.stage(source, { kind: "collect", limit: count });
      const records: unknown[] = [];
      for (let start = 0, step = 1; start < stage.partitionCount && records.length < count; step *= 4) {
        const end = Math.min(start + step, stage.partitionCount);
        for (const record of await stage.run(start, end)) records.push(record);
        start = end;
      }
      return finish(records.slice(0, count));
    });
  }

  /** Each partition folded on its executor by an operation of ours, and what they give joined here. */
  #folded<R>(
    name: string,
    f: UserFunction | undefined,
    values: readonly UserValue[],
    finish: (partial: unknown[]) => R,
    rest: { readonly args?: unknown; readonly method?: string } = {},
  ): Job<R> {
    const functions = f ? [f] : [];
    const method = rest.method ?? f?.method ?? name;
    const folded = operation(this.#source, name, method, { functions, values, args: rest.args });
    return this.#jobs(async (job) => finish(await job.collect(folded)), [], undefined, folded);
  }

  #tree<R>(
    name: string,
    fold: UserFunction,
    merge: UserFunction,
    values: readonly UserValue[],
    depth: number,
    finish: (partial: unknown[]) => R,
  ): Job<R> {
    partitionNumber(`${fold.method} with a depth of`, depth);
    const source = this.#source;
    const folded = operation(source, name, fold.method, { functions: [fold], values });
    return this.#jobs(
      async (job) => {
        const tree = treeReduced(folded, await job.partitionCount(source), merge, depth);
        return finish(await job.collect(tree));
      },
      [merge],
      undefined,
      folded,
    );
  }

  #ordered(method: "top" | "takeOrdered", num: number, key: unknown): Job<T[]> {
    const count = countArgument(method, num);
    const keyFunction = key === undefined || key === null ? undefined : plainFunction(method, key);
    const order = method === "top" ? larger(keyFunction) : smaller(keyFunction);
    return this.#folded(
      method,
      keyFunction,
      [],
      (partial) => (partial as T[]).toSorted(order).slice(0, count),
      { args: { count }, method },
    );
  }

  #extreme(method: "max" | "min", key: unknown): Job<T> {
    const keyFunction = key === undefined || key === null ? undefined : plainFunction(method, key);
    const order = method === "max" ? larger(keyFunction) : smaller(keyFunction);
    return this.#folded(
      method,
      keyFunction,
      [],
      (partial) => {
        if (partial.length === 0) throw emptyError(`${method}()`);
        return (partial as T[]).reduce((a, b) => (order(b, a) < 0 ? b : a));
      },
      { method },
    );
  }

  #statistics<R>(this: RDD<number>, method: string, finish: (counter: StatCounter) => R): Job<R> {
    return this.#folded("stats", undefined, [], (partial) => finish(StatCounter.merged(partial)), { method });
  }
}

/** @throws PlanError for anything but an RDD */
function sourceOf(other: unknown, method: string): Lineage {
  if (other instanceof RDD) return RDD.lineageOf(other);
  throw new PlanError(`${method}() was given ${shown(other)}.`, "Pass an RDD: sc.parallelize([1, 2])");
}

function orderOf(method: string, ascending: unknown, keyfunc: unknown): KeyOrder {
  const isDefault = keyfunc === undefined || keyfunc === null;
  return {
    isAscending: flagArgument(method, "ascending", ascending),
    keyFunction: isDefault ? undefined : plainFunction(method, keyfunc),
  };
}
