import { inspect } from "node:util";
import type { Job } from "../../jobs/index.ts";
import type { Expression } from "../../plan/expression.ts";
import { WriteMode, writeV2 } from "../../plan/write-v2.ts";
import { argumentError } from "../argument-error.ts";
import { checkText } from "../check-text.ts";
import { type ColumnOrName, columnExpression } from "../column-name.ts";
import type { DataFrame } from "../dataframe.ts";
import { checkOptions, type Options, type OptionValue, setOption, withoutValue } from "../option-value.ts";
import { columnNames } from "./column-names.ts";

/**
 * Writes a DataFrame to a table of a catalog: `df.writeTo("events")`. The last methods run a job each; what is called
 * after sees its result even if it isn't awaited.
 * @example await df.writeTo("events").using("parquet").partitionedBy("date").createOrReplace()
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrameWriterV2.html
 */
export class DataFrameWriterV2 {
  readonly #df: DataFrame;
  readonly #table: string;
  readonly #options: Record<string, string> = {};
  readonly #properties: Record<string, string> = {};
  #provider: string | undefined;
  #partitioning: Expression[] = [];
  #clustering: string[] = [];

  /** Use `df.writeTo(table)`. */
  constructor(df: DataFrame, table: string) {
    this.#df = df;
    this.#table = checkText(table, "writeTo(table)", 'df.writeTo("events")');
  }

  /** The table's format, such as "parquet", "delta" or "iceberg". */
  using(provider: string): this {
    this.#provider = checkText(provider, "using(provider)", 'df.writeTo("events").using("parquet")');
    return this;
  }

  /** An option of the format; null takes it back. */
  option(key: string, value: OptionValue): this {
    if (arguments.length < 2) throw withoutValue("option", key);
    setOption(this.#options, key, value);
    return this;
  }

  /** {@link option} for several at once. */
  options(options: Options): this {
    if (options === undefined)
      throw argumentError("options", options, "an object: .options({ header: true })");
    for (const [name, value] of Object.entries(checkOptions(options, "options"))) this.option(name, value);
    return this;
  }

  /** A property that the table keeps. */
  tableProperty(property: string, value: string): this {
    if (arguments.length < 2) throw withoutValue("tableProperty", property);
    setOption(this.#properties, property, value);
    return this;
  }

  /** The columns, or transforms of columns such as `years(col("time"))`, by which the table is partitioned. */
  partitionedBy(column: ColumnOrName, ...columns: ColumnOrName[]): this {
    this.#partitioning = [column, ...columns].map(columnExpression);
    return this;
  }

  /** The columns by which the table keeps rows together, where its format does that. */
  clusterBy(column: string, ...columns: string[]): this {
    this.#clustering = columnNames("clusterBy", [column, ...columns]);
    return this;
  }

  /** Makes the table. @throws SparkError TABLE_OR_VIEW_ALREADY_EXISTS */
  create(): Job<void> {
    return this.#run(WriteMode.CREATE);
  }
  /** Puts this in the place of the table, with its schema. @throws SparkError TABLE_OR_VIEW_NOT_FOUND */
  replace(): Job<void> {
    return this.#run(WriteMode.REPLACE);
  }
  /** {@link replace}, or {@link create} where there is none. */
  createOrReplace(): Job<void> {
    return this.#run(WriteMode.CREATE_OR_REPLACE);
  }
  /** Adds the rows to the table, columns by name. @throws SparkError TABLE_OR_VIEW_NOT_FOUND */
  append(): Job<void> {
    return this.#run(WriteMode.APPEND);
  }
  /**
   * Puts the rows in the place of those for which the condition is true.
   * @example df.writeTo("events").overwrite(col("date").eq("2020-01-01"))
   */
  overwrite(condition: ColumnOrName): Job<void> {
    return this.#run(WriteMode.OVERWRITE, columnExpression(condition));
  }
  /** Puts the rows in the place of every partition that they have rows of. */
  overwritePartitions(): Job<void> {
    return this.#run(WriteMode.OVERWRITE_PARTITIONS);
  }

  [inspect.custom](): string {
    return `DataFrameWriterV2 { ${this.#table} }`;
  }

  #run(mode: WriteMode, overwriteCondition?: Expression): Job<void> {
    const args = {
      tableName: this.#table,
      mode,
      provider: this.#provider,
      options: { ...this.#options },
      tableProperties: { ...this.#properties },
      partitioningColumns: this.#partitioning,
      clusteringColumns: this.#clustering,
      overwriteCondition,
    };
    return this.#df.command(async (client, signal, input) => {
      await client.command(writeV2({ ...args, input }), { signal });
    });
  }
}
