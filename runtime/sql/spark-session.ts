import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { addArtifacts } from "../connect/add-artifacts.ts";
import type { Artifact } from "../connect/artifacts.ts";
import type { ConnectClient } from "../connect/client.ts";
import type { ProgressHandler } from "../connect/execution-progress.ts";
import { PlanError } from "../connect/plan-error.ts";
import { checkTag, SessionTags, tagged } from "../connect/tags.ts";
import type { Engine } from "../engines/engine.ts";
import { removeSessionFolder } from "../engines/session-folder.ts";
import { SharedEngine } from "../engines/shared-engine.ts";
import type { Job } from "../jobs/index.ts";
import { createView, sqlCommand } from "../plan/command.ts";
import type { Expression } from "../plan/expression.ts";
import {
  fill,
  pendingRelation,
  range,
  readTable,
  type Relation,
  sqlQuery,
  subqueryAlias,
  withRelations,
} from "../plan/relation.ts";
import { argumentError } from "./argument-error.ts";
import { Catalog } from "./catalog/catalog.ts";
import { dropTempView } from "./catalog/catalog-rows.ts";
import { checkOptionalText, checkText } from "./check-text.ts";
import { CommandOrder, type JobOptions } from "./command-order.ts";
import { Connection } from "./connection.ts";
import { DataFrame } from "./dataframe.ts";
import { DataFrameReader } from "./dataframe-reader.ts";
import { checkPartitions } from "./frame/partitioning.ts";
import { isPlainObject } from "./keyword-arguments.ts";
import { localData, parseSchema, type LocalData, type SchemaLike } from "./local-data.ts";
import { type CreateOptions, schemaArgument } from "./create-options.ts";
import { notOnSail } from "./not-on-sail.ts";
import { isRelationSource, type RelationSource, toRelation } from "./relation-source.ts";
import { RuntimeConfig } from "./runtime-config.ts";
import { type ArtifactOptions, artifactsOf, forwardedFile } from "./session-artifacts.ts";
import { SessionClient } from "./session-client.ts";
import { activeSession, SparkSessionBuilder } from "./spark-session-builder.ts";
import { SQLContext } from "./sql-context.ts";
import { refuseSurplus } from "./surplus-arguments.ts";
import { TableValuedFunction } from "./table-valued-function.ts";
import type { RowsOf, SchemaOfData } from "./typed/local-rows.ts";
import { TempViews } from "./temp-views.ts";
import { type ComposedQuery, composeQuery } from "./text/compose-query.ts";
import { formatQuery, type SqlFormats } from "./text/format-query.ts";
import { parameters, type SqlParameters } from "./text/parameter.ts";
import { viewStatement } from "./text/view-statement.ts";
import type { StructType } from "./types.ts";

export type { SqlParameters };

/** What a room above does beside a session's jobs: UDFs learn of the engine before them, and show what was printed after. */
export interface SessionExtension {
  /** Before each job; the job waits for it. */
  before?(signal: AbortSignal | undefined, client: ConnectClient): Promise<void>;
  /** After each job, also a failed one. */
  after?(): void;
  /** On a newly started engine, before the temp views are put back. */
  restore?(client: ConnectClient): Promise<void>;
}

/**
 * The entry point: reads data, runs SQL, makes DataFrames. Made by {@link SparkSession.builder}.
 * Nothing runs until an action is called; actions return promises.
 * @example
 * const spark = await SparkSession.builder.getOrCreate();
 * await spark.range(3).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/spark_session.html
 */
export class SparkSession {
  /** Chooses an engine and makes the session, or gives the one there is. */
  static get builder(): SparkSessionBuilder {
    return new SparkSessionBuilder((engine, folder, settings) => new SparkSession(engine, folder, settings));
  }

  /** What {@link SparkSession.builder} gives. */
  static readonly Builder = SparkSessionBuilder;

  /** The active session: the one that was made first and not stopped. @throws PlanError when there is none */
  static active(): SparkSession {
    const session = activeSession();
    if (session) return session;
    throw new PlanError(
      "No session is active.",
      "Make one: `const spark = await SparkSession.builder.getOrCreate()`.",
    );
  }

  /** The active session, or null when there is none. */
  static getActiveSession(): SparkSession | null {
    return activeSession() ?? null;
  }

