import { inspect } from "node:util";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { Engine } from "../engines/engine.ts";
import { removeSessionFolder } from "../engines/session-folder.ts";
import type { Job } from "../jobs/index.ts";
import { createView, sqlCommand } from "../plan/command.ts";
import { type Expression, literal } from "../plan/expression.ts";
import { fill, pendingRelation, range, readTable, type Relation, sqlQuery } from "../plan/relation.ts";
import { Column } from "./column.ts";
import { CommandOrder } from "./command-order.ts";
import { Connection } from "./connection.ts";
import { DataFrame } from "./dataframe.ts";
import { DataFrameReader } from "./dataframe-reader.ts";
import { localRows, type LocalRow } from "./local-rows.ts";
import { parseDDL } from "./parse-ddl.ts";
import { isRelationSource, type RelationSource, toRelation } from "./relation-source.ts";
import { RuntimeConfig } from "./runtime-config.ts";
import { SparkSessionBuilder } from "./spark-session-builder.ts";
import { SQLContext } from "./sql-context.ts";
import { StructType } from "./types.ts";

/** Values for the parameters of SQL text: by name for `:name`, in a list for `?`. Sent beside the text, never pasted into it. */
export type SqlParameters = Readonly<Record<string, unknown>> | readonly unknown[];

/** What a room above does beside a session's jobs: UDFs learn of the engine before them, and show what was printed after. */
export interface SessionExtension {
  /** Before each job; the job waits for it. */
  before?(): Promise<void>;
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

  /** The engine that runs this session's jobs. */
  readonly engine: Engine;
  /** A folder of this session's own on this machine, removed when it ends. */
  readonly sessionFolder: string;
  /** The settings of the session. */
  readonly conf: RuntimeConfig;
  /** Tables by SQL, as Spark 1 called it; the same session. */
  readonly sqlContext: SQLContext;
  readonly #order = new CommandOrder();
  readonly #connection: Connection;
  readonly #views = new Map<string, Relation>();
  readonly #explainers: ((error: unknown) => unknown)[] = [];
  readonly #extensions: SessionExtension[] = [];
  #isStopped = false;

  /** Use {@link SparkSession.builder}. */
  constructor(engine: Engine, sessionFolder: string, settings: ReadonlyMap<string, string>) {
    this.engine = engine;
    this.sessionFolder = sessionFolder;
    this.conf = new RuntimeConfig(this, new Map([...(engine.settings ?? []), ...settings]));
    this.sqlContext = new SQLContext(this);
    this.#connection = new Connection(engine, (client) => this.#restore(client));
  }

  /** The plans of the temp views registered from this process. For the classes beside this one. */
  get views(): ReadonlyMap<string, Relation> {
    return this.#views;
  }

