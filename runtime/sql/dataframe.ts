import { inspect } from "node:util";
import { type RecordBatch, Table } from "apache-arrow";
import type { ConnectClient } from "../connect/client.ts";
import { ExplainMode, rootPlan } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { attribute, call, literal, sqlText } from "../plan/expression.ts";
import * as plan from "../plan/relation.ts";
import { rowsOf, valuesOf } from "./arrow-rows.ts";
import { checkCount } from "./check-count.ts";
import { Column } from "./column.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";
import { DataFrameWriter } from "./dataframe-writer.ts";
import { displayRows, type MimeBundle } from "./display-rows.ts";
import { GroupedData } from "./grouped-data.ts";
import { type JoinType, joinTypeOf } from "./join-type.ts";
import { type LocalFrame, localFrame } from "./local-frame.ts";
import type { Row } from "./row.ts";
import { schemaFromMessage } from "./schema-from-message.ts";
import type { SparkSession } from "./spark-session.ts";
import type { StructType } from "./types.ts";
import { explainUnresolvedColumn } from "./unresolved-column.ts";

/** The further arguments of {@link DataFrame.show} by name. */
export interface ShowOptions {
  readonly truncate?: number | boolean;
  readonly vertical?: boolean;
}

/** Something that must hold before a plan can run: a command that answers with a part of it, or files that must be there. */
export interface Prerequisite {
  /** The command; the plan's jobs fail with its failure. */
  begin?(): Promise<unknown>;
  /** Looks, after the commands before the job, and throws when the job can't run. */
  check?(client: ConnectClient): Promise<void>;
}

/**
 * A table that is computed when asked for. Immutable: each method gives a new one and runs nothing, except the
 * actions, which return a promise: `collect`, `count`, `show`, `toPandas` and the like.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/dataframe.html
 */
export class DataFrame {
  readonly sparkSession: SparkSession;
  /** The plan. */
  readonly relation: plan.Relation;
  /** What must hold before the plan can run. */
  readonly #prerequisites: readonly Prerequisite[];

  /** Use the methods of {@link SparkSession}. */
  constructor(
    sparkSession: SparkSession,
    relation: plan.Relation,
    prerequisites: readonly Prerequisite[] = [],
  ) {
    this.sparkSession = sparkSession;
    this.relation = relation;
    this.#prerequisites = prerequisites;
  }

  /** A DataFrame whose plan is made of this one's. For the classes beside this one. */
  derive(make: (input: plan.Relation) => plan.Relation, ...others: DataFrame[]): DataFrame {
    for (const other of others) {
      if (!(other instanceof DataFrame)) {
        throw new PlanError(
          `A DataFrame was expected, not ${typeof other}.`,
          "Pass one, as in df.union(other).",
        );
      }
    }
    const prerequisites = new Set([
      ...this.#prerequisites,
      ...others.flatMap((other) => other.#prerequisites),
    ]);
    return new DataFrame(this.sparkSession, make(this.relation), [...prerequisites]);
  }

  /** A column of this DataFrame, for use in its own methods and in joins. */
  col(name: string): Column {
    return new Column(attribute(name, plan.planIdOf(this.relation)));
  }

  // ---- rows and columns ----

  /** These columns; `*` is all of them. */
  select(...columns: ColumnOrName[]): DataFrame {
    return this.derive((input) => plan.project(input, columns.map(columnExpression)));
  }

  /** Columns written in SQL: `df.selectExpr("n * 2 AS twice")`. */
  selectExpr(...expressions: string[]): DataFrame {
    return this.derive((input) => plan.project(input, expressions.map(sqlText)));
  }

  /**
   * The rows for which the condition is true.
   * @param condition a Column, or SQL: `df.filter("n > 10")`
   */
  filter(condition: ColumnOrName): DataFrame {
    const expression = typeof condition === "string" ? sqlText(condition) : columnExpression(condition);
    return this.derive((input) => plan.filter(input, expression));
  }

  /** Same as {@link filter}. */
  where(condition: ColumnOrName): DataFrame {
    return this.filter(condition);
  }

  /** With one more column, or another one in place of that of the same name. */
  withColumn(name: string, column: Column): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** {@link withColumn} for several at once. */
  withColumns(columns: Readonly<Record<string, Column>>): DataFrame {
    const entries = Object.entries(columns).map(
      ([name, column]) => [name, columnExpression(column)] as const,
    );
    return this.derive((input) => plan.withColumns(input, entries));
  }

  /** With a column under another name; unchanged when there is none of that name, as in Spark. */
  withColumnRenamed(existing: string, name: string): DataFrame {
    return this.withColumnsRenamed({ [existing]: name });
  }

  /** {@link withColumnRenamed} for several at once. */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    return this.derive((input) => plan.withColumnsRenamed(input, names));
  }

