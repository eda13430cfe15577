import { types } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import type { Relation } from "../plan/relation.ts";
import { toRelation, type RelationSource } from "../sql/relation-source.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { StructType } from "../sql/types.ts";
import { ClosureError } from "./closures/closure-error.ts";
import { learnCallers } from "./closures/script-urls.ts";
import { staysHere } from "./closures/stays-here.ts";
import { type JobPlan, partitionCount, planJob, type Wanted } from "./job-plan.ts";
import { debugString, type Lineage, stageOf, type UserFunction } from "./lineage.ts";
import type { OperationKind } from "./stage.ts";
import type { StageRunner } from "./stage-runner.ts";
import { KeyMap } from "./worker/key-map.ts";

const docs = "https://spark.apache.org/docs/latest/api/python/reference/api";

/**
 * A distributed list of records, computed by TypeScript functions on the executors. Made by {@link SparkContext}.
 * Transformations (`map`, `filter`, …) only describe; actions (`collect`, `count`, …) run and return promises.
 *
 * Functions are copied with the variables they use, as they are when the action is called; what they change stays
 * on the executor. They are synchronous, and see one record at a time.
 * @example
 * const words = sc.textFile("log.txt").flatMap((line) => line.split(" "));
 * await words.map((word) => [word, 1] as [string, number]).reduceByKey((a, b) => a + b).collect();
 * @see https://spark.apache.org/docs/latest/rdd-programming-guide.html
 */
export class RDD<T> implements RelationSource {
  readonly [staysHere] = "an RDD";
  readonly #session: SparkSession;
  readonly #runner: StageRunner;
  readonly #lineage: Lineage;

  /** Use {@link SparkContext.textFile} or {@link SparkContext.parallelize}. */
  constructor(session: SparkSession, runner: StageRunner, lineage: Lineage) {
    this.#session = session;
    this.#runner = runner;
    this.#lineage = lineage;
  }

  /**
   * Each record through a function. Runs nothing.
   * @example rdd.map((line) => line.split(","))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.map.html
   */
  map<U>(f: (record: T) => U): RDD<U> {
    return this.#narrow("map", f);
  }

  /**
   * Each record through a function that gives any number of records. Runs nothing.
   * @param f returns an array or another iterable
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.flatMap.html
   */
  flatMap<U>(f: (record: T) => Iterable<U>): RDD<U> {
    return this.#narrow("flatMap", f);
  }

  /**
   * The records for which a function says yes. Runs nothing.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.filter.html
   */
  filter(f: (record: T) => unknown): RDD<T> {
    return this.#narrow("filter", f);
  }

  /**
   * Each partition through a function, for work that is set up once and used for many records. Runs nothing.
   * @param f takes an iterable, to be read once, and returns one; a generator function keeps memory small
   * @example rdd.mapPartitions(function* (lines) { const parser = new Parser(); for (const line of lines) yield parser.parse(line); })
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapPartitions.html
   */
  mapPartitions<U>(f: (records: Iterable<T>) => Iterable<U>): RDD<U> {
    return this.#narrow("mapPartitions", f);
  }

  /**
   * Pairs of what a function makes of a record, and the record. Runs nothing.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.keyBy.html
   */
  keyBy<K>(f: (record: T) => K): RDD<[K, T]> {
    return this.#narrow("keyBy", f);
  }

  /**
   * Of [key, value] pairs each value through a function. Runs nothing.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.mapValues.html
   */
  mapValues<K, V, U>(this: RDD<[K, V]>, f: (value: V) => U): RDD<[K, U]> {
    return this.#narrow("mapValues", f);
  }

  /**
   * Each record once, compared by value: arrays and objects are equal when their contents are. Runs nothing.
   * @param numPartitions of the result; default: as many as this RDD has
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.distinct.html
   */
  distinct(numPartitions?: number): RDD<T> {
    return this.#shuffle("distinct", "distinct", undefined, numPartitions);
  }