  get isStopped(): boolean {
    return this.#isStopped;
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
   * @param args values for `:name` or `?` in the text
   * @throws SparkError when the text can't be parsed, at the first use or at the end of the cell
   * @example spark.sql("SELECT host FROM events WHERE n > :least", { least: 10 })
   */
  sql(text: string, args?: SqlParameters): DataFrame {
    if (typeof text !== "string") {
      throw new PlanError(`sql() was given ${typeof text}, not text.`, 'Pass SQL: spark.sql("SELECT 1")');
    }
    const result = pendingRelation();
    const command = sqlCommand(sqlQuery(text, parameters(args)));
    const job = this.command(async (client, signal) => {
      for (const { responseType } of await client.command(command, { signal })) {
        if (responseType.case === "sqlCommandResult") fill(result, responseType.value.relation!);
      }
    });
    return new DataFrame(this, result, [{ begin: () => job }]);
  }

  /** A table or view by its name. */
  table(name: string): DataFrame {
    return new DataFrame(this, readTable(name));
  }

  /** Numbers from `start` (0) up to `end`, without it, in a column `id` of type bigint. */
  range(end: number): DataFrame;
  range(start: number, end: number, step?: number, numPartitions?: number): DataFrame;
  range(first: number, end?: number, step = 1, numPartitions?: number): DataFrame {
    const [from, to] = end === undefined ? [0, first] : [first, end];
    for (const value of [from, to, step]) {
      if (!Number.isSafeInteger(value) || step === 0) {
        throw new PlanError(`range() was given ${value}.`, "Pass whole numbers, and a step that isn't 0.");
      }
    }
    return new DataFrame(this, range(from, to, step, numPartitions));
  }

  /**
   * A DataFrame of rows of this process, or of an RDD's records. Builds a plan, runs nothing.
   * @param data rows as arrays (by position) or objects (by name), or an RDD of such
   * @param schema DDL such as "host string, n int", or a {@link StructType}; for rows also column names, or nothing,
   *   and then the types are those of the values
   * @throws PlanError for a row that doesn't fit the schema, with its index, column and value
   * @example spark.createDataFrame([["a", 1], ["b", 2]], "host string, n int")
   */
  createDataFrame(
    data: readonly LocalRow[] | RelationSource,
    schema?: string | StructType | readonly string[],
  ): DataFrame {
    if (isRelationSource(data)) {
      if (typeof schema !== "string" && !(schema instanceof StructType)) {
        throw new PlanError(
          "createDataFrame() of an RDD needs a schema with types.",
          'Pass DDL: createDataFrame(rdd, "host string, n int")',
        );
      }
      return new DataFrame(this, data[toRelation](typeof schema === "string" ? parseDDL(schema) : schema));
    }
    if (!Array.isArray(data)) {
      throw new PlanError(
        `createDataFrame() was given ${data === null ? "null" : typeof data}.`,
        "Pass an array of rows, or an RDD.",
      );
    }
    return new DataFrame(this, localRows(data, typeof schema === "string" ? parseDDL(schema) : schema));
  }

  /** Starts a job that asks the engine something, after the commands called before it. For the rooms above. */
  query<T>(work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>): Job<T> {
    return this.#order.query((signal) => this.#withClient(work, signal));
  }

  /** Like {@link query}, for what changes something: what is called after it waits for it. */
  command<T>(work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>): Job<T> {
    return this.#order.command((signal) => this.#withClient(work, signal));
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
    { name, replace }: { name: string; replace: boolean },
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await client.command(createView(input, name, replace, false), { signal });
    this.#views.set(name, input);
  }

  /** Stops every job of this session. */
  interruptAll(): Promise<string[]> {
    return this.#connection.client().then((client) => client.interrupt());
  }

  /** Ends the session and the engine that belongs to it. The next `getOrCreate()` makes a new one. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.#connection.close();
    await this.engine.stop();
    removeSessionFolder(this.sessionFolder);
  }

  [inspect.custom](): string {
    return `SparkSession { engine: ${this.engine.title} }`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #withClient<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    if (this.#isStopped) {
      throw new PlanError(
        "This session was stopped.",
        "Make a new one: `const spark = await SparkSession.builder.getOrCreate()`.",
      );
    }
    let client: ConnectClient | undefined;
    try {
      client = await this.#connection.client();
      for (const extension of this.#extensions) await extension.before?.();
      return await work(client, signal);
    } catch (error) {
      const explained = await this.#connection.explain(error, client);
      throw this.#explainers.reduce((cause, explain) => explain(cause), explained);
    } finally {
      for (const extension of this.#extensions) extension.after?.();
    }
  }

  async #restore(client: ConnectClient): Promise<void> {
    await this.conf.restore(client);
    for (const extension of this.#extensions) await extension.restore?.(client);
    for (const [name, input] of this.#views) await client.command(createView(input, name, true, false));
  }
}

function parameters(args: SqlParameters | undefined): Record<string, Expression> | Expression[] | undefined {
  const expression = (value: unknown) => (value instanceof Column ? value.expression : literal(value));
  if (args === undefined || Array.isArray(args)) return args?.map(expression);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, expression(value)]));
}