  /** All columns renamed, in order. */
  toDF(...names: string[]): DataFrame {
    return this.derive((input) => plan.toDF(input, names));
  }

  /** Without these columns; names that aren't there are no error, as in Spark. */
  drop(...columns: ColumnOrName[]): DataFrame {
    const names = columns.filter((column) => typeof column === "string");
    const expressions = columns.filter((column) => typeof column !== "string").map(columnExpression);
    return this.derive((input) => plan.drop(input, expressions, names));
  }

  /** Under a name that SQL and column names can refer to: `df.alias("a")`, `col("a.host")`. */
  alias(name: string): DataFrame {
    return this.derive((input) => plan.subqueryAlias(input, name));
  }

  /** The first rows, as many as `rowCount`. */
  limit(rowCount: number): DataFrame {
    return this.derive((input) => plan.limit(input, checkCount(rowCount, "limit")));
  }

  /** Without the first rows. */
  offset(rowCount: number): DataFrame {
    return this.derive((input) => plan.offset(input, checkCount(rowCount, "offset")));
  }

  /** The rows in order. Columns sort ascending, nulls first; use `col("n").desc()` for the reverse. */
  orderBy(...columns: ColumnOrName[]): DataFrame {
    if (columns.length === 0)
      throw new PlanError("orderBy() was given no columns.", 'Name them: df.orderBy("time")');
    return this.derive((input) => plan.sort(input, columns.map(columnExpression)));
  }

  /** Same as {@link orderBy}. */
  sort(...columns: ColumnOrName[]): DataFrame {
    return this.orderBy(...columns);
  }

  /** Without rows that are equal to another. */
  distinct(): DataFrame {
    return this.dropDuplicates();
  }

  /** One row for each value of these columns; none = all of them. */
  dropDuplicates(columns: readonly string[] = []): DataFrame {
    return this.derive((input) => plan.deduplicate(input, [...columns]));
  }

