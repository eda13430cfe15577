import { availableParallelism } from "node:os";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { SparkSession } from "../sql/spark-session.ts";
import { staysHere } from "./closures/stays-here.ts";
import { RDD } from "./rdd.ts";
import { StageRunner } from "./stage-runner.ts";

declare module "../sql/spark-session.ts" {
  interface SparkSession {
    /** Makes RDDs; in notebooks also `sc`. */
    readonly sparkContext: SparkContext;
  }
}

const logLevels = ["ALL", "DEBUG", "ERROR", "FATAL", "INFO", "OFF", "TRACE", "WARN"];

/**
 * The entry point to RDDs: `spark.sparkContext`, in notebooks `sc`.
 * @example await sc.textFile("events.log").count();
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.html
 */
export class SparkContext {
  readonly [staysHere] = "the SparkContext";
  readonly #session: SparkSession;
  readonly #runner: StageRunner;

  /** Use `spark.sparkContext`. */
  constructor(session: SparkSession) {
    this.#session = session;
    this.#runner = new StageRunner(session);
  }

  /** How many partitions `parallelize` makes: as many as this machine has processors, or two on another machine's engine. */
  get defaultParallelism(): number {
    return this.#session.engine.isLocal ? availableParallelism() : 2;
  }

  /** The Spark version that the engine says it is. */
  get version(): Job<string> {
    return this.#session.version();
  }

  /** The name that the session was given, or "sightline". */
  get appName(): Job<string> {
    return this.#session.query(async (client) => {
      const pairs = [{ key: "spark.app.name", value: "sightline" }];
      const values = await client.config({ case: "getWithDefault", value: { pairs } });
      return values.get("spark.app.name") ?? "sightline";
    });
  }

  /**
   * The lines of text files of this machine. Runs nothing; a missing file is an error of the first action.
   * Lines end with \n, \r or \r\n; text is UTF-8. Large files are split, `.gz` files are not, and each of those
   * must fit in an executor's memory.
   * Records are in the order of the files and lines. So are the rows of a DataFrame made of them; on Sail only up to
   * 256 MB of files (of `.gz` 51 MB), above which rows come as their tasks end.
   * @param path a file, a folder, a pattern with `*`, or several with commas between; relative to the working folder
   * @param minPartitions a hint: at least so many partitions, where the files are large enough. Default: 2
   * @example sc.textFile("logs/*.log").filter((line) => line.includes("error"))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.textFile.html
   */
  textFile(path: string, minPartitions = Math.min(this.defaultParallelism, 2)): RDD<string> {
    if (typeof path !== "string" || path === "") {
      throw new PlanError(
        `textFile() was given ${path === "" ? "no path" : typeof path}.`,
        'Pass one: sc.textFile("events.log")',
      );
    }
    return new RDD(this.#session, this.#runner, { kind: "text", path, minPartitions });
  }

  /**
   * The items of a list as records. They are sent when an action runs. Runs nothing.
   * @param items an array or another iterable
   * @param numSlices the number of partitions; default: {@link defaultParallelism}
   * @example sc.parallelize([1, 2, 3, 4], 2)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.parallelize.html
   */
  parallelize<T>(items: Iterable<T>, numSlices = this.defaultParallelism): RDD<T> {
    if (typeof items !== "object" || items === null || !(Symbol.iterator in items)) {
      throw new PlanError(
        `parallelize() was given ${items === null ? "null" : typeof items}.`,
        "Pass an array: sc.parallelize([1, 2, 3])",
      );
    }
    if (!Number.isInteger(numSlices) || numSlices < 1) {
      throw new PlanError(`parallelize() was given ${numSlices} slices.`, "Pass a whole number from 1.");
    }
    const all = [...items];
    const edge = (index: number) => Math.floor((index * all.length) / numSlices);
    const slices = Array.from({ length: numSlices }, (_, index) => all.slice(edge(index), edge(index + 1)));
    return new RDD(this.#session, this.#runner, { kind: "slices", slices });
  }

  /**
   * No records, in no partitions.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.emptyRDD.html
   */
  emptyRDD<T>(): RDD<T> {
    return new RDD(this.#session, this.#runner, { kind: "slices", slices: [] });
  }

  /**
   * Accepted for programs written for Spark; engines log to their own files (`SIGHTLINE_ENGINE_LOG`).
   * @param level one of ALL, DEBUG, ERROR, FATAL, INFO, OFF, TRACE, WARN
   */
  setLogLevel(level: string): void {
    if (!logLevels.includes(level.toUpperCase())) {
      throw new PlanError(`setLogLevel() was given "${level}".`, `Pass one of ${logLevels.join(", ")}.`);
    }
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `SparkContext on ${this.#session.engine.title}`;
  }
}

const contexts = new WeakMap<SparkSession, SparkContext>();

// `sql` can't import this room, so the property of its class is added from here.
Object.defineProperty(SparkSession.prototype, "sparkContext", {
  configurable: true,
  get(this: SparkSession): SparkContext {
    let context = contexts.get(this);
    if (!context) contexts.set(this, (context = new SparkContext(this)));
    return context;
  },
});
