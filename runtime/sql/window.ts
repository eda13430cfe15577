import type { Expression, WindowFrame } from "../plan/expression.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";

/**
 * Rows that a window function sees around each row. Immutable.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/window.html
 */
export class WindowSpec {
  readonly partitions: readonly Expression[];
  readonly orders: readonly Expression[];
  readonly frame: WindowFrame | undefined;

  constructor(
    partitions: readonly Expression[] = [],
    orders: readonly Expression[] = [],
    frame?: WindowFrame,
  ) {
    this.partitions = partitions;
    this.orders = orders;
    this.frame = frame;
  }

  /** Rows with equal values in these columns belong together. */
  partitionBy(...columns: ColumnOrName[]): WindowSpec {
    return new WindowSpec(columns.map(columnExpression), this.orders, this.frame);
  }

  /** The order of rows within a partition. */
  orderBy(...columns: ColumnOrName[]): WindowSpec {
    return new WindowSpec(this.partitions, columns.map(columnExpression), this.frame);
  }

  /** Rows from `start` to `end`, counted from the current one: `rowsBetween(-1, 0)` is the one before and itself. */
  rowsBetween(start: number, end: number): WindowSpec {
    return new WindowSpec(this.partitions, this.orders, { type: "row", lower: start, upper: end });
  }

  /** Rows whose order value lies within a distance of the current one's. */
  rangeBetween(start: number, end: number): WindowSpec {
    return new WindowSpec(this.partitions, this.orders, { type: "range", lower: start, upper: end });
  }
}

/**
 * Where window specifications begin.
 * @example rowNumber().over(Window.partitionBy("host").orderBy(col("time").desc()))
 */
export const Window = {
  unboundedPreceding: -Infinity,
  unboundedFollowing: Infinity,
  currentRow: 0,
  partitionBy: (...columns: ColumnOrName[]): WindowSpec => new WindowSpec().partitionBy(...columns),
  orderBy: (...columns: ColumnOrName[]): WindowSpec => new WindowSpec().orderBy(...columns),
  rowsBetween: (start: number, end: number): WindowSpec => new WindowSpec().rowsBetween(start, end),
  rangeBetween: (start: number, end: number): WindowSpec => new WindowSpec().rangeBetween(start, end),
};