  /** About `fraction` of the rows, chosen at random, the same ones for the same seed. */
  sample(fraction: number, seed?: number, withReplacement = false): DataFrame {
    if (!(fraction >= 0 && (withReplacement || fraction <= 1))) {
      throw new PlanError(`sample() was given the fraction ${fraction}.`, "Pass one from 0 to 1.");
    }
    const chosen = BigInt(seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
    return this.derive((input) => plan.sample(input, 0, fraction, withReplacement, chosen));
  }

  /** Spread over `numPartitions` partitions. */
  repartition(numPartitions: number): DataFrame {
    return this.derive((input) => plan.repartition(input, checkCount(numPartitions, "repartition"), true));
  }

  /** Gathered into at most `numPartitions` partitions, without moving rows between machines where that can be. */
  coalesce(numPartitions: number): DataFrame {
    return this.derive((input) => plan.repartition(input, checkCount(numPartitions, "coalesce"), false));
  }

  // ---- groups, joins, sets ----

  /**
   * Groups rows by key columns; call `agg` on the result. Builds a plan, runs nothing.
   * Null keys form one group, as in Spark. No keys = one group over all rows.
   * @param keys column names of this DataFrame, or Column expressions
   * @throws SparkError UNRESOLVED_COLUMN when the plan is first used, listing close names
   * @example df.groupBy("host").agg(count("*").alias("events"))
   */
  groupBy(...keys: ColumnOrName[]): GroupedData {
    return new GroupedData(this, keys);
  }

  /** Aggregates over all rows: `df.agg(max("time"))`. */
  agg(...aggregates: Column[] | [Readonly<Record<string, string>>]): DataFrame {
    return this.groupBy().agg(...aggregates);
  }

  /**
   * Rows of both sides that belong together.
   * @param on columns that both sides have, or a condition; none with `cross`
   * @param how "inner" (default), "left", "right", "outer", "semi", "anti", "cross", and Spark's longer names
   * @example events.join(hosts, "host", "left")
   */
  join(
    other: DataFrame,
    on?: string | readonly string[] | Column,
    how: JoinType = on ? "inner" : "cross",
  ): DataFrame {
    const using = typeof on === "string" ? [on] : on instanceof Column ? [] : [...(on ?? [])];
    const condition = on instanceof Column ? on.expression : undefined;
    const type = joinTypeOf(how);
    return this.derive((left) => plan.join({ left, right: other.relation, type, using, condition }), other);
  }

  /** Every row of this with every row of the other. */
  crossJoin(other: DataFrame): DataFrame {
    return this.join(other, undefined, "cross");
  }

  /** The rows of both, columns by position, duplicates kept. */
  union(other: DataFrame): DataFrame {
    return this.#set(plan.SetOpType.UNION, other, true);
  }

  /** The rows of both, columns by name. */
  unionByName(other: DataFrame, options: { allowMissingColumns?: boolean } = {}): DataFrame {
    return this.#set(plan.SetOpType.UNION, other, true, { byName: true, ...options });
  }

  /** The rows that both have, once each. */
  intersect(other: DataFrame): DataFrame {
    return this.#set(plan.SetOpType.INTERSECT, other, false);
  }

  /** The rows of this that the other doesn't have, once each. */
  subtract(other: DataFrame): DataFrame {
    return this.#set(plan.SetOpType.EXCEPT, other, false);
  }

  // ---- actions: each runs a job ----

  /** Every row, in memory of this process. */
  collect(): Job<Row[]> {
    return this.query(async (client, signal) => {
      const rows: Row[] = [];
      for await (const batch of client.batches(this.relation, { signal })) {
        for (const row of rowsOf(batch)) rows.push(row);
      }
      return rows;
    });
  }

  /** The rows one after another, without holding them all. */
  async *toLocalIterator(): AsyncGenerator<Row> {
    const client = await this.query((client) => Promise.resolve(client));
    for await (const batch of client.batches(this.relation)) yield* rowsOf(batch);
  }

  /** How many rows there are. */
  count(): Job<number> {
    const counted = this.agg(new Column(call("count", [literal(1)])).alias("count"));
    return counted.query(async (client, signal) => {
      for await (const batch of client.batches(counted.relation, { signal })) {
        if (batch.numRows > 0) return Number(valuesOf(batch.getChildAt(0)!)[0]);
      }
      throw new Error("The engine gave no count.");
    });
  }

  /** The first rows, in memory. */
  take(rowCount: number): Job<Row[]> {
    return this.limit(rowCount).collect();
  }

  /** The first row, or null when there is none. With a number: the first rows. */
  head(): Job<Row | null>;
  head(rowCount: number): Job<Row[]>;
  head(rowCount?: number): Job<Row | null> | Job<Row[]> {
    return rowCount === undefined ? this.first() : this.take(rowCount);
  }

  /** The first row, or null when there is none. */
  first(): Job<Row | null> {
    const one = this.limit(1);
    return one.query(async (client, signal) => {
      for await (const batch of client.batches(one.relation, { signal })) {
        if (batch.numRows > 0) return rowsOf(batch)[0];
      }
      return null;
    });
  }

  /** Whether there is no row. */
  isEmpty(): Job<boolean> {
    const one = this.limit(1);
    return one.query(async (client, signal) => {
      for await (const batch of client.batches(one.relation, { signal })) if (batch.numRows > 0) return false;
      return true;
    });
  }

  /**
   * Prints the first rows as a table.
   * @param rowCount how many (20)
   * @param truncate characters of a cell, or false for all of them (20)
   * @param vertical one line a value (false)
   * @example df.show(5, false)
   */
  show(rowCount = 20, truncate: number | boolean | ShowOptions = true, vertical = false): Job<void> {
    if (typeof truncate === "object") return this.show(rowCount, truncate.truncate, truncate.vertical);
    const width = typeof truncate === "number" ? checkCount(truncate, "show") : truncate ? 20 : 0;
    const text = plan.showString(this.relation, checkCount(rowCount, "show"), width, vertical);
    return this.query(async (client, signal) => {
      for await (const batch of client.batches(text, { signal })) {
        for (const line of valuesOf(batch.getChildAt(0)!)) console.log(line);
      }
    });
  }

  /** The result as an Arrow table. */
  toArrow(): Job<Table> {
    return this.query((client, signal) => arrowTable(client, this.relation, signal));
  }

  /**
   * The result as a local data frame with `head`, `describe`, `groupBy`, `pivot`, `join`: what pandas is in Python.
   * @see https://pola-rs.github.io/nodejs-polars/
   */
  toPandas(): Job<LocalFrame> {
    return this.query(async (client, signal) => {
      return localFrame(await arrowTable(client, this.relation, signal));
    });
  }

  /** The schema. Asks the engine; runs no job. */
  schema(): Job<StructType> {
    return this.query((client) => this.#schema(client));
  }

  /** The names of the columns. Asks the engine; runs no job. */
  columns(): Job<string[]> {
    return this.query(async (client) => (await this.#schema(client)).names);
  }

  /** The names and types of the columns. Asks the engine; runs no job. */
  dtypes(): Job<[name: string, type: string][]> {
    return this.query(async (client) =>
      (await this.#schema(client)).fields.map((field) => [field.name, field.dataType.simpleString]),
    );
  }

  /** Prints the schema as a tree. */
  printSchema(): Job<void> {
    return this.query(async (client) => {
      const { result } = await client.analyze({
        case: "treeString",
        value: { plan: rootPlan(this.relation) },
      });
      if (result.case === "treeString") console.log(result.value.treeString);
    });
  }

  /** Prints how the engine would run it; with `true`, the logical plans too. */
  explain(extended = false): Job<void> {
    const explainMode = extended ? ExplainMode.EXTENDED : ExplainMode.SIMPLE;
    return this.query(async (client) => {
      const value = { plan: rootPlan(this.relation), explainMode };
      const { result } = await client.analyze({ case: "explain", value });
      if (result.case === "explain") console.log(result.value.explainString);
    });
  }

  /** Writes it to files or a table. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this);
  }

  /** Makes it known to SQL under a name, for this session; replaces a view of that name. */
  createOrReplaceTempView(name: string): Job<void> {
    return this.#createView(name, true);
  }

  /** Same as {@link createOrReplaceTempView}, as Spark 1 called it. */
  registerTempTable(name: string): Job<void> {
    return this.createOrReplaceTempView(name);
  }

  /** Makes it known to SQL under a name that must be free. */
  createTempView(name: string): Job<void> {
    return this.#createView(name, false);
  }

  /** The first rows as a table under the cell, with a note of what was left out. */
  [Symbol.for("Jupyter.display")](): Promise<MimeBundle> {
    const shown = 20;
    const some = this.limit(shown + 1);
    return some.query(async (client, signal) => {
      const table = await arrowTable(client, some.relation, signal);
      return displayRows(table, shown);
    });
  }

  /** Inside other values it is one word; by itself a notebook shows its rows. */
  [inspect.custom](): string {
    return "DataFrame {}";
  }

  /** Starts a job that asks about this plan, once its prerequisites hold. For the classes beside this one. */
  query<T>(work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>): Job<T> {
    const ready = this.#ready();
    return this.sparkSession.query((client, signal) =>
      this.#explained(client, ready, () => work(client, signal)),
    );
  }

  /** Like {@link query}, for what changes something. */
  command<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined, input: plan.Relation) => Promise<T>,
  ): Job<T> {
    const ready = this.#ready();
    return this.sparkSession.command((client, signal) =>
      this.#explained(client, ready, () => work(client, signal, this.relation)),
    );
  }

  // Commands that this plan needs are handled here, at the call: their failure is this job's, told once.
  #ready(): (client: ConnectClient) => Promise<void> {
    const started = this.#prerequisites.map((prerequisite) => prerequisite.begin?.());
    for (const job of started) job?.catch(() => {});
    return async (client) => {
      for (const job of started) await job;
      for (const prerequisite of this.#prerequisites) await prerequisite.check?.(client);
    };
  }

  async #explained<T>(
    client: ConnectClient,
    ready: (client: ConnectClient) => Promise<void>,
    work: () => Promise<T>,
  ): Promise<T> {
    await ready(client);
    try {
      return await work();
    } catch (error) {
      throw await explainUnresolvedColumn(client, this.relation, error);
    }
  }

  async #schema(client: ConnectClient): Promise<StructType> {
    return schemaFromMessage(await client.schema(this.relation));
  }

  #createView(name: string, replace: boolean): Job<void> {
    if (typeof name !== "string" || name === "") {
      throw new PlanError("The view has no name.", 'Pass one: df.createOrReplaceTempView("events")');
    }
    return this.command((client, signal, input) =>
      this.sparkSession.createView(client, input, { name, replace }, signal),
    );
  }

  #set(
    type: plan.SetOpType,
    other: DataFrame,
    isAll: boolean,
    options: { byName?: boolean; allowMissingColumns?: boolean } = {},
  ): DataFrame {
    return this.derive(
      (left) => plan.setOperation({ left, right: other.relation, type, isAll, ...options }),
      other,
    );
  }
}

async function arrowTable(
  client: ConnectClient,
  relation: plan.Relation,
  signal?: AbortSignal,
): Promise<Table> {
  const batches: RecordBatch[] = [];
  for await (const batch of client.batches(relation, { signal })) batches.push(batch);
  return new Table(batches);
}