  /**
   * Of [key, value] pairs one for each key, its values joined two by two. Keys are compared by value. Runs nothing.
   * @param f joins two values; in any order, so it must be associative and commutative
   * @param numPartitions of the result; default: as many as this RDD has
   * @example pairs.reduceByKey((a, b) => a + b)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.reduceByKey.html
   */
  reduceByKey<K, V>(this: RDD<[K, V]>, f: (a: V, b: V) => V, numPartitions?: number): RDD<[K, V]> {
    return this.#shuffle("reduceByKey", "reduce", userFunction("reduceByKey", f), numPartitions);
  }

  /**
   * Of [key, value] pairs one for each key, with the array of its values, which must fit in an executor's memory;
   * `reduceByKey` needs much less. Runs nothing.
   * @param numPartitions of the result; default: as many as this RDD has
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.groupByKey.html
   */
  groupByKey<K, V>(this: RDD<[K, V]>, numPartitions?: number): RDD<[K, V[]]> {
    return this.#shuffle("groupByKey", "group", undefined, numPartitions);
  }

  /**
   * Every record, in the order of the partitions. Runs a job.
   * @throws ClosureError when a function can't be sent or throws
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.collect.html
   */
  collect(): Job<T[]> {
    return this.#job<T[], T>({ kind: "collect" }, (records) => records);
  }

  /**
   * How many records there are. Runs a job.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.count.html
   */
  count(): Job<number> {
    return this.#job<number, number>({ kind: "count" }, (counts) => counts.reduce((a, b) => a + b, 0));
  }

  /**
   * The first records. Runs jobs: on the first partition, then on more of them until there are enough.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.take.html
   */
  take(num: number): Job<T[]> {
    if (!Number.isInteger(num) || num < 0)
      throw new PlanError(`take() was given ${num}.`, "Pass a whole number from 0.");
    return this.#job<T[], T>({ kind: "collect", limit: num }, (records) => records.slice(0, num), num);
  }

