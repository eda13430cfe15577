import { PlanError } from "../connect/plan-error.ts";
import { asSortOrder, type Expression, type WindowFrame } from "../plan/expression.ts";
import { argumentError } from "./argument-error.ts";
import type { ColumnOrName } from "./column-name.ts";
import { columnList } from "./column-list.ts";

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

  /**
   * Rows with equal values in these columns belong together. Without columns, all rows are one partition.
   * @example Window.partitionBy("host", "day")
   */
  partitionBy(...columns: ColumnOrName[] | [readonly ColumnOrName[]]): WindowSpec {
    return new WindowSpec(columnList("partitionBy", columns), this.orders, this.frame);
  }

  /**
   * The order of rows within a partition; ascending unless `col("n").desc()` says otherwise.
   * Without {@link rowsBetween} or {@link rangeBetween} an order makes the frame grow from the first row to the current one.
   */
  orderBy(...columns: ColumnOrName[] | [readonly ColumnOrName[]]): WindowSpec {
    const orders = columnList("orderBy", columns);
    for (const order of orders) asSortOrder(order);
    return new WindowSpec(this.partitions, orders, this.frame);
  }

  /**
   * The rows from `start` to `end`, counted from the current one: `rowsBetween(-1, 0)` is the one before and itself.
   * @param start a whole number, or {@link Window.unboundedPreceding}
   * @param end a whole number, or {@link Window.unboundedFollowing}
   */
  rowsBetween(start: number | bigint, end: number | bigint): WindowSpec {
    return new WindowSpec(this.partitions, this.orders, frame("row", start, end));
  }

  /**
   * The rows whose order value lies within a distance of the current one's, in the unit of the order column.
   * @param start a whole number, or {@link Window.unboundedPreceding}
   * @param end a whole number, or {@link Window.unboundedFollowing}
   */
  rangeBetween(start: number | bigint, end: number | bigint): WindowSpec {
    return new WindowSpec(this.partitions, this.orders, frame("range", start, end));
  }
}

/**
 * Where window specifications begin.
 * @example rowNumber().over(Window.partitionBy("host").orderBy(col("time").desc()))
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/window.html
 */
export const Window = {
  /** The first row of the partition. */
  unboundedPreceding: -Infinity,
  /** The last row of the partition. */
  unboundedFollowing: Infinity,
  currentRow: 0,
  /** See {@link WindowSpec.partitionBy}. */
  partitionBy: (...columns: ColumnOrName[] | [readonly ColumnOrName[]]): WindowSpec =>
    new WindowSpec().partitionBy(...columns),
  /** See {@link WindowSpec.orderBy}. */
  orderBy: (...columns: ColumnOrName[] | [readonly ColumnOrName[]]): WindowSpec =>
    new WindowSpec().orderBy(...columns),
  /** See {@link WindowSpec.rowsBetween}. */
  rowsBetween: (start: number | bigint, end: number | bigint): WindowSpec =>
    new WindowSpec().rowsBetween(start, end),
  /** See {@link WindowSpec.rangeBetween}. */
  rangeBetween: (start: number | bigint, end: number | bigint): WindowSpec =>
    new WindowSpec().rangeBetween(start, end),
};

// What is beyond a long is unbounded, as in PySpark: Window.unboundedPreceding is the least long there.
const leastLong = -(2n ** 63n) + 1n;
const greatestLong = 2n ** 63n - 1n;

function frame(type: WindowFrame["type"], start: number | bigint, end: number | bigint): WindowFrame {
  const method = `${type === "row" ? "rows" : "range"}Between`;
  const lower = bound(method, type, start, "start");
  const upper = bound(method, type, end, "end");
  if (lower <= upper) return { type, lower, upper };
  throw new PlanError(`${method}() was given ${start} to ${end}.`, "Pass the lower bound first.");
}

function bound(
  method: string,
  type: WindowFrame["type"],
  value: number | bigint,
  name: "start" | "end",
): number | bigint {
  if (typeof value === "bigint" || Number.isInteger(value) || value === Infinity || value === -Infinity) {
    if (name === "start" && value <= leastLong) return -Infinity;
    if (name === "end" && value >= greatestLong) return Infinity;
    const isFit = type === "row" ? Math.abs(Number(value)) <= 2 ** 31 - 1 : Math.abs(Number(value)) < 2 ** 63;
    if (isFit) return value;
  }
  const unbounded = name === "start" ? "unboundedPreceding" : "unboundedFollowing";
  throw argumentError(method, value, `a whole number, or Window.${unbounded}`, name);
}
