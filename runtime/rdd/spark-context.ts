import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { resourcesCommand } from "../plan/command.ts";
import { shown } from "../sql/argument-error.ts";
import { checkText } from "../sql/check-text.ts";
import { SparkConf } from "../sql/spark-conf.ts";
import { SparkSession } from "../sql/spark-session.ts";
import { staysHere } from "./closures/stays-here.ts";
import { Accumulator } from "./accumulator.ts";
import type { AccumulatorParam } from "./accumulator-param.ts";
import { Broadcast } from "./broadcast.ts";
import { checkMinPartitions, checkPath, checkRecordLength, type FileSource } from "./files/file-source.ts";
import type { Lineage } from "./lineage.ts";
import { RDD } from "./rdd.ts";
import { partitionNumber } from "./rdd-arguments.ts";
import { slicesOf } from "./slices.ts";
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
  readonly #startTime = Date.now();
  readonly #files = new Set<string>();
  readonly #archives = new Set<string>();
  #group: string | undefined;

  /** Use `spark.sparkContext`. */
  constructor(session: SparkSession) {
    this.#session = session;
    this.#runner = new StageRunner(session);
  }

  /**
   * The context of the active session, which is made when there is none.
   * @param conf settings of the session
   */
  static async getOrCreate(conf?: SparkConf): Promise<SparkContext> {
    const { builder } = SparkSession;
    const session = await (conf === undefined ? builder : builder.config(conf)).getOrCreate();
    return session.sparkContext;
  }

  /**
   * How many partitions `parallelize` makes: as many as this machine has processors, or what `local[N]` says, or two on
   * another machine's engine.
   */
  get defaultParallelism(): number {
    const { isLocal, master } = this.#session.engine;
    const [, cores] = /^local(?:\[(\d+|\*)\])?$/.exec(master ?? "local[*]") ?? [];
    if (!isLocal) return 2;
    return cores === "*" ? availableParallelism() : Number(cores ?? 1);
  }

  /** The least number of partitions of files: {@link defaultParallelism}, and at most two. */
  get defaultMinPartitions(): number {
    return Math.min(this.defaultParallelism, 2);
  }

  /** Where Spark runs, such as "local[2]" or "spark://host:7077"; "sail" for the embedded engine. */
  get master(): Job<string> {
    const { master, name } = this.#session.engine;
    return this.#option("spark.master", (told) => master ?? told ?? name);
  }

  /** The id of the application on its cluster; of the session where there is no such thing. */
  get applicationId(): Job<string> {
    return this.#session.query(async (client) => {
      const told = await client.config({ case: "getOption", value: { keys: ["spark.app.id"] } });
      return told.get("spark.app.id") ?? client.sessionId;
    });
  }

  /** When the application started, in milliseconds since 1970; on the embedded engine, this object. */
  get startTime(): Job<number> {
    return this.#option("spark.app.startTime", (told) =>
      told === undefined ? this.#startTime : Number(told),
    );
  }

  /** The address of Spark's web pages, or null where there are none. When the port was taken, Spark chose one above it. */
  get uiWebUrl(): Job<string | null> {
    return this.#session.query(async (client) => {
      const keys = ["spark.driver.host", "spark.ui.enabled", "spark.ui.port"];
      const told = await client.config({ case: "getOption", value: { keys } });
      const [host, isEnabled, port] = keys.map((key) => told.get(key));
      return host === undefined || isEnabled === "false" ? null : `http://${host}:${port ?? 4040}`;
    });
  }

  /** The account that runs the engine's jobs. */
  sparkUser(): Job<string> {
    const user = this.#session.sql("SELECT current_user() AS user").first();
    return this.#session.query(async () => String((await user)?.get("user")));
  }

  /** A copy of the settings. Changing it changes nothing else. */
  getConf(): Job<SparkConf> {
    const settings = this.#session.conf.getAll();
    return this.#session.query(async () => new SparkConf(await settings));
  }

  /** Resources of the driver, such as GPUs, by name. */
  get resources(): Job<Record<string, { readonly name: string; readonly addresses: readonly string[] }>> {
    return this.#session.query(async (client) => {
      if (this.#session.engine.name === "sail") return {};
      const answers = await client.command(resourcesCommand());
      const told = answers.flatMap(({ responseType }) =>
        responseType.case === "getResourcesCommandResult" ? Object.entries(responseType.value.resources) : [],
      );
      return Object.fromEntries(told.map(([key, { name, addresses }]) => [key, { name, addresses }]));
    });
  }

  /** Ends the session. @see SparkSession.stop */
  stop(): Promise<void> {
    return this.#session.stop();
  }

  // ---- groups and tags of jobs ----

  /**
   * Puts the jobs that are started from now on into a group, in the place of the one before; {@link cancelJobGroup}
   * stops them.
   * @param description what Spark's pages would show, which a client can't say
   */
  setJobGroup(groupId: string, _description?: string, _interruptOnCancel?: boolean): void {
    const tag = groupTag(groupId, "setJobGroup");
    if (this.#group !== undefined) this.#session.removeTag(this.#group);
    this.#session.addTag((this.#group = tag));
  }

  /** Stops the jobs of a group. @returns the ids of the operations it stopped */
  cancelJobGroup(groupId: string): Promise<string[]> {
    return this.#session.interruptTag(groupTag(groupId, "cancelJobGroup"));
  }

  /** Stops every job of this session. @returns the ids of the operations it stopped */
  cancelAllJobs(): Promise<string[]> {
    return this.#session.interruptAll();
  }

  /** Gives a tag to the jobs that are called from now on. @see SparkSession.addTag */
  addJobTag(tag: string): void {
    this.#session.addTag(tag);
  }
  /** Takes a tag off the jobs that are called from now on. @see SparkSession.removeTag */
  removeJobTag(tag: string): void {
    this.#session.removeTag(tag);
  }
  /** The tags that hold here, without the group's. @see SparkSession.getTags */
  getJobTags(): Set<string> {
    return new Set([...this.#session.getTags()].filter((tag) => tag !== this.#group));
  }
  /** Takes all tags but the group's off the jobs that are called from now on. @see SparkSession.clearTags */
  clearJobTags(): void {
    for (const tag of this.getJobTags()) this.#session.removeTag(tag);
  }
  /** Stops the jobs that were called with a tag; gives their ids. @see SparkSession.interruptTag */
  cancelJobsWithTag(tag: string): Promise<string[]> {
    return this.#session.interruptTag(tag);
  }

  /** Accepted: what runs is always interrupted when it is cancelled. @throws PlanError for false */
  setInterruptOnCancel(interruptOnCancel: boolean): void {
    if (interruptOnCancel === true) return;
    throw new PlanError(
      `setInterruptOnCancel() was given ${shown(interruptOnCancel)}, and cancelled work is always interrupted here.`,
      "Leave the call out.",
    );
  }

  // ---- files of the session ----

  /** Sends a file to the session, for workers in Python and Java. @see SparkSession.addArtifacts */
  addFile(path: string): Job<void> {
    const sent = this.#session.addArtifacts(path, { file: true });
    return this.#noted(sent, this.#files, path);
  }

  /** Sends an archive to the session, which workers in Python and Java find unpacked. */
  addArchive(path: string): Job<void> {
    const sent = this.#session.addArtifacts(path, { archive: true });
    return this.#noted(sent, this.#archives, path);
  }

  /** The names of the files that {@link addFile} sent. */
  get listFiles(): string[] {
    return [...this.#files];
  }

  /** The names of the archives that {@link addArchive} sent. */
  get listArchives(): string[] {
    return [...this.#archives];
  }

  /** The folder of checkpoints, which the server's setting `spark.checkpoint.dir` says; null where there is none. */
  getCheckpointDir(): Job<string | null> {
    return this.#option("spark.checkpoint.dir", (told) => told ?? null);
  }

  // ---- what a client can't do ----

  /** Not from a client. @throws PlanError always: only the server's configuration says it */
  setCheckpointDir(_dirName?: string): never {
    throw refused(
      "setCheckpointDir()",
      "Start the server with the setting spark.checkpoint.dir; df.checkpoint() then writes there.",
    );
  }
  /** Not from a client. @throws PlanError always: Spark's pages take the description from the server */
  setJobDescription(_value?: string): never {
    throw refused(
      "setJobDescription()",
      'Tag the jobs instead: sc.addJobTag("nightly"), or put them in sc.setJobGroup("nightly").',
    );
  }
  /** Not from a client. @throws PlanError always: the properties of the server's threads are its own */
  setLocalProperty(_key?: string, _value?: string): never {
    throw refused(
      "setLocalProperty()",
      'Settings of the session are set with spark.conf.set("name", "value").',
    );
  }
  /** Not from a client. @throws PlanError always: the properties of the server's threads are its own */
  getLocalProperty(_key?: string): never {
    throw refused("getLocalProperty()", 'Settings of the session are read with spark.conf.get("name").');
  }
  /** Not from a client. @throws PlanError always: jobs and stages have no ids here */
  statusTracker(): never {
    throw refused("statusTracker()", "Progress is told: spark.registerProgressHandler(({ stages }) => …).");
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
   * The lines of text files. Runs nothing; a missing file is an error of the first action.
   * Lines end with \n, \r or \r\n; text is UTF-8. Large files are split, packed ones (.gz, .zst, .deflate) are not.
   * Records are in the order of the files and lines. So are the rows of a DataFrame made of them; on Sail only up to
   * 256 MB of files (of packed ones 51 MB), above which rows come as their tasks end.
   * @param name a file, a folder, a pattern with `*`, `?`, `[a-c]`, `[^a]` or `{one,other}`, or several of them with
   * commas between: of this machine, relative to the working folder, or of HDFS, which is read by WebHDFS.
   * What begins with "_" or "." is left out of folders and patterns.
   * @param minPartitions a hint: at least so many partitions, where the files are large enough. Default: 2
   * @param _useUnicode accepted for programs written for PySpark; lines are text
   * @example sc.textFile("logs/*.log").filter((line) => line.includes("error"))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.textFile.html
   */
  textFile(name: string, minPartitions?: number | null, _useUnicode = true): RDD<string> {
    return this.#ofFiles({ method: "textFile", ...this.#filesArguments("textFile", name, minPartitions) });
  }

  /**
   * Text files, each a pair of its address and its whole text, unpacked if it is packed. Runs nothing.
   * Small files share a partition. Each must fit in the memory of a worker.
   * @param path as of {@link textFile}; folders in a folder are left out
   * @param minPartitions a hint: at least so many partitions. Default: 2
   * @param _useUnicode accepted for programs written for PySpark
   * @example sc.wholeTextFiles("reports").mapValues((text) => text.length)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.wholeTextFiles.html
   */
  wholeTextFiles(
    path: string,
    minPartitions?: number | null,
    _useUnicode = true,
  ): RDD<[path: string, text: string]> {
    const method = "wholeTextFiles";
    return this.#ofFiles({ method, ...this.#filesArguments(method, path, minPartitions) });
  }

  /**
   * Files, each a pair of its address and its bytes. Runs nothing. Each must fit in the memory of a worker.
   * @param path as of {@link textFile}; folders in a folder are left out
   * @param minPartitions a hint: at least so many partitions, of 4 MB or more. Default: 2
   * @example sc.binaryFiles("captures/*.pcap").mapValues((bytes) => bytes.length)
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.binaryFiles.html
   */
  binaryFiles(path: string, minPartitions?: number | null): RDD<[path: string, bytes: Uint8Array]> {
    const method = "binaryFiles";
    const parallelism = this.defaultParallelism;
    return this.#ofFiles({ method, parallelism, ...this.#filesArguments(method, path, minPartitions) });
  }

  /**
   * Records of one length, out of files that hold nothing else. Runs nothing.
   * @param path as of {@link textFile}
   * @param recordLength in bytes
   * @example sc.binaryRecords("samples.bin", 8).map((bytes) => new DataView(bytes.buffer).getFloat64(0))
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.binaryRecords.html
   */
  binaryRecords(path: string, recordLength: number): RDD<Uint8Array> {
    const method = "binaryRecords";
    return this.#ofFiles({
      method,
      path: checkPath(method, path),
      recordLength: checkRecordLength(recordLength),
    });
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
      throw new PlanError(
        `parallelize() was given ${shown(numSlices)} slices.`,
        "Pass a whole number from 1.",
      );
    }
    const slices = slicesOf([...items], numSlices);
    return new RDD(this.#session, this.#runner, { kind: "slices", method: "parallelize", slices });
  }

  /**
   * Whole numbers as records, made on the executors. Runs nothing.
   * @param start the first; with one argument the end, and 0 is the first
   * @param end the first that isn't among them
   * @param step what comes between two of them; may be negative. Default: 1
   * @param numSlices the number of partitions; default: {@link defaultParallelism}
   * @example sc.range(2, 10, 2) // 2, 4, 6, 8
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.range.html
   */
  range(start: number, end?: number | null, step = 1, numSlices = this.defaultParallelism): RDD<number> {
    const [first, last] = end === undefined || end === null ? [0, start] : [start, end];
    for (const bound of [first, last, step]) {
      if (Number.isSafeInteger(bound)) continue;
      throw new PlanError(`range() was given ${shown(bound)}.`, "Pass whole numbers: sc.range(0, 10)");
    }
    if (step === 0) throw new PlanError("range() was given a step of 0.", "Pass another: sc.range(0, 10, 2)");
    const partitions = partitionNumber("range", numSlices);
    const size = Math.max(0, Math.ceil((last - first) / step));
    return new RDD(this.#session, this.#runner, { kind: "range", start: first, step, size, partitions });
  }

  /**
   * The records of several RDDs, partition after partition. Runs nothing.
   * @example sc.union([errors, warnings])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.union.html
   */
  union<T>(rdds: readonly RDD<T>[]): RDD<T> {
    const isRight = Array.isArray(rdds) && rdds.length > 0 && rdds.every((rdd) => rdd instanceof RDD);
    if (!isRight) {
      throw new PlanError(
        `union() was given ${Array.isArray(rdds) ? notAnRdd(rdds) : shown(rdds)}.`,
        "Pass an array of RDDs: sc.union([a, b])",
      );
    }
    if (rdds.length === 1) return rdds[0];
    const parents = rdds.map((rdd) => RDD.lineageOf(rdd));
    return new RDD(this.#session, this.#runner, { kind: "union", parents });
  }

  /**
   * Runs a function over some partitions of an RDD, each as an iterable, and gives what it makes of them.
   * @param partitions their numbers; default: all
   * @example await sc.runJob(rdd, (records) => [[...records].length], [0])
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.runJob.html
   */
  runJob<T, U>(
    rdd: RDD<T>,
    partitionFunc: (records: Iterable<T>) => Iterable<U>,
    partitions?: readonly number[] | null,
    _allowLocal = false,
  ): Job<U[]> {
    if (!(rdd instanceof RDD))
      throw new PlanError(
        `runJob() was given ${shown(rdd)}.`,
        "Pass an RDD: sc.runJob(rdd, (records) => records)",
      );
    const mapped = rdd.mapPartitions(partitionFunc);
    if (partitions === undefined || partitions === null) return mapped.collect();
    const parent = RDD.lineageOf(mapped);
    return new RDD<U>(this.#session, this.#runner, { kind: "selection", parent, partitions }).collect();
  }

  /**
   * A value for functions on the executors, sent to each of them once, not with each task. It is copied as it is now.
   * @param value data: numbers, text, arrays, objects, Map, Set, Date, typed arrays, and instances of classes
   * @throws ClosureError for what can't travel, such as functions, naming the way to it
   * @example
   * const countries = sc.broadcast(new Map([["SE", "Sweden"]]));
   * await rdd.map((code) => countries.value.get(code)).collect();
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.broadcast.html
   */
  broadcast<T>(value: T): Broadcast<T> {
    if (arguments.length === 0)
      throw new PlanError("broadcast() was given nothing.", "Pass a value: sc.broadcast(countries)");
    return new Broadcast(this.#session, value);
  }

  /**
   * A sum that functions on the executors add to and that is read here, after an action. Runs nothing.
   * @param value what it begins with: a number, a bigint, or with `accumParam` whatever that adds
   * @param accumParam how other values are added: `zero(value)` and `addInPlace(a, b)`, as {@link AccumulatorParam} has them
   * @throws PlanError for other values without `accumParam`
   * @example
   * const errors = sc.accumulator(0);
   * await lines.foreach((line) => { if (line.includes("error")) errors.add(1); });
   * errors.value;
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.accumulator.html
   */
  accumulator(value: number, accumParam?: null): Accumulator<number>;
  accumulator(value: bigint, accumParam?: null): Accumulator<bigint>;
  accumulator<T>(value: T, accumParam: Pick<AccumulatorParam<T>, "zero" | "addInPlace">): Accumulator<T>;
  accumulator<T>(
    value: T,
    accumParam?: Pick<AccumulatorParam<T>, "zero" | "addInPlace"> | null,
  ): Accumulator<T> {
    if (value === undefined && accumParam)
      throw new PlanError("accumulator() was given no value.", "Pass what it begins with: sc.accumulator(0)");
    return new Accumulator(this.#session, value, accumParam);
  }

  /**
   * No records, in no partitions.
   * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkContext.emptyRDD.html
   */
  emptyRDD<T>(): RDD<T> {
    return new RDD(this.#session, this.#runner, { kind: "slices", method: "emptyRDD", slices: [] });
  }

  /**
   * An RDD of rows that a room above reads.
   * @internal
   */
  rddOf<T>(lineage: Extract<Lineage, { kind: "rows" }>): RDD<T> {
    return new RDD<T>(this.#session, this.#runner, lineage);
  }

  /**
   * Accepted for programs written for Spark; engines log to their own files (`SIGHTLINE_ENGINE_LOG`).
   * @param level one of ALL, DEBUG, ERROR, FATAL, INFO, OFF, TRACE, WARN
   */
  setLogLevel(level: string): void {
    if (typeof level !== "string" || !logLevels.includes(level.toUpperCase())) {
      throw new PlanError(`setLogLevel() was given ${shown(level)}.`, `Pass one of ${logLevels.join(", ")}.`);
    }
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `SparkContext on ${this.#session.engine.title}`;
  }

  #ofFiles<T>(source: FileSource): RDD<T> {
    return new RDD(this.#session, this.#runner, { kind: "files", source });
  }

  #filesArguments(method: string, path: unknown, minPartitions: unknown) {
    return {
      path: checkPath(method, path),
      minPartitions: checkMinPartitions(method, minPartitions, this.defaultMinPartitions),
    };
  }

  #option<T>(key: string, valueOf: (told: string | undefined) => T): Job<T> {
    return this.#session.query(async (client) =>
      valueOf((await client.config({ case: "getOption", value: { keys: [key] } })).get(key)),
    );
  }

  #noted(sent: Job<void>, names: Set<string>, path: string): Job<void> {
    return this.#session.query(async () => {
      await sent;
      names.add(basename(path.split("#")[0]));
    });
  }
}

function groupTag(groupId: unknown, method: string): string {
  const id = checkText(groupId, `${method}(groupId)`, `sc.${method}("nightly")`);
  if (!id.includes(",")) return `sightline-group-${id}`;
  throw new PlanError(`${method}() was given "${id}", which has a comma.`, "Pass a name without commas.");
}

function refused(what: string, instead: string): PlanError {
  return new PlanError(`${what} isn't possible through Spark Connect.`, instead);
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

function notAnRdd(items: readonly unknown[]): string {
  const index = items.findIndex((item) => !(item instanceof RDD));
  return index === -1 ? "no RDDs" : `an array with ${shown(items[index])} at ${index}`;
}
