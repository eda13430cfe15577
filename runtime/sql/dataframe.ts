// Long, because it is the facade of the room: each method is a few lines and says what it does.
import { inspect } from "node:util";
import { type RecordBatch, Table } from "apache-arrow";
import type { ConnectClient } from "../connect/client.ts";
import { rootPlan } from "../connect/client.ts";
import { type ExecutionListener, withListener } from "../connect/execution-listener.ts";
import type { Job } from "../jobs/index.ts";
import { attribute, call, columnsLike, literal, sqlText, star } from "../plan/expression.ts";
import * as plan from "../plan/relation.ts";
import { lateralJoin, nearestByJoin } from "../plan/relation-join.ts";
import * as shape from "../plan/relation-shape.ts";
import * as stat from "../plan/relation-stat.ts";
import { subquery, SubqueryType } from "../plan/subquery.ts";
import { type ReadOptions, rowsOf, valuesOf } from "./arrow-rows.ts";
import { checkpointed, checkpointOptions, levelOf, persisted, unpersisted } from "./cache/persist.ts";
import { checkCount } from "./check-count.ts";
import { nameArguments, textArgument } from "./text-argument.ts";
import { Column } from "./column.ts";
import { columnList, columnsAndOrdinals } from "./column-list.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";
import type { JobOptions } from "./command-order.ts";
import { DataFrameWriter } from "./dataframe-writer.ts";
import { displayRows, type MimeBundle } from "./display-rows.ts";
import {
  type AnalyzeAnswer,
  type AnalyzeCase,
  analyzed,
  type AnalyzeQuestion,
  treeLevel,
} from "./frame/analyze.ts";
import { type ExecutionInfo, noInfo, withAnswer } from "./execution-info.ts";
import { checkFrame, flag, transformed } from "./frame/check-frame.ts";
import {
  allNames,
  dropped,
  duplicateKeys,
  frameColumn,
  groupingSetsOf,
  namedColumn,
  namedColumns,
  renaming,
  renamings,
  sqlTexts,
} from "./frame/columns.ts";
import { explainMode } from "./frame/explain-mode.ts";
import { firstValue } from "./frame/first-value.ts";
import { joinArguments, lateralArguments, nearestArguments } from "./frame/join-arguments.ts";
import { filled, replaced, withoutMissing } from "./frame/missing-values.ts";
import { observed } from "./frame/observed.ts";
import { crosstabOnSail, inOrderOnSail, namedOnSail, pairOnSail, placeOnSail } from "./frame/on-sail.ts";
import { checkPartitions, idPartitioned, rangePartitioned, repartitioned } from "./frame/partitioning.ts";
import { sampleOf, splitsOf } from "./frame/random-samples.ts";
import { conformed, hinted, unpivoted, withMetadata } from "./frame/reshaping.ts";
import type {
  DropnaArguments,
  ExplainArguments,
  FillValue,
  JoinOn,
  GroupKey,
  JoinOnArguments,
  LateralOnArguments,
  SampleOptions,
  ShowArguments,
  SortDirections,
  Subset,
  UnpivotArguments,
  UnpivotOptions,
} from "./frame/signatures.ts";
import { shownAs } from "./frame/shown-as.ts";
import { verticalOnSail } from "./frame/vertical-on-sail.ts";
import { sortOrders } from "./frame/sort-orders.ts";
import {
  columnPair,
  correlationMethod,
  frequentItems,
  quantilesOf,
  strataSample,
} from "./frame/statistics.ts";
import { GroupedData } from "./grouped-data.ts";
import { handedOver } from "./handed-over.ts";
import { DataFrameWriterV2 } from "./io/dataframe-writer-v2.ts";
import { MergeIntoWriter } from "./io/merge-into-writer.ts";
import type { JoinType } from "./join-type.ts";
import { type LocalFrame, localFrame } from "./local-frame.ts";
import { DataFrameNaFunctions } from "./na-functions.ts";
import type { Observation } from "./observation.ts";
import { type Prerequisite, prerequisitesBeside, rememberPrerequisites } from "./prerequisite.ts";
import type { Row } from "./row.ts";
import { schemaFromMessage } from "./schema-from-message.ts";
import type { SparkSession } from "./spark-session.ts";
import { DataFrameStatFunctions } from "./stat-functions.ts";
import { checkStorageLevel, StorageLevel } from "./storage-level.ts";
import { TableArg } from "./table-arg.ts";
import type { StructType } from "./types.ts";
import type {
  Aggregated,
  Described,
  Dropped,
  Filled,
  Joined,
  JoinHow,
  JoinUsing,
  Nulls,
  Relabelled,
  Renamed,
  United,
  UnitedByName,
  Unpivoted,
  WithColumn,
  WithColumns,
} from "./typed/combine.ts";
import type { SchemaOf } from "./typed/ddl.ts";
import type {
  ColumnProperties,
  Columns,
  FrameColumn,
  Given,
  GivenName,
  Listed,
  Names,
  OneColumn,
  OneName,
  Overlay,
} from "./typed/schema.ts";
import type { Select } from "./typed/select.ts";
import { resolveUnknownProperties } from "./unknown-properties.ts";
import { explainUnresolvedColumn, isUnresolvedColumn } from "./unresolved-column.ts";

declare const schemaOf: unique symbol;

/** What a DataFrame is to the methods of another. Small, because the compiler looks at every member to infer S. */
export interface FrameLike<out S = any> {
  readonly [schemaOf]: S;
  readonly sparkSession: SparkSession;
  readonly relation: plan.Relation;
}

/**
 * A table that is computed when asked for. Immutable: each method gives a new one and runs nothing, except the
 * actions, which return a promise: `collect`, `count`, `show`, `toPandas` and the like.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/dataframe.html
 */
export class Frame<out S = any> {
  static {
    Object.defineProperty(this, "name", { value: "DataFrame" });
  }

  // `out S`: a DataFrame with more columns does where fewer are asked for. A method that breaks this is an error above.
  /** For types only; nothing is there. */
  declare readonly [schemaOf]: S;
  /** All columns of this frame, in a select beside those of others: `a.join(b, "id").select(a["*"], b.name)`. */
  declare readonly "*": Column;
  readonly sparkSession: SparkSession;
  /** The plan. */
  readonly relation: plan.Relation;
  /** What must hold before the plan can run. */
  readonly #prerequisites: Prerequisite[];
  #executionInfo: ExecutionInfo | undefined;