  /**
   * The first record. Runs jobs as {@link take} does.
   * @throws PlanError when there is none
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.first.html
   */
  first(): Job<T> {
    return this.#job<T, T>(
      { kind: "collect", limit: 1 },
      (records) => {
        if (records.length === 0) throw empty("first()");
        return records[0];
      },
      1,
    );
  }

  /**
   * Whether there is no record. Runs jobs as {@link take} does.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.isEmpty.html
   */
  isEmpty(): Job<boolean> {
    return this.#job<boolean, T>({ kind: "collect", limit: 1 }, (records) => records.length === 0, 1);
  }

  /**
   * All records joined two by two: in each partition on its executor, then here. Runs a job.
   * @throws PlanError when there is no record
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.reduce.html
   */
  reduce(f: (a: T, b: T) => T): Job<T> {
    const reduce = userFunction("reduce", f);
    return this.#job<T, T>({ kind: "reduce", function: reduce }, (partial) => {
      if (partial.length === 0) throw empty("reduce()");
      return partial.reduce((a, b) => f(a, b));
    });
  }

  /**
   * Calls a function on each record, on the executors; what it changes stays there. Runs a job.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.foreach.html
   */
  foreach(f: (record: T) => unknown): Job<void> {
    return this.#narrow<T>("foreach", f).#job<void, never>({ kind: "ignore" }, () => undefined);
  }

  /**
   * Of [key, value] pairs, how many there are of each key. Runs a job.
   * @returns a Map; keys that are objects are in it once for each value, as one of the equal objects
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.countByKey.html
   */
  countByKey<K, V>(this: RDD<[K, V]>): Job<Map<K, number>> {
    return this.#job<Map<K, number>, [K, number]>({ kind: "countByKey" }, (partial) => {
      const counts = new KeyMap<number>();
      for (const [key, count] of partial) counts.set(key, (counts.get(key) ?? 0) + count);
      return new Map(counts.entries() as Iterable<[K, number]>);
    });
  }

  /**
   * How many partitions there are. Looks at the files, runs no job.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.getNumPartitions.html
   */
  getNumPartitions(): Job<number> {
    return this.#session.query(async () => partitionCount(this.#lineage));
  }

  /**
   * The stages this RDD is computed in, with their partitions, the last first. Looks at the files, runs no job.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.toDebugString.html
   */
  toDebugString(): Job<string> {
    return this.#session.query(async () => debugString(this.#lineage, partitionCount));
  }

  /** What it is computed of, for looking at it. */
  toString(): string {
    const { base, operations } = stageOf(this.#lineage);
    const names = [
      base.kind === "slices" ? "parallelize" : base.kind === "text" ? `textFile ${base.path}` : base.method,
    ];
    return `RDD (${[...names, ...operations.map((operation) => operation.function.method)].join(" → ")})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal for `createDataFrame(rdd, schema)` */
  [toRelation](schema: StructType): Relation {
    return this.#runner.relation(this.#plan({ kind: "rows", schema: schema.jsonValue() }));
  }

  #derive<U>(lineage: Lineage): RDD<U> {
    learnCallers();
    return new RDD<U>(this.#session, this.#runner, lineage);
  }

  #narrow<U>(operation: OperationKind, f: (argument: never) => unknown): RDD<U> {
    return this.#derive({
      kind: "narrow",
      parent: this.#lineage,
      operation,
      function: userFunction(operation, f),
    });
  }

  #shuffle<U>(
    method: string,
    mode: "reduce" | "group" | "distinct",
    f: UserFunction | undefined,
    numPartitions: number | undefined,
  ): RDD<U> {
    if (numPartitions !== undefined && !(Number.isInteger(numPartitions) && numPartitions > 0)) {
      throw new PlanError(
        `${method}() was given ${numPartitions} partitions.`,
        "Pass a whole number from 1.",
      );
    }
    return this.#derive({ kind: "shuffle", parent: this.#lineage, method, mode, function: f, numPartitions });
  }

  #plan(wanted: Wanted): JobPlan {
    const { engine } = this.#session;
    if (!engine.isLocal && readsFiles(this.#lineage)) {
      throw new PlanError(
        `textFile() reads files of this machine, which ${engine.title} can't see.`,
        "Read them as a DataFrame where the engine is: spark.read.text(path)",
      );
    }
    return planJob(this.#lineage, wanted, {
      isLocal: engine.isLocal,
      warn: (message) => console.warn(message),
    });
  }

  /** Plans at once, so that variables are copied as they are now, and runs in the order of the session's jobs. */
  #job<R, P>(wanted: Wanted, finish: (records: P[]) => R, enough?: number): Job<R> {
    learnCallers();
    let planned: { readonly plan: JobPlan } | { readonly error: unknown };
    try {
      planned = { plan: this.#plan(wanted) };
    } catch (error) {
      planned = { error };
    }
    return this.#session.query(async (client, signal) => {
      if ("error" in planned) throw planned.error;
      const { plan } = planned;
      const total = plan.stage.partitionCount;
      const records: unknown[] = [];
      // After a shuffle every partition costs the whole job before it, so all of them are computed at once.
      let step = enough === undefined || plan.stage.parent ? total : 1;
      for (let start = 0; start < total && (enough === undefined || records.length < enough); step *= 4) {
        const end = Math.min(start + step, total);
        for (const record of await this.#runner.run(client, plan, [start, end], signal)) records.push(record);
        start = end;
      }
      return finish(records as P[]);
    });
  }
}

function userFunction(method: string, fn: (...args: never[]) => unknown): UserFunction {
  if (typeof fn !== "function") {
    throw new PlanError(
      `${method}() was given ${fn === null ? "null" : typeof fn}.`,
      `Pass a function: see ${docs}/pyspark.RDD.${method}.html`,
    );
  }
  if (types.isAsyncFunction(fn)) {
    throw new ClosureError(
      `${method}() was given the async function${fn.name ? ` ${fn.name}` : ""}, but functions of RDDs are synchronous.`,
      "Return the value itself, or collect the records and await here.",
    );
  }
  return { method, fn };
}

function readsFiles(lineage: Lineage): boolean {
  const { base } = stageOf(lineage);
  return base.kind === "text" || (base.kind === "shuffle" && readsFiles(base.parent));
}

function empty(method: string): PlanError {
  return new PlanError(`${method} of an RDD without records.`, "Ask first: await rdd.isEmpty()");
}
