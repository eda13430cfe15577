import type { Expression } from "../plan/expression.ts";
import { argumentError, shown } from "./argument-error.ts";
import { PlanError } from "../connect/plan-error.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";

/** Columns as a method takes them: one after another, or in one array. */
export type Columns = readonly ColumnOrName[] | readonly [readonly ColumnOrName[]];

/** The expressions of columns given one after another or in one array. */
export function columnList(method: string, columns: readonly unknown[]): Expression[] {
  return flattened(columns).map((column) => {
    if (typeof column === "number")
      throw argumentError(method, column, `names or Columns, as in ${method}("host")`);
    return columnExpression(column as ColumnOrName);
  });
}

/** {@link columnList} where a number may stand for the column at that place, from 1. */
export function columnsAndOrdinals(method: string, columns: readonly unknown[]): (Expression | number)[] {
  return flattened(columns).map((column) => {
    if (typeof column !== "number") return columnExpression(column as ColumnOrName);
    if (Number.isInteger(column) && column !== 0) return column;
    throw argumentError(method, column, `names, Columns, or places of columns from 1: ${method}(1)`);
  });
}

/** The name of the column at a place from 1; below 0 it is the same place. */
export function nameAt(method: string, ordinal: number, names: readonly string[]): string {
  const name = names[Math.abs(ordinal) - 1];
  if (name !== undefined) return name;
  throw new PlanError(
    `${method}() was given the place ${shown(ordinal)}; the columns are ${names.length}: [${names.join(", ")}].`,
    `Pass a place from 1 to ${names.length}, or a name.`,
  );
}

function flattened(columns: readonly unknown[]): readonly unknown[] {
  const [first] = columns;
  return columns.length === 1 && Array.isArray(first) ? first : columns;
}