  /** Use the methods of {@link SparkSession}. */
  constructor(
    sparkSession: SparkSession,
    relation: plan.Relation,
    prerequisites: readonly Prerequisite[] = [],
  ) {
    this.sparkSession = sparkSession;
    this.relation = relation;
    this.#prerequisites = [...prerequisites];
    rememberPrerequisites(relation, this.#prerequisites);
  }

  /** A DataFrame whose plan is made of this one's. For the classes beside this one. */
  derive<T = any>(make: (input: plan.Relation) => plan.Relation, ...others: FrameLike[]): DataFrame<T> {
    for (const other of others) checkFrame(other, this.sparkSession);
    const relation = make(this.relation);
    const prerequisites = new Set([
      ...this.#prerequisites,
      ...others.flatMap((other) => (other as Frame).#prerequisites),
      ...prerequisitesBeside(relation),
    ]);
    return new DataFrame(this.sparkSession, relation, [...prerequisites]);
  }

  /** Like {@link derive}, for a plan that depends on the schema: it is made when a job first needs it. */
  deriveKnowing<T = any>(make: (input: plan.Relation, schema: StructType) => plan.Relation): DataFrame<T> {
    const pending = plan.pendingRelation();
    const check = async (client: ConnectClient) => {
      if (pending.relType.case === undefined)
        plan.fill(pending, make(this.relation, await this.#schema(client)));
    };
    return new DataFrame(this.sparkSession, pending, [...this.#prerequisites, { check }]);
  }

  /**
   * A column of this DataFrame, for use in its own methods and in joins; `df.host` and `df["host"]` are the same where
   * no method has the name.
   * @param name as in SQL: `host`, `person.name`, `` `a.b` `` for a name with a dot, `*` for all columns
   * @example df.filter(df.col("count").gt(1))
   */
  col<const N extends GivenName<S>>(name: OneName<S, N>): FrameColumn<S, N> {
    return new Column(
      frameColumn(textArgument("col", name as string, 'a name: df.col("host")'), this.relation),
    ) as FrameColumn<S, N>;
  }

  /**
   * The columns whose names match a regular expression of Java, in backquotes.
   * @example df.select(df.colRegex("`(bytes|packets)_.*`"))
   */
  colRegex(colName: string): Column {
    const pattern = textArgument("colRegex", colName, 'a pattern in backquotes: df.colRegex("`n.*`")');
    return new Column(columnsLike(pattern, plan.planIdOf(this.relation)));
  }

  /** A column that the source has beside its own, such as `_metadata` of files, also where a column has that name. */
  metadataColumn(colName: string): Column {
    const name = textArgument("metadataColumn", colName, 'a name: df.metadataColumn("_metadata")');
    return new Column(attribute(name, plan.planIdOf(this.relation), true));
  }

  // ---- rows and columns ----

  /**
   * These columns; `*` is all of them.
   * @example df.select("host", col("bytes").divide(1024).alias("kib"))
   */
  select<const C extends readonly (Given<S> | readonly Given<S>[])[]>(
    ...columns: Columns<S, C>
  ): DataFrame<Select<S, Listed<C>>> {
    const expressions = columnList("select", columns);
    return this.derive((input) => plan.project(input, expressions));
  }

  /** Columns written in SQL: `df.selectExpr("n * 2 AS twice")`. */
  selectExpr(...expressions: string[] | [readonly string[]]): DataFrame {
    const texts = sqlTexts("selectExpr", expressions);
    return this.derive((input) => plan.project(input, texts));
  }

  /**
   * The rows for which the condition is true.
   * @param condition a Column, or SQL: `df.filter("n > 10")`
   */
  filter(condition: ColumnOrName): DataFrame<S> {
    const expression = typeof condition === "string" ? sqlText(condition) : columnExpression(condition);
    return this.derive((input) => plan.filter(input, expression));
  }

  /** Same as {@link filter}. */
  where(condition: ColumnOrName): DataFrame<S> {
    return this.filter(condition);
  }

  /**
   * With one more column, or another one in place of that of the same name.
   * @example df.withColumn("kib", col("bytes").divide(1024))
   */
  withColumn<const N extends string, C extends Column>(name: N, column: C): DataFrame<WithColumn<S, N, C>> {
    const added = namedColumn("withColumn", name, column);
    return this.derive((input) => plan.withColumns(input, [added]));
  }

  /** {@link withColumn} for several at once: `df.withColumns({ kib: col("bytes").divide(1024) })`. */
  withColumns<const M extends Readonly<Record<string, Column>>>(columns: M): DataFrame<WithColumns<S, M>> {
    const added = namedColumns("withColumns", columns);
    return this.derive((input) => plan.withColumns(input, added));
  }

  /** With a column under another name; unchanged when there is none of that name, as in Spark. */
  withColumnRenamed<const A extends GivenName<S>, const B extends string>(
    existing: A,
    name: B,
  ): DataFrame<Renamed<S, { [K in A]: B }>> {
    const renamed = [renaming("withColumnRenamed", existing, name)];
    return this.derive((input) => plan.withColumnsRenamed(input, renamed));
  }

  /** {@link withColumnRenamed} for several at once: `df.withColumnsRenamed({ old: "new" })`. */
  withColumnsRenamed<const M extends Readonly<Record<string, string>>>(names: M): DataFrame<Renamed<S, M>> {
    const renamed = renamings("withColumnsRenamed", names);
    return this.derive((input) => plan.withColumnsRenamed(input, renamed));
  }

  /**
   * With something noted of a column, which schemas then carry.
   * @param metadata an object of plain values
   * @example df.withMetadata("bytes", { unit: "B" })
   */
  withMetadata<const N extends GivenName<S>>(
    columnName: OneName<S, N>,
    metadata: Readonly<Record<string, unknown>>,
  ): DataFrame<S> {
    return this.derive(withMetadata(columnName, this.col(columnName).expression, metadata));
  }

  /** All columns renamed, in order. */
  toDF<const N extends readonly string[]>(...names: N): DataFrame<Relabelled<S, N>> {
    const checked = allNames("toDF", names);
    return this.derive((input) => plan.toDF(input, checked));
  }

  /**
   * The columns of a schema, by name: in its order, cast to its types where nothing is lost, nulls for those that are
   * missing and may be null.
   * @param schema a StructType, or DDL: "host string, n bigint"
   */
  to<const D extends StructType | string>(schema: D): DataFrame<SchemaOf<D>> {
    return this.derive(conformed(schema));
  }

  /** Without these columns; names that aren't there are no error, as in Spark. */
  drop<const C extends readonly Given<S>[]>(...columns: C): DataFrame<Dropped<S, C>> {
    const { names, expressions } = dropped(columns);
    return this.derive((input) => plan.drop(input, expressions, names));
  }

  /** With each row's place in the whole, from 0, in a last column. Numbers the rows partition by partition, as they are. */
  zipWithIndex<const N extends string = "index">(
    indexColName: N = "index" as N,
  ): DataFrame<Overlay<S, { [K in N]: number }>> {
    const name = textArgument("zipWithIndex", indexColName, 'a name: df.zipWithIndex("index")');
    const place = this.#isOnSail ? placeOnSail() : call("distributed_sequence_id", []);
    const index = new Column(place).alias(name);
    return this.derive((input) => plan.project(input, [star(), index.expression]));
  }

  /**
   * What a function makes of this DataFrame, for chains.
   * @example events.transform(onlyErrors).transform(since, "2024-01-01")
   */
  transform<A extends unknown[], R extends Frame>(f: (df: DataFrame<S>, ...args: A) => R, ...args: A): R {
    return transformed(this, f as never, args) as unknown as R;
  }

  /** Under a name that SQL and column names can refer to: `df.alias("a")`, `col("a.host")`. */
  alias(name: string): DataFrame<S> {
    const checked = textArgument("alias", name, 'a name: df.alias("a")');
    return this.derive((input) => plan.subqueryAlias(input, checked));
  }

  /** The first rows, as many as `rowCount`. */
  limit(rowCount: number): DataFrame<S> {
    return this.derive((input) => plan.limit(input, checkCount(rowCount, "limit")));
  }

  /** Without the first rows. */
  offset(rowCount: number): DataFrame<S> {
    return this.derive((input) => plan.offset(input, checkCount(rowCount, "offset")));
  }

  /**
   * The rows in order. Columns sort ascending, nulls first; use `col("n").desc()` for the reverse.
   * @param columns names, Columns, or places from 1, below 0 for descending; last, `{ ascending }`: a boolean, or one
   *   for each column
   * @example df.orderBy("host", col("time").desc())
   * @example df.orderBy("host", "time", { ascending: [true, false] })
   */
  orderBy<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[] | SortDirections)[]>(
    ...columns: Columns<S, C>
  ): DataFrame<S> {
    return this.#sort("orderBy", columns, true);
  }

  /** Same as {@link orderBy}. */
  sort<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[] | SortDirections)[]>(
    ...columns: Columns<S, C>
  ): DataFrame<S> {
    return this.#sort("sort", columns, true);
  }

  /** The rows in order within each partition. */
  sortWithinPartitions<
    const C extends readonly (Given<S> | number | readonly (Given<S> | number)[] | SortDirections)[],
  >(...columns: Columns<S, C>): DataFrame<S> {
    return this.#sort("sortWithinPartitions", columns, false);
  }

  /** Without rows that are equal to another. */
  distinct(): DataFrame<S> {
    return this.dropDuplicates();
  }

  /** One row for each combination of values in these columns; of all columns when none are given. */
  dropDuplicates<const N extends readonly GivenName<S>[]>(subset?: Names<S, N>): DataFrame<S> {
    const names = duplicateKeys("dropDuplicates", subset);
    return this.derive((input) => plan.deduplicate(input, names));
  }

  /** Like {@link dropDuplicates}, for a stream with a watermark: looks as far back as it. */
  dropDuplicatesWithinWatermark<const N extends readonly GivenName<S>[]>(subset?: Names<S, N>): DataFrame<S> {
    const names = duplicateKeys("dropDuplicatesWithinWatermark", subset);
    return this.derive((input) => plan.deduplicate(input, names, true));
  }

  /**
   * Says how late rows of a stream may be.
   * @param eventTime the name of the column with the time
   * @param delayThreshold an interval, such as "10 minutes"
   */
  withWatermark<const N extends GivenName<S>>(
    eventTime: OneName<S, N>,
    delayThreshold: string,
  ): DataFrame<S> {
    const example = 'df.withWatermark("time", "10 minutes")';
    const time = textArgument("withWatermark", eventTime, `a column's name: ${example}`, "eventTime");
    const delay = textArgument("withWatermark", delayThreshold, `an interval: ${example}`, "delayThreshold");
    return this.derive((input) => shape.withWatermark(input, time, delay));
  }

  /**
   * About `fraction` of the rows, chosen at random, the same ones for the same seed.
   * @param withReplacement whether a row may be chosen again (false)
   * @param fraction the share of the rows, 0 to 1; with replacement how often a row comes on average
   * @param seed a whole number; chosen at random by default
   * @example df.sample(0.1, 42)
   */
  sample(fraction: number, seed?: number): DataFrame<S>;
  sample(withReplacement: boolean, fraction: number, seed?: number): DataFrame<S>;
  sample(options: SampleOptions): DataFrame<S>;
  sample(...args: unknown[]): DataFrame<S> {
    const chosen = sampleOf(args);
    return this.derive((input) => plan.sample({ input, ...chosen }));
  }

  /**
   * Samples without replacement, with a share of its own for each value of a column; values not named have none.
   * @param fractions shares by value; a Map where the values aren't text
   * @example df.sampleBy("level", { error: 1, info: 0.01 }, 42)
   */
  sampleBy<const C extends Given<S>>(
    col: OneColumn<S, C>,
    fractions: Readonly<Record<string, number>> | ReadonlyMap<unknown, number>,
    seed?: number | { readonly seed?: number },
  ): DataFrame<S> {
    return this.derive(strataSample(col as ColumnOrName, fractions, seed));
  }

  /**
   * The rows in several parts, by chance, about as large as the weights say.
   * @param weights numbers from 0 up; their sum counts as all rows
   * @example const [train, test] = df.randomSplit([0.8, 0.2], 42)
   */
  randomSplit(weights: readonly number[], seed?: number): DataFrame<S>[] {
    return splitsOf(weights, seed).map((part) => this.derive((input) => plan.sample({ input, ...part })));
  }

  /**
   * Spread anew over partitions: evenly, or rows with equal values of columns together.
   * @param args a number of partitions, columns, or a number and then columns
   * @example df.repartition(8, "host")
   */
  repartition<const C extends readonly (Given<S> | number)[]>(...args: Columns<S, C>): DataFrame<S> {
    return this.derive(repartitioned(args));
  }

  /** Like {@link repartition} by columns, with neighbouring values together: each partition holds a range of them. */
  repartitionByRange<const C extends readonly (Given<S> | number)[]>(...args: Columns<S, C>): DataFrame<S> {
    return this.derive(rangePartitioned(args));
  }

  /** Spread over partitions that a column of whole numbers names, from 0; it counts modulo `numPartitions`. */
  repartitionById<const C extends Given<S>>(
    numPartitions: number,
    partitionIdCol: OneColumn<S, C>,
  ): DataFrame<S> {
    return this.derive(idPartitioned(numPartitions, partitionIdCol as ColumnOrName));
  }

  /** Gathered into at most `numPartitions` partitions, without moving rows between machines where that can be. */
  coalesce(numPartitions: number): DataFrame<S> {
    const count = checkPartitions("coalesce", numPartitions);
    return this.derive((input) => plan.repartition(input, count, false));
  }

  /**
   * Tells the optimizer something: `df.hint("broadcast")`. Hints that an engine doesn't know change nothing.
   * @param parameters text, numbers, Columns, or one array of such
   * @see https://spark.apache.org/docs/latest/sql-ref-syntax-qry-select-hints.html
   */
  hint(name: string, ...parameters: unknown[]): DataFrame<S> {
    return this.derive(hinted(name, parameters));
  }

  // ---- missing values, statistics, shape ----

  /** What to do with missing values: `df.na.fill(0)`, `df.na.drop()`, `df.na.replace("", "none")`. */
  get na(): DataFrameNaFunctions<S> {
    return new DataFrameNaFunctions(this);
  }

  /** Statistics of columns: `await df.stat.corr("a", "b")`. */
  get stat(): DataFrameStatFunctions<S> {
    return new DataFrameStatFunctions(this);
  }

  /**
   * With a value in place of nulls and NaN, in the columns whose type it fits.
   * @param value text, a number or a boolean; or an object of such by column
   * @param subset the columns; all by default
   * @example df.fillna({ host: "unknown", bytes: 0 })
   */
  fillna<
    const V extends FillValue | { readonly [K in keyof S & string]?: FillValue },
    const N extends GivenName<S> = keyof S & string,
  >(value: V, subset?: Subset<OneName<S, N>>): DataFrame<Filled<S, V, N>> {
    return this.derive(filled(subset === undefined ? [value] : [value, subset], this.#isOnSail));
  }

  /**
   * Without rows that lack values: null or NaN.
   * @param how "any" (default): one missing value is enough; "all": only rows without any value
   * @param thresh instead of `how`: rows with fewer values than this
   * @param subset the columns that count; all by default
   * @example df.dropna("all", { subset: ["host", "port"] })
   */
  dropna<const N extends GivenName<S>>(...args: DropnaArguments<OneName<S, N>>): DataFrame<S> {
    return this.derive(withoutMissing(args as DropnaArguments, this.#isOnSail));
  }

  /**
   * With some values replaced by others, all of one kind: text, numbers or booleans; null may come in place of any.
   * @param toReplace a value, an array of them, or values by those they replace: an object, or a Map where they aren't text
   * @param value the value for all, or an array as long as `toReplace`
   * @param subset the columns; all of the values' type by default
   * @example df.replace(["n/a", "-"], null, ["host"])
   */
  replace(toReplace: unknown, ...rest: unknown[]): DataFrame<Nulls<S>> {
    return this.derive(replaced([toReplace, ...rest], this.#isOnSail));
  }

  /** Count, mean, standard deviation, least and greatest value of columns, one row each, as text; of all by default. */
  describe<const N extends readonly (GivenName<S> | readonly GivenName<S>[])[]>(
    ...columns: Columns<S, N>
  ): DataFrame<Described<S, Listed<N>>> {
    const names = nameArguments(
      "describe",
      (columns as unknown as unknown[]).flat(),
      'names of columns: df.describe("n")',
    );
    if (!this.#isOnSail) return this.derive((input) => stat.describe(input, names));
    return this.derive((input) => inOrderOnSail(namedOnSail(input, names, stat.describe), "describe"));
  }

  /**
   * Like {@link describe} for all columns, with quartiles, or with these statistics: count, mean, stddev, min, max,
   * count_distinct, approx_count_distinct, percentages such as "75%".
   */
  summary(...statistics: string[]): DataFrame<Described<S, []>> {
    const names = nameArguments("summary", statistics, 'names of statistics: df.summary("min", "75%")');
    const summary = this.derive((input) => stat.summary(input, names));
    return this.#isOnSail ? summary.derive((input) => inOrderOnSail(input, "summary", names)) : summary;
  }

  /** How often each pair of values comes: a row for each value of `col1`, a column for each of `col2`. */
  crosstab<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
  ): DataFrame {
    const pair = columnPair("crosstab", col1, col2);
    const made = this.#isOnSail ? crosstabOnSail : stat.crosstab;
    return this.derive((input) => made(input, ...pair));
  }

  /**
   * Values that come often, an array for each column; some that don't may be among them.
   * @param support the least share of the rows, above 0 (0.01)
   */
  freqItems<const N extends readonly GivenName<S>[]>(
    cols: Names<S, N>,
    support?: number | { readonly support?: number },
  ): DataFrame {
    return this.derive(frequentItems(support === undefined ? [cols] : [cols, support]));
  }

  /** The correlation of two number columns by Pearson, from −1 to 1. Runs a job. */
  corr<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
    method?: string | { readonly method?: string },
  ): Job<number> {
    const pair = columnPair("corr", col1, col2);
    const name = correlationMethod(method);
    if (this.#isOnSail) {
      const made = (input: plan.Relation) => stat.correlation(pairOnSail(input, pair), "c0", "c1", name);
      return this.derive(made).#value((value: number | null) => value ?? NaN);
    }
    return this.derive((input) => stat.correlation(input, ...pair, name)).#value<number>();
  }

  /** The covariance of two number columns. Runs a job. */
  cov<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
  ): Job<number> {
    const pair = columnPair("cov", col1, col2);
    if (this.#isOnSail) {
      const made = (input: plan.Relation) => stat.covariance(pairOnSail(input, pair), "c0", "c1");
      return this.derive(made).#value((value: number | null) => value ?? 0);
    }
    return this.derive((input) => stat.covariance(input, ...pair)).#value<number>();
  }

  /**
   * Quantiles of number columns, nulls left out. Runs a job.
   * @param probabilities from 0, the least value, to 1, the greatest
   * @param relativeError how far the rank may be off, as a share; 0 is exact and slow
   * @returns the quantiles of one column, or a list of them for each of several
   * @example const [median] = await df.approxQuantile("bytes", [0.5], 0.01)
   */
  approxQuantile<const N extends GivenName<S>>(
    col: OneName<S, N>,
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[]>;
  approxQuantile<const N extends readonly GivenName<S>[]>(
    col: Names<S, N>,
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[][]>;
  approxQuantile(
    col: unknown,
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[]> | Job<number[][]> {
    const named = col as string | readonly string[];
    const { make, isOne } = quantilesOf(named, probabilities, relativeError, this.#isOnSail);
    const asked = this.derive(make);
    return asked.#value<number[][]>((lists) => (isOne ? lists[0] : lists)) as Job<number[][]>;
  }

  /**
   * Columns to rows: for each row and each of the `values`, a row with the ids, the column's name and its value.
   * @param ids columns that stay
   * @param values columns that become rows; null for all others. Their types must have one in common
   * @example df.unpivot("id", ["jan", "feb"], "month", "sales")
   */
  unpivot<
    const I extends Given<S> | readonly Given<S>[] | UnpivotOptions,
    const V extends Given<S> | readonly Given<S>[] | Partial<UnpivotOptions> | null,
    const N extends string = string,
    const W extends string = string,
  >(
    ids: OneColumn<S, I>,
    values?: OneColumn<S, V>,
    variableColumnName?: N | Pick<UnpivotOptions, "variableColumnName" | "valueColumnName">,
    valueColumnName?: W,
  ): DataFrame<Unpivoted<S, I, V, N, W>> {
    const args = [ids, values, variableColumnName, valueColumnName].filter((arg) => arg !== undefined);
    return this.derive(unpivoted(args as unknown as UnpivotArguments));
  }

  /** Same as {@link unpivot}. */
  melt<
    const I extends Given<S> | readonly Given<S>[] | UnpivotOptions,
    const V extends Given<S> | readonly Given<S>[] | Partial<UnpivotOptions> | null,
    const N extends string = string,
    const W extends string = string,
  >(
    ids: OneColumn<S, I>,
    values?: OneColumn<S, V>,
    variableColumnName?: N | Pick<UnpivotOptions, "variableColumnName" | "valueColumnName">,
    valueColumnName?: W,
  ): DataFrame<Unpivoted<S, I, V, N, W>> {
    return this.unpivot<I, V, N, W>(ids, values, variableColumnName, valueColumnName);
  }

  /** Rows to columns: the values of a column, the first by default, become the names of the columns. */
  transpose<const C extends Given<S>>(indexColumn?: OneColumn<S, C>): DataFrame {
    const index =
      indexColumn === undefined || indexColumn === null
        ? []
        : [columnExpression(indexColumn as ColumnOrName)];
    return this.derive((input) => shape.transpose(input, index));
  }

  /** Each row as JSON text, in a column `value`. */
  toJSON(): DataFrame<{ value: string | null }>;
  /** JSON.stringify asks with a key: it gets a word, because a plan has no JSON. */
  toJSON(key: string): string;
  toJSON(key?: string): any {
    if (key !== undefined) return "DataFrame {}";
    const json = new Column(call("to_json", [call("struct", [star()])])).alias("value");
    return this.derive((input) => plan.project(input, [json.expression]));
  }

  // ---- groups, joins, sets ----

  /**
   * Groups rows by key columns; call `agg` on the result. Builds a plan, runs nothing.
   * Null keys form one group, as in Spark. No keys = one group over all rows.
   * @param keys column names of this DataFrame, Column expressions, or places of columns from 1
   * @throws SparkError UNRESOLVED_COLUMN when the plan is first used, listing close names
   * @example df.groupBy("host").agg(count("*").alias("events"))
   */
  groupBy<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[])[]>(
    ...keys: Columns<S, C>
  ): GroupedData<S, Listed<C>, false> {
    return new GroupedData(this, { keys: columnsAndOrdinals("groupBy", keys) });
  }

  /** Same as {@link groupBy}. */
  groupby<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[])[]>(
    ...keys: Columns<S, C>
  ): GroupedData<S, Listed<C>, false> {
    return this.groupBy<C>(...keys);
  }

  /** Groups by these columns, by all but the last, and so on down to one group of all rows. */
  rollup<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[])[]>(
    ...keys: Columns<S, C>
  ): GroupedData<Nulls<S>, Listed<C>, false> {
    return new GroupedData(this, { keys: columnsAndOrdinals("rollup", keys), type: "rollup" });
  }

  /** Groups by every combination of these columns, from all of them to none. */
  cube<const C extends readonly (Given<S> | number | readonly (Given<S> | number)[])[]>(
    ...keys: Columns<S, C>
  ): GroupedData<Nulls<S>, Listed<C>, false> {
    return new GroupedData(this, { keys: columnsAndOrdinals("cube", keys), type: "cube" });
  }

  /**
   * Groups by each of several sets of columns; a column that isn't in a set is null in its rows.
   * @param groupingSets the sets: `[["host", "day"], ["host"], []]`
   * @param columns the columns that the result shows
   * @example df.groupingSets([["host"], ["port"]], "host", "port").count()
   */
  groupingSets<const C extends readonly (Given<S> | number)[]>(
    groupingSets: readonly (readonly GroupKey[])[],
    ...columns: Columns<S, C>
  ): GroupedData<Nulls<S>, C, false> {
    return new GroupedData(this, groupingSetsOf(groupingSets, columns as unknown as readonly GroupKey[]));
  }

  /** Aggregates over all rows: `df.agg(max("time"))`. */
  agg<const C extends readonly Column[] | readonly [Readonly<Record<string, string>>]>(
    ...aggregates: C
  ): DataFrame<Aggregated<S, [], C, false>> {
    return new GroupedData<S, [], false>(this, { keys: [] }).agg<C>(...aggregates);
  }

  /**
   * Rows of both sides that belong together. Builds a plan, runs nothing.
   * @param on a column that both sides have, or several; or a condition, or several that must all hold; none: every row
   *   with every row
   * @param how "inner" (default), "left", "right", "outer", "semi", "anti", "cross", and Spark's longer names
   * @example events.join(hosts, "host", "left")
   * @example events.join(hosts, events.col("host").eq(hosts.col("name")), { how: "left" })
   */
  join<T, const On extends JoinOn<S> = null, const How extends JoinType = "inner">(
    other: FrameLike<T>,
    on?: OneColumn<S, On>,
    how?: How | { readonly how?: How },
  ): DataFrame<Joined<S, T, JoinUsing<On>, JoinHow<On, How>>> {
    const kind = joinArguments(
      (how === undefined ? (on === undefined ? [] : [on]) : [on, how]) as JoinOnArguments,
    );
    // With a condition a cross join is an inner one, and the embedded engine takes it as that alone.
    const asInner = this.#isOnSail && kind.type === plan.JoinType.CROSS && (kind.condition ?? kind.using);
    const type = asInner ? plan.JoinType.INNER : kind.type;
    return this.derive((left) => plan.join({ left, right: other.relation, ...kind, type }), other);
  }

  /**
   * {@link join} where the other side may use columns of this one, with `col("x").outer()`: it is computed for each row.
   * @param how "inner" (default), "left" or "cross"
   */
  lateralJoin(other: FrameLike, ...args: LateralOnArguments): DataFrame {
    const { type, condition } = lateralArguments(args);
    return this.derive((left) => lateralJoin(left, other.relation, type, condition), other);
  }

  /**
   * Each row with the rows of the other side that are nearest to it.
   * @param rankingExpression a distance or similarity of the two sides
   * @param numResults how many rows of the other side, 1 to 100000
   * @param mode "exact", or "approx" where an index may answer
   * @param direction "distance": the least first; "similarity": the greatest first
   * @param options `joinType`: "inner" (default) or "left"
   */
  nearestByJoin(
    other: FrameLike,
    rankingExpression: Column,
    numResults: number,
    mode: string,
    direction: string,
    options: { readonly joinType?: string } = {},
  ): DataFrame {
    const nearest = nearestArguments([rankingExpression, numResults, mode, direction, options]);
    return this.derive((left) => nearestByJoin({ left, right: other.relation, ...nearest }), other);
  }

  /** Every row of this with every row of the other. */
  crossJoin<T>(other: FrameLike<T>): DataFrame<Joined<S, T, never, "cross">> {
    return this.join(other, null, "cross");
  }

  /** The rows of both, columns by position, duplicates kept. */
  union<T>(other: FrameLike<T>): DataFrame<United<S, T>> {
    return this.#set(plan.SetOpType.UNION, other, true);
  }

  /** Same as {@link union}. */
  unionAll<T>(other: FrameLike<T>): DataFrame<United<S, T>> {
    return this.union(other);
  }

  /**
   * The rows of both, columns by name.
   * @param options `allowMissingColumns`: columns that one side lacks are null there (false)
   */
  unionByName<T, const M extends boolean = false>(
    other: FrameLike<T>,
    options: M | { readonly allowMissingColumns?: M } = {},
  ): DataFrame<UnitedByName<S, T, M>> {
    const allowMissingColumns = flag("unionByName", "allowMissingColumns", options);
    return this.#set(plan.SetOpType.UNION, other, true, { byName: true, allowMissingColumns });
  }

  /** The rows that both have, once each. */
  intersect(other: FrameLike): DataFrame<S> {
    return this.#set(plan.SetOpType.INTERSECT, other, false);
  }

  /** The rows that both have, as often as both have them. */
  intersectAll(other: FrameLike): DataFrame<S> {
    // The embedded engine takes every row that the other side has, however often it is there: what remains is exact.
    if (this.#isOnSail) return this.exceptAll(this.exceptAll(other));
    return this.#set(plan.SetOpType.INTERSECT, other, true);
  }

  /** The rows of this that the other doesn't have, once each. */
  subtract(other: FrameLike): DataFrame<S> {
    return this.#set(plan.SetOpType.EXCEPT, other, false);
  }

  /** The rows of this without those of the other, each taken away as often as it comes there. */
  exceptAll(other: FrameLike): DataFrame<S> {
    return this.#set(plan.SetOpType.EXCEPT, other, true);
  }

  // ---- kept results, observed rows ----

  /** {@link persist} as people mostly want it, in memory and on disk. */
  cache(): this {
    return this.persist();
  }

  /**
   * Keeps the rows from the next action on, so that later ones don't compute them again; gives this DataFrame.
   * On Spark the engine keeps them. The embedded engine keeps nothing, so there they are written to the session's folder
   * as Parquet, and plans made of this one after the call read that; when it can't be written they are computed again.
   * @param storageLevel where, on Spark. Default: {@link StorageLevel.MEMORY_AND_DISK_DESER}
   * @example const hosts = events.select("host").distinct().cache();
   */
  persist(storageLevel: StorageLevel = StorageLevel.MEMORY_AND_DISK_DESER): this {
    return this.needing(...persisted(this, checkStorageLevel("persist", storageLevel)));
  }

  /**
   * Stops keeping the rows; gives this DataFrame.
   * @param blocking whether what is called after waits until all of it is gone (false)
   */
  unpersist(blocking: boolean | { readonly blocking?: boolean } = false): this {
    unpersisted(this, flag("unpersist", "blocking", blocking));
    return this;
  }

  /** How the rows are kept: {@link StorageLevel.NONE} when they aren't. Asks the engine; runs no job. */
  storageLevel(): Job<StorageLevel> {
    return this.query((client) => levelOf(this, client), "ask");
  }

  /** Whether the rows are kept. Asks the engine; runs no job. */
  isCached(): Job<boolean> {
    return this.query(async (client) => !(await levelOf(this, client)).equals(StorageLevel.NONE), "ask");
  }

  /**
   * The rows as they are now, kept by the engine in its checkpoint folder: what they were computed from is forgotten.
   * @param eager whether they are computed at once (true), or by the first action
   */
  checkpoint(eager: boolean | { readonly eager?: boolean } = true): DataFrame<S> {
    return this.#checkpoint("checkpoint", [eager]);
  }

  /** Like {@link checkpoint}, kept by the executors: gone with them. */
  localCheckpoint(
    eager: boolean | { readonly eager?: boolean; readonly storageLevel?: StorageLevel } = true,
    storageLevel?: StorageLevel,
  ): DataFrame<S> {
    return this.#checkpoint("localCheckpoint", storageLevel === undefined ? [eager] : [eager, storageLevel]);
  }

  /**
   * The same rows; the first action on them also tells aggregates of them.
   * @param observation takes the metrics; or a name, by which {@link executionInfo} has them
   * @param exprs aggregates with names
   * @example
   * const seen = new Observation();
   * await df.observe(seen, count(lit(1)).alias("rows")).collect();
   * console.log(await seen.get);
   */
  observe(observation: Observation | string, ...exprs: Column[]): DataFrame<S> {
    return observed(this, observation, exprs);
  }

  /** What the engine told of the last action on this DataFrame beside its rows; undefined before, and when it told nothing. */
  get executionInfo(): ExecutionInfo | undefined {
    return this.#executionInfo;
  }

  // ---- subqueries: this plan inside another ----

  /**
   * Its one value, one row of one column, as a column of another query.
   * @example df.filter(col("bytes").gt(df.agg(avg("bytes")).scalar()))
   */
  scalar(): Column {
    return new Column(subquery(this.relation, SubqueryType.SCALAR));
  }

  /** Whether it has rows, as a condition of another query; use `col("x").outer()` for the other's columns in it. */
  exists(): Column<string, boolean> {
    return new Column(subquery(this.relation, SubqueryType.EXISTS));
  }

  /** As an argument of a table function. */
  asTable(): TableArg {
    return new TableArg(this.relation);
  }

  // ---- actions: each runs a job ----

  /** Every row, in memory of this process. */
  collect(): Job<Row<S>[]> {
    return this.query(async (client, signal) => {
      const rows: Row[] = [];
      for await (const batch of client.batches(this.relation, { signal })) {
        for (const row of rowsOf(batch, this.reading)) rows.push(row);
      }
      return rows as any[];
    });
  }

  /**
   * The rows one after another, in as much memory as a batch of them takes. The job begins with the first row that is
   * asked for, ends when the loop is left, and doesn't hold a notebook's cell.
   * @example for await (const row of df.toLocalIterator()) console.log(row.host);
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.toLocalIterator.html
   */
  async *toLocalIterator(): AsyncGenerator<Row<S>> {
    const batches = handedOver<RecordBatch>((give) =>
      this.#job(
        async (client, signal) => {
          for await (const batch of client.batches(this.relation, { signal })) {
            if (!(await give(batch))) return;
          }
        },
        "run",
        { holdsScope: false },
      ),
    );
    for await (const batch of batches) yield* rowsOf(batch, this.reading) as Row<S>[];
  }

  /** How many rows there are. */
  count(): Job<number> {
    return this.agg(new Column(call("count", [literal(1)]))).#value(Number);
  }

  /** The first rows, in memory. */
  take(rowCount: number): Job<Row<S>[]> {
    return this.limit(rowCount).collect();
  }

  /** The last rows, in memory, in their order. */
  tail(rowCount: number): Job<Row<S>[]> {
    return this.derive<S>((input) => plan.tail(input, checkCount(rowCount, "tail"))).collect();
  }

  /** The first row, or null when there is none. With a number: the first rows. */
  head(): Job<Row<S> | null>;
  head(rowCount: number): Job<Row<S>[]>;
  head(rowCount?: number): Job<Row<S> | null> | Job<Row<S>[]> {
    return rowCount === undefined ? this.first() : this.take(rowCount);
  }

  /** The first row, or null when there is none. */
  first(): Job<Row<S> | null> {
    const one = this.limit(1);
    return one.query(async (client, signal) => {
      for await (const batch of client.batches(one.relation, { signal })) {
        if (batch.numRows > 0) return rowsOf(batch, this.reading)[0] as Row<S>;
      }
      return null;
    });
  }

  /** Whether there is no row. */
  isEmpty(): Job<boolean> {
    const one = this.select().limit(1);
    return one.query(async (client, signal) => {
      for await (const batch of client.batches(one.relation, { signal })) if (batch.numRows > 0) return false;
      return true;
    });
  }

  /**
   * Prints the first rows as a table.
   * @param n how many rows (20)
   * @param truncate characters of a cell, or false for all of them (20)
   * @param vertical one line a value (false)
   * @example df.show(5, false)
   * @example df.show({ truncate: 40 })
   */
  show(...args: ShowArguments): Job<void> {
    const [rowCount, width, isVertical] = shownAs(args);
    const text = plan.showString(this.relation, rowCount, width, isVertical);
    const shown = this.#isOnSail && isVertical ? verticalOnSail : String;
    return this.query(async (client, signal) => {
      for await (const batch of client.batches(text, { signal })) {
        for (const lines of valuesOf(batch.getChildAt(0)!)) console.log(shown(lines as string));
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
    return this.query((client) => this.#schema(client), "ask");
  }

  /** The names of the columns. Asks the engine; runs no job. */
  columns(): Job<string[]> {
    return this.query(async (client) => (await this.#schema(client)).names, "ask");
  }

  /** The names and types of the columns. Asks the engine; runs no job. */
  dtypes(): Job<[name: string, type: string][]> {
    return this.query(
      async (client) =>
        (await this.#schema(client)).fields.map((field) => [field.name, field.dataType.simpleString()]),
      "ask",
    );
  }

  /**
   * Prints the schema as a tree.
   * @param level how deep; all of it by default
   */
  printSchema(level?: number | { readonly level?: number }): Job<void> {
    const treeString = { plan: rootPlan(this.relation), level: treeLevel(level) };
    return this.#analyze({ case: "treeString", value: treeString }, ({ treeString }) =>
      console.log(treeString),
    );
  }

  /**
   * Prints how the engine would run it.
   * @param extended `true` for the logical plans too; or a mode: "simple", "extended", "codegen", "cost", "formatted"
   * @example df.explain("formatted")
   */
  explain(...args: ExplainArguments): Job<void> {
    const value = { plan: rootPlan(this.relation), explainMode: explainMode(args) };
    return this.#analyze({ case: "explain", value }, ({ explainString }) => console.log(explainString));
  }

  /** Whether `collect` and `take` can run without executors. Asks the engine; runs no job. */
  isLocal(): Job<boolean> {
    return this.#analyze(
      { case: "isLocal", value: { plan: rootPlan(this.relation) } },
      ({ isLocal }) => isLocal,
    );
  }

  /** Whether it reads a source that never ends. Asks the engine; runs no job. */
  isStreaming(): Job<boolean> {
    const value = { plan: rootPlan(this.relation) };
    return this.#analyze({ case: "isStreaming", value }, ({ isStreaming }) => isStreaming);
  }

  /** The files it reads, as far as the engine knows. Asks the engine; runs no job. */
  inputFiles(): Job<string[]> {
    return this.#analyze(
      { case: "inputFiles", value: { plan: rootPlan(this.relation) } },
      ({ files }) => files,
    );
  }

  /** Whether the plans of both are the same but for names, and so give the same rows. Asks the engine; runs no job. */
  sameSemantics(other: FrameLike): Job<boolean> {
    checkFrame(other, this.sparkSession);
    const value = { targetPlan: rootPlan(this.relation), otherPlan: rootPlan(other.relation) };
    return this.#analyze({ case: "sameSemantics", value }, ({ result }) => result);
  }

  /** A number that is the same for plans with {@link sameSemantics}. Asks the engine; runs no job. */
  semanticHash(): Job<number> {
    const value = { plan: rootPlan(this.relation) };
    return this.#analyze({ case: "semanticHash", value }, ({ result }) => result);
  }

  /** Writes it to files or a table. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this);
  }

  /** Writes it to a table of a catalog: `df.writeTo("events").using("parquet").create()`. */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this, table);
  }

  /**
   * Changes a table by its rows: `df.mergeInto("events", condition).whenMatched().updateAll().merge()`.
   * @param condition which rows of the table and of this belong together
   */
  mergeInto(table: string, condition: Column): MergeIntoWriter {
    return new MergeIntoWriter(this, table, condition);
  }

  /** Makes it known to SQL under a name, for this session; replaces a view of that name. */
  createOrReplaceTempView(name: string): Job<void> {
    return this.#createView("createOrReplaceTempView", { name, replace: true });
  }

  /** Same as {@link createOrReplaceTempView}, as Spark 1 called it. */
  registerTempTable(name: string): Job<void> {
    return this.createOrReplaceTempView(name);
  }

  /** Makes it known to SQL under a name that must be free. */
  createTempView(name: string): Job<void> {
    return this.#createView("createTempView", { name, replace: false });
  }

  /** Makes it known as `global_temp.name` to every session of the application; the name must be free. */
  createGlobalTempView(name: string): Job<void> {
    return this.#createView("createGlobalTempView", { name, replace: false, isGlobal: true });
  }

  /** Like {@link createGlobalTempView}, in place of a view of that name. */
  createOrReplaceGlobalTempView(name: string): Job<void> {
    return this.#createView("createOrReplaceGlobalTempView", { name, replace: true, isGlobal: true });
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

  /** Adds what must hold before the plan can run. For the classes beside this one. */
  needing(...prerequisites: Prerequisite[]): this {
    this.#prerequisites.push(...prerequisites);
    return this;
  }

  /**
   * Starts a job that asks about this plan, once its prerequisites hold. For the classes beside this one.
   * @param purpose whether it runs the plan, or the engine is only asked about it
   */
  query<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    purpose: "run" | "ask" = "run",
  ): Job<T> {
    return this.#job(work, purpose);
  }

  /** Runs work of this frame within a job that is already at work. For the rooms above. */
  within<T>(client: ConnectClient, work: () => Promise<T>): Promise<T> {
    const ready = this.#ready("run");
    return this.#explained(client, () => ready(client), work);
  }

  #job<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined) => Promise<T>,
    purpose: "run" | "ask",
    options?: JobOptions,
  ): Job<T> {
    const ready = this.#ready(purpose);
    const job = this.sparkSession.query(
      (client, signal) =>
        this.#explained(
          client,
          () => ready(client, signal),
          () => work(client, signal),
        ),
      options,
    );
    return this.#heard(job, purpose);
  }

  /** Like {@link query}, for what changes something. */
  command<T>(
    work: (client: ConnectClient, signal: AbortSignal | undefined, input: plan.Relation) => Promise<T>,
    purpose: "run" | "ask" = "run",
  ): Job<T> {
    const ready = this.#ready(purpose);
    const job = this.sparkSession.command((client, signal) =>
      this.#explained(
        client,
        () => ready(client, signal),
        () => work(client, signal, this.relation),
      ),
    );
    return this.#heard(job, purpose);
  }

  // Commands that this plan needs are handled here, at the call: their failure is this job's, told once.
  #ready(purpose: "run" | "ask"): (client: ConnectClient, signal?: AbortSignal) => Promise<void> {
    const started = this.#prerequisites.map((prerequisite) => prerequisite.begin?.());
    for (const job of started) job?.catch(() => {});
    return async (client, signal) => {
      for (const job of started) await job;
      for (const prerequisite of this.#prerequisites) await prerequisite.check?.(client, purpose, signal);
    };
  }

  #heard<T>(job: Job<T>, purpose: "run" | "ask"): Job<T> {
    const listeners = this.#prerequisites.filter((prerequisite) => prerequisite.end);
    if (listeners.length > 0)
      void job.settled().then((failure) => listeners.forEach((listener) => listener.end!(failure, purpose)));
    return job;
  }

  async #explained<T>(client: ConnectClient, ready: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    let info = noInfo;
    const listener: ExecutionListener = ({ metrics, observedMetrics }) => {
      this.#executionInfo = info = withAnswer(info, metrics, observedMetrics);
      for (const prerequisite of this.#prerequisites) prerequisite.observe?.(observedMetrics);
    };
    try {
      await ready();
      return await withListener(listener, work);
    } catch (error) {
      const hasRecovered =
        isUnresolvedColumn(error) && this.#prerequisites.filter((each) => each.recover?.()).length > 0;
      if (hasRecovered) return this.#explained(client, ready, work);
      throw await explainUnresolvedColumn(client, this.relation, error);
    }
  }

  /** @internal how values of its batches are read */
  get reading(): ReadOptions {
    return { areLongsBigInt: this.sparkSession.conf.own("spark.sightline.longs") === "bigint" };
  }

  async #schema(client: ConnectClient): Promise<StructType> {
    return schemaFromMessage(await client.schema(this.relation));
  }

  #createView(method: string, view: { name: string; replace: boolean; isGlobal?: boolean }): Job<void> {
    textArgument(method, view.name, `a name for the view: df.${method}("events")`);
    return this.command((client, signal, input) => this.sparkSession.createView(client, input, view, signal));
  }

  get #isOnSail(): boolean {
    return this.sparkSession.engine.name === "sail";
  }

  #checkpoint(method: string, args: readonly unknown[]): DataFrame {
    const { relation, prerequisites, isEager } = checkpointed(this, checkpointOptions(method, args));
    const kept = this.derive(() => relation).needing(...prerequisites);
    if (isEager) void kept.command(() => Promise.resolve());
    return kept;
  }

  #sort(method: string, args: readonly unknown[], isGlobal: boolean): DataFrame {
    const { needsNames, resolve } = sortOrders(method, args);
    if (!needsNames) return this.derive((input) => plan.sort(input, resolve(), isGlobal));
    return this.deriveKnowing((input, { names }) => plan.sort(input, resolve(names), isGlobal));
  }

  #value<T>(convert: (value: never) => T = (value) => value): Job<T> {
    return this.query(async (client, signal) =>
      convert((await firstValue(client, this.relation, signal)) as never),
    );
  }

  #analyze<K extends AnalyzeCase, T>(
    question: AnalyzeQuestion<K>,
    read: (answer: AnalyzeAnswer<K>) => T,
  ): Job<T> {
    return this.query((client) => analyzed(client, question, read), "ask");
  }