  /** The engine that runs this session's jobs. */
  readonly engine: Engine;
  /** A folder of this session's own on this machine, removed when it ends. */
  readonly sessionFolder: string;
  /** The settings of the session. */
  readonly conf: RuntimeConfig;
  /** Tables by SQL, as Spark 1 called it; the same session. */
  readonly sqlContext: SQLContext;
  /** How calls reach the server: `spark.client.setRetryPolicies([new DefaultPolicy({ maxRetries: 3 })])`. */
  readonly client: SessionClient;
  readonly #order = new CommandOrder();
  readonly #tags = new SessionTags();
  readonly #connection: Connection;
  readonly #views: TempViews;
  readonly #explainers: ((error: unknown) => unknown)[] = [];
  readonly #extensions: SessionExtension[] = [];
  /** The session whose engine this one shares. */
  readonly #parent: SparkSession | undefined;
  /** Sessions that share this one's engine; they end with it. */
  readonly #children = new Set<SparkSession>();
  #stopping: Promise<void> | undefined;

  /** Use {@link SparkSession.builder}. */
  constructor(
    engine: Engine,
    sessionFolder: string,
    settings: ReadonlyMap<string, string>,
    parent?: SparkSession,
  ) {
    this.engine = engine;
    this.#parent = parent;
    this.#views = new TempViews(engine.name === "sail");
    this.sessionFolder = sessionFolder;
    this.conf = new RuntimeConfig(this, new Map([...(engine.settings ?? []), ...settings]));
    this.sqlContext = new SQLContext(this);
    this.#connection = new Connection(engine, {
      restore: (client) => this.#restore(client),
      viewNames: () => this.#views.names,
    });
    this.client = new SessionClient(this.#connection);
  }

  /** The plans of the temp views registered from this process. For the classes beside this one. */
  get views(): ReadonlyMap<string, Relation> {
    return this.#views.plans;
  }

  /** Whether {@link stop} was called. */
  get isStopped(): boolean {
    return this.#stopping !== undefined;
  }

  /** Tables, views, functions and databases. */
  get catalog(): Catalog {
    return new Catalog(this);
  }

  /** Functions that give tables, such as `explode`, as DataFrames. */
  get tvf(): TableValuedFunction {
    return new TableValuedFunction(this);
  }

  /** Reads files and tables. */
  get read(): DataFrameReader {
    return new DataFrameReader(this);
  }

  /** The Spark version that the engine says it is. Runs no job. */
  version(): Job<string> {
    return this.query(async (client) => {
      const { result } = await client.analyze({ case: "sparkVersion", value: {} });
      return result.case === "sparkVersion" ? result.value.version : "";
    });
  }

  /**
   * The result of SQL text. A command (`CREATE VIEW`, `INSERT`) is sent at once and done in the order of the calls;
   * a query runs when an action asks for it.
   * As a template tag, each value between is sent as a parameter; a DataFrame is a table there, and
   * {@link identifier} gives a name. Nothing that is put in can become SQL.
   * @param args values for `:name` or `?` in the text: constants, arrays, Maps, and Columns made of constants; also
   *   `{ args }`, with what `formats` has beside it, as PySpark's keywords
   * @param formats what `{name}` in the text stands for: DataFrames, columns, and values; `{{` is then `{`
   * @throws SparkError when the text can't be parsed, at the first use or at the end of the cell
   * @example spark.sql("SELECT host FROM events WHERE n > :least", { least: 10 })
   * @example spark.sql`SELECT host FROM ${df} WHERE n > ${least}`
   * @example spark.sql("SELECT host FROM {df} WHERE n > :least", { least: 10 }, { df })
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.sql.html
   */
  sql<S = any>(text: string, args?: SqlParameters | null, formats?: SqlFormats): DataFrame<S>;
  sql<S = any>(text: TemplateStringsArray, ...values: unknown[]): DataFrame<S>;
  sql(text: string | TemplateStringsArray, ...more: unknown[]): DataFrame {
    if (typeof text !== "string") {
      if (!Array.isArray(text) || !("raw" in text)) {
        throw new PlanError(
          `sql() was given ${(text as unknown) instanceof DataFrame ? "a DataFrame" : typeof text}, not text.`,
          'Pass SQL: spark.sql("SELECT 1"). What the sql tag gives is the DataFrame already: use it as it is.',
        );
      }
      return this.#composed(composeQuery(text as readonly string[], more));
    }
    if (more.length > 2) refuseSurplus("sql", 3, [text, ...more]);
    const { args, formats } = sqlArguments(text, more);
    // PySpark's keyword arguments have no place of their own here when there are no parameters.
    if (formats === undefined && hasFrame(args)) return this.#composed(formatQuery(text, args));
    if (formats === undefined) return this.#statement(text, sqlQuery(text, parameters(args)));
    const composed = formatQuery(text, formats);
    const named = parameters(args) ?? {};
    if (Array.isArray(named) && Object.keys(composed.parameters).length > 0) {
      throw new PlanError(
        "sql() was given a list for ? and values for {name}, which can't be sent together.",
        "Give the parameters by name, { least: 10 } for :least, or all of them as {name}.",
      );
    }
    if (Array.isArray(named)) return this.#composed(composed, named);
    return this.#composed({ ...composed, parameters: { ...named, ...composed.parameters } });
  }

  /** A table or view by its name. */
  table<S = any>(tableName: string): DataFrame<S> {
    return new DataFrame(this, readTable(checkText(tableName, "table(tableName)", 'spark.table("events")')));
  }

  /** Numbers from `start` (0) up to `end`, without it, in a column `id` of type bigint. */
  range(end: number): DataFrame<{ id: number }>;
  range(start: number, end: number, step?: number, numPartitions?: number): DataFrame<{ id: number }>;
  range(first: number, end?: number, step = 1, numPartitions?: number): DataFrame<{ id: number }> {
    const [from, to] = end === undefined ? [0, first] : [first, end];
    for (const value of [from, to, step]) {
      if (!Number.isSafeInteger(value) || step === 0) {
        throw argumentError("range", value, "whole numbers below 2^53, and a step that isn't 0.");
      }
    }
    if (numPartitions !== undefined && numPartitions !== null) checkPartitions("range", numPartitions);
    return new DataFrame(this, range(from, to, step, numPartitions));
  }

  /**
   * A DataFrame of data of this process, or of an RDD's records. Builds a plan, runs nothing.
   * Large data goes to the server once, with the first job; the embedded engine takes up to 128 MiB: append more in parts
   * to files and read those.
   * @param data rows as arrays (by position) or objects (by name), single values, an Arrow table or record batch,
   *   a nodejs-polars frame, or an RDD of rows
   * @param schema DDL such as "host string, n int", a {@link StructType}, a type for single values, or column names;
   *   without types they are those of the values. As a keyword argument, `{ schema }`; PySpark's others are taken too:
   *   `samplingRatio` (types are told from all rows) and `verifySchema` (values are checked as they are encoded)
   * @throws PlanError for a row that doesn't fit the schema, with its index, column and value
   * @example spark.createDataFrame([["a", 1], ["b", 2]], "host string, n int")
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.createDataFrame.html
   */
  createDataFrame<R, const D extends SchemaLike = never>(
    data: RowsOf<R> | LocalData | RelationSource,
    schema?: D | CreateOptions<D> | null,
    samplingRatio?: number | null,
    verifySchema?: boolean,
  ): DataFrame<SchemaOfData<R, D>>;
  createDataFrame(data: LocalData | RelationSource, ...args: unknown[]): DataFrame {
    const schema = schemaArgument(args);
    const { relation, prerequisites } = isRelationSource(data)
      ? data[toRelation](parseSchema(schema))
      : localData(data, schema);
    return new DataFrame(this, relation, prerequisites);
  }

  /** No rows, with the columns of a schema. */
  emptyDataFrame(schema: string | StructType): DataFrame {
    return this.createDataFrame([], schema);
  }

  /** Starts a job that asks the engine something, after the commands called before it. For the rooms above. */
  query<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    options?: JobOptions,
  ): Job<T> {
    return this.#taggedNow(work, (run) => this.#order.query(run, options));
  }

  /** Like {@link query}, for what changes something: what is called after it waits for it. */
  command<T>(work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>): Job<T> {
    return this.#taggedNow(work, (run) => this.#order.command(run));
  }

  /** Lets a room above say what an engine's error means, of every job; one it doesn't know it gives back. */
  explainErrors(explain: (error: unknown) => unknown): void {
    this.#explainers.push(explain);
  }

  /** Lets a room above take part in this session's jobs and restarts. */
  extend(extension: SessionExtension): void {
    this.#extensions.push(extension);
  }

  /** Registers a view and remembers its plan, to put it back if the engine is restarted. For {@link DataFrame}. */
  async createView(
    client: ConnectClient,
    input: Relation,
    { name, replace, isGlobal = false }: { name: string; replace: boolean; isGlobal?: boolean },
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await client.command(createView(input, name, replace, isGlobal), { signal });
    this.#views.note({ name, isGlobal }, input);
  }

  /** Removes a temp view and forgets it; gives whether there was one. For {@link Catalog}. */
  dropView(name: string, isGlobal: boolean): Job<boolean> {
    return this.command(async (client, signal) => {
      const dropped = await dropTempView(this, client, name, isGlobal, signal);
      this.#views.forget({ name, isGlobal });
      return dropped;
    });
  }

  /**
   * Stops every operation of this session that runs; they fail with `OPERATION_CANCELED`. Starts no engine.
   * @returns the ids of those it stopped
   * @example const stopped = await spark.interruptAll();
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.interruptAll.html
   */
  interruptAll(): Promise<string[]> {
    return this.client.interrupt("all", "interruptAll()");
  }

  /**
   * Stops the operations of this session that were started with a tag.
   * @returns the ids of those it stopped
   * @throws PlanError for what can't be a tag
   * @example spark.addTag("nightly"); const rows = df.collect(); await spark.interruptTag("nightly");
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.interruptTag.html
   */
  interruptTag(tag: string): Promise<string[]> {
    checkTag(tag);
    return this.client.interrupt({ tag }, `interruptTag("${tag}")`);
  }

  /**
   * Stops one operation by its id, as progress handlers are told it.
   * @returns its id if it was stopped, else nothing
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.interruptOperation.html
   */
  interruptOperation(operationId: string): Promise<string[]> {
    if (typeof operationId !== "string" || operationId === "") {
      throw new PlanError(
        `interruptOperation() was given ${operationId === "" ? "an empty text" : typeof operationId}.`,
        "Pass an operation's id, as spark.registerProgressHandler(({ operationId }) => …) is told it.",
      );
    }
    return this.client.interrupt({ operationId }, "interruptOperation()");
  }

  /**
   * Gives a tag to what is called from now on, until it is removed; {@link interruptTag} finds it by that. PySpark keeps
   * tags by thread, here they belong to the session, or to the function given to {@link withTags}.
   * @param tag without commas, not empty
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.addTag.html
   */
  addTag(tag: string): void {
    checkTag(tag);
    this.#tags.current.add(tag);
  }

  /** Takes a tag off what is called from now on; a tag that isn't there is no error. */
  removeTag(tag: string): void {
    checkTag(tag);
    this.#tags.current.delete(tag);
  }

  /** The tags that hold here, as a copy. */
  getTags(): Set<string> {
    return new Set(this.#tags.current);
  }

  /** Takes all tags off what is called from now on. */
  clearTags(): void {
    this.#tags.current.clear();
  }

  /**
   * Runs a function whose calls, also after an `await` in it, carry these tags besides those that hold; what it adds
   * and removes ends with it. Functions that run side by side don't see each other's tags.
   * @example await spark.withTags(["nightly"], async () => { await df.write.parquet(path); });
   */
  withTags<T>(tags: readonly string[], body: () => T): T {
    const example = 'spark.withTags(["nightly"], async () => { … })';
    if (!Array.isArray(tags)) throw argumentError("withTags", tags, `a list of tags: ${example}`, "tags");
    for (const tag of tags) checkTag(tag);
    if (typeof body !== "function") throw argumentError("withTags", body, `a function: ${example}`, "body");
    return this.#tags.within(tags, body);
  }

  /**
   * Calls a function with the progress of each operation of this session: stages, tasks and bytes as Spark tells them,
   * about every two seconds, rows as they arrive here, and once at the end with `done`. Sail tells no stages.
   * A handler that throws fails the operation.
   * @example spark.registerProgressHandler(({ stages, inflightTasks, done }) => console.log(stages, inflightTasks, done));
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.registerProgressHandler.html
   */
  registerProgressHandler(handler: ProgressHandler): void {
    checkHandler("registerProgressHandler", handler);
    this.#connection.progressHandlers.add(handler);
  }

  /** Takes a handler away again; one that isn't there is no error. */
  removeProgressHandler(handler: ProgressHandler): void {
    checkHandler("removeProgressHandler", handler);
    this.#connection.progressHandlers.delete(handler);
  }

  /** Takes all handlers away. */
  clearProgressHandlers(): void {
    this.#connection.progressHandlers.clear();
  }

  /**
   * A further session on the same engine, with its own temp views, functions and current database, and the settings that
   * this one was given. Its `stop()` ends it alone; it ends with this one. Starts nothing.
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.newSession.html
   */
  newSession(): SparkSession {
    return this.#sibling(randomUUID());
  }

  /**
   * A further session on the same engine that begins as a copy of this one, with its settings, temp views and functions;
   * later changes of either aren't seen by the other. For Spark 4.1 and above.
   * @param newSessionId a UUID; default: a new one
   */
  async cloneSession(newSessionId?: string): Promise<SparkSession> {
    const id =
      checkOptionalText(newSessionId, "cloneSession(newSessionId)", "spark.cloneSession()") ?? randomUUID();
    if (this.engine.name === "sail")
      throw notOnSail("copying a session; spark.newSession() gives an empty one");
    await this.command((client) =>
      client.call((service, identity) => service.cloneSession({ ...identity, newSessionId: id })),
    );
    return this.#sibling(id);
  }

  /** The id of this session on the server. Starts the engine if it doesn't run; after a restart it is another one. */
  sessionId(): Job<string> {
    return this.query((client) => Promise.resolve(client.sessionId));
  }

  /**
   * Sends files of this machine to the session: Java's jars, whose classes its functions and sources are, or, by the
   * options, Python modules, archives, and files for Python's workers. Functions in TypeScript carry what they use.
   * @example await spark.addArtifacts("lib/functions.jar");
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.addArtifacts.html
   */
  addArtifacts(...paths: (string | ArtifactOptions)[]): Job<void> {
    const options = paths.at(-1);
    const named = typeof options === "object" && options !== null ? options : {};
    const artifacts = artifactsOf((named === options ? paths.slice(0, -1) : paths) as string[], named);
    return this.#upload(artifacts);
  }

  /** Same as {@link addArtifacts}. */
  addArtifact(...paths: (string | ArtifactOptions)[]): Job<void> {
    return this.addArtifacts(...paths);
  }

  /**
   * Copies a file of this machine to the file system of the server, whose setting
   * `spark.sql.artifact.copyFromLocalToFs.allowDestLocal` must let it where that is a disk.
   * @param destPath a path from the root, without a scheme
   */
  copyFromLocalToFs(localPath: string, destPath: string): Job<void> {
    return this.#upload([forwardedFile(localPath, destPath)]);
  }

  /**
   * Ends the session and the engine that belongs to it; jobs that still run fail with `OPERATION_CANCELED`. The next
   * `getOrCreate()` makes a new one. Resolves when all of it has ended, also when it was called before.
   * @example await spark.stop();
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.stop.html
   */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  [inspect.custom](): string {
    return `SparkSession { engine: ${this.engine.title} }`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    for (const child of this.#children) await child.stop();
    await this.#connection.close({ endsEngine: !this.#parent && this.engine.isLocal });
    if (this.#parent) {
      this.#parent.#children.delete(this);
      return;
    }
    await this.engine.stop();
    removeSessionFolder(this.sessionFolder);
  }

  #sibling(id: string): SparkSession {
    const owner = this.#parent ?? this;
    const session = new SparkSession(
      new SharedEngine(owner.engine, id),
      this.sessionFolder,
      this.conf.given,
      owner,
    );
    owner.#children.add(session);
    return session;
  }

  #upload(artifacts: readonly Artifact[]): Job<void> {
    if (this.engine.name === "sail") throw notOnSail("taking files of a session (addArtifacts)");
    return this.command((client) => addArtifacts(client, artifacts));
  }

  async #withClient<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    if (this.isStopped) {
      throw new PlanError(
        "This session was stopped.",
        "Make a new one: `const spark = await SparkSession.builder.getOrCreate()`.",
      );
    }
    let client: ConnectClient | undefined;
    try {
      client = await this.#connection.client();
      for (const extension of this.#extensions) await extension.before?.(signal, client);
      return await work(client, signal);
    } catch (error) {
      const explained = await this.#connection.explain(error, client);
      throw this.#explainers.reduce((cause, explain) => explain(cause), explained);
    } finally {
      for (const extension of this.#extensions) extension.after?.();
    }
  }

  // A job has the tags that hold where it is called.
  #taggedNow<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    start: (run: (signal: AbortSignal | undefined) => Promise<T>) => Job<T>,
  ): Job<T> {
    const tags = new Set(this.#tags.current);
    const run = (signal: AbortSignal) => tagged(tags, () => this.#withClient(work, signal));
    return this.client.interruptible(tags, run, start);
  }

  async #restore(client: ConnectClient): Promise<void> {
    await this.conf.restore(client);
    // The first answer tells which start of the server this is: a job must not be sent to another one again.
    if (!client.isKnown) await client.analyze({ case: "sparkVersion", value: {} });
    for (const extension of this.#extensions) await extension.restore?.(client);
    await this.#views.restore(client);
  }

  #statement(text: string, query: Relation): DataFrame {
    const result = pendingRelation();
    const job = this.command((client, signal) => this.#send(client, text, query, result, signal));
    return new DataFrame(this, result, [{ begin: () => job }]);
  }

  // What a query reads must be there before it is sent, so the command is one of the DataFrames it is made of.
  #composed({ text, parameters: named, frames }: ComposedQuery, positional?: Expression[]): DataFrame {
    const query = sqlQuery(text, positional ?? named);
    const [first, ...others] = frames.values();
    if (!first) return this.#statement(text, query);
    if (viewStatement(text)?.does === "create") {
      throw new PlanError(
        "A view made by SQL can't read a DataFrame: its name here ends with the statement.",
        'Make the view of the result: spark.sql`SELECT …`.createOrReplaceTempView("name")',
      );
    }
    const whole = first.derive(
      () =>
        withRelations(
          query,
          [...frames].map(([name, { relation }]) => subqueryAlias(relation, name)),
        ),
      ...others,
    );
    const result = pendingRelation();
    const job = whole.command((client, signal, input) => this.#send(client, text, input, result, signal));
    return new DataFrame(this, result, [{ begin: () => job }]);
  }

  async #send(
    client: ConnectClient,
    text: string,
    query: Relation,
    result: Relation,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const command = sqlCommand(query);
    for (const { responseType } of await client.command(command, { signal })) {
      if (responseType.case === "sqlCommandResult") fill(result, responseType.value.relation!);
    }
    this.#views.noteStatement(text, command);
  }
}

