import { PlanError } from "../connect/plan-error.ts";
import { attribute, call, type Expression, literal } from "../plan/expression.ts";
import { aggregate } from "../plan/relation.ts";
import { Column } from "./column.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";
import type { DataFrame } from "./dataframe.ts";

/**
 * Groups of rows, waiting for what to compute of each. Made by {@link DataFrame.groupBy}.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/grouping.html
 */
export class GroupedData {
  readonly #df: DataFrame;
  readonly #keys: readonly ColumnOrName[];
  readonly #pivot: { column: Expression; values: readonly unknown[] } | undefined;

  constructor(
    df: DataFrame,
    keys: readonly ColumnOrName[],
    pivot?: { column: Expression; values: readonly unknown[] },
  ) {
    this.#df = df;
    this.#keys = keys;
    this.#pivot = pivot;
  }

  /** What is grouped, and by what. For the rooms above. */
  get grouping(): {
    readonly df: DataFrame;
    readonly keys: readonly Expression[];
    readonly isPivot: boolean;
  } {
    return { df: this.#df, keys: this.#keys.map(columnExpression), isPivot: this.#pivot !== undefined };
  }

  /**
   * One row a group: the keys, then these aggregates. Builds a plan, runs nothing.
   * @param aggregates columns made of aggregate functions, or an object of function names by column
   * @example df.groupBy("host").agg(sum("bytes").alias("bytes"))
   * @example df.groupBy("host").agg({ bytes: "sum" })
   */
  agg(...aggregates: Column[] | [Readonly<Record<string, string>>]): DataFrame {
    if (aggregates.length === 0)
      throw new PlanError("agg() was given nothing to compute.", 'Pass aggregates: .agg(count("*"))');
    const columns = aggregates.flatMap((aggregate) =>
      aggregate instanceof Column
        ? [aggregate.expression]
        : Object.entries(aggregate).map(([column, name]) => call(name, [columnExpression(column)])),
    );
    return this.#aggregate(columns);
  }

  /** How many rows each group has, in a column `count`. */
  count(): DataFrame {
    return this.agg(new Column(call("count", [literal(1)])).alias("count"));
  }
  /** The sums of columns. */
  sum(...columns: string[]): DataFrame {
    return this.#each("sum", columns);
  }
  /** The means of columns. */
  avg(...columns: string[]): DataFrame {
    return this.#each("avg", columns);
  }
  /** Same as {@link avg}. */
  mean(...columns: string[]): DataFrame {
    return this.avg(...columns);
  }
  /** The least values of columns. */
  min(...columns: string[]): DataFrame {
    return this.#each("min", columns);
  }
  /** The greatest values of columns. */
  max(...columns: string[]): DataFrame {
    return this.#each("max", columns);
  }

  /** One column for each of the values of `column`. */
  pivot(column: string, values: readonly unknown[]): GroupedData {
    return new GroupedData(this.#df, this.#keys, { column: columnExpression(column), values });
  }

  #each(name: string, columns: readonly string[]): DataFrame {
    if (columns.length === 0) {
      throw new PlanError(`${name}() was given no columns.`, `Name them: .${name}("bytes")`);
    }
    return this.#aggregate(columns.map((column) => call(name, [attribute(column)])));
  }

  #aggregate(aggregates: Expression[]): DataFrame {
    const grouping = this.#keys.map(columnExpression);
    return this.#df.derive((input) => aggregate({ input, grouping, aggregates, pivot: this.#pivot }));
  }
}