  #set(
    type: plan.SetOpType,
    other: FrameLike,
    isAll: boolean,
    options: { byName?: boolean; allowMissingColumns?: boolean } = {},
  ): DataFrame {
    return this.derive(
      (left) => plan.setOperation({ left, right: other.relation, type, isAll, ...options }),
      other,
    );
  }
}

resolveUnknownProperties("DataFrame", Frame.prototype, (df: Frame, name) => df.col(name));

/**
 * A table that is computed when asked for. As a type it may know its columns and the values that rows carry:
 * `DataFrame<{ host: string | null; bytes: number | bigint | null }>`. A plain `DataFrame` has any columns.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/dataframe.html
 */
export type DataFrame<S = any> = Frame<S> & ColumnProperties<S, keyof Frame>;

/** The class of DataFrames, for `instanceof`; {@link SparkSession} makes them. */
export const DataFrame = Frame as unknown as {
  new <S = any>(
    sparkSession: SparkSession,
    relation: plan.Relation,
    prerequisites?: readonly Prerequisite[],
  ): DataFrame<S>;
  readonly prototype: Frame;
};

async function arrowTable(
  client: ConnectClient,
  relation: plan.Relation,
  signal?: AbortSignal,
): Promise<Table> {
  const batches: RecordBatch[] = [];
  for await (const batch of client.batches(relation, { signal })) batches.push(batch);
  return new Table(batches);
}