/** The values for the text. `{ args }` is PySpark's keyword, where the text has no `:args`. */
function sqlArguments(
  text: string,
  [given, more]: readonly unknown[],
): { args?: SqlParameters; formats?: SqlFormats } {
  if (more !== undefined && more !== null && !isPlainObject(more)) {
    throw argumentError("sql", more, "values by name for {name} in the text: { df }", "formats");
  }
  const formats = (more ?? undefined) as SqlFormats | undefined;
  const keyword = isPlainObject(given) && !/[:{]args\b/.test(text) ? given.args : undefined;
  if (!isPlainObject(keyword) && !Array.isArray(keyword)) {
    return { args: (given ?? undefined) as SqlParameters | undefined, formats };
  }
  const { args: _, ...others } = given as Record<string, unknown>;
  const all = { ...others, ...formats } as SqlFormats;
  return { args: keyword as SqlParameters, formats: Object.keys(all).length > 0 ? all : undefined };
}

function checkHandler(method: string, handler: unknown): void {
  if (typeof handler === "function") return;
  throw new PlanError(
    `${method}() was given ${handler === null ? "null" : typeof handler}.`,
    `Pass a function: spark.${method}(${method.startsWith("register") ? "({ stages, done }) => …" : "handler"})`,
  );
}

function hasFrame(args: unknown): args is SqlFormats {
  return (
    typeof args === "object" &&
    args !== null &&
    Object.values(args).some((value) => value instanceof DataFrame)
  );
}
