// The arguments of the methods that choose, add, rename and drop columns.
import { PlanError } from "../../connect/plan-error.ts";
import { attribute, type Expression, sqlText, star } from "../../plan/expression.ts";
import { planIdOf, type Relation } from "../../plan/relation.ts";
import { argumentError } from "../argument-error.ts";
import { nameArguments, textArgument } from "../text-argument.ts";
import { Column } from "../column.ts";
import { columnsAndOrdinals } from "../column-list.ts";
import { type ColumnOrName, columnExpression } from "../column-name.ts";
import type { Grouping } from "../grouped-data.ts";
import { isPlainObject } from "../keyword-arguments.ts";

/** A column of a plan by name; `*` is all of them. */
export function frameColumn(name: string, input: Relation): Expression {
  return name === "*" ? star(undefined, planIdOf(input)) : attribute(name, planIdOf(input));
}

/** Expressions in SQL, one after another or in arrays. */
export function sqlTexts(method: string, expressions: readonly unknown[]): Expression[] {
  return nameArguments(method, expressions.flat(), `SQL: df.${method}("n * 2 AS twice")`).map(sqlText);
}

/** A column and its name. */
export function namedColumn(method: string, name: unknown, column: unknown): [string, Expression] {
  const example = `df.${method}("kib", col("bytes").divide(1024))`;
  // Empty names are legal, and files have them.
  if (typeof name !== "string") throw argumentError(method, name, `a name: ${example}`, "the name");
  if (column instanceof Column) return [name, column.expression];
  throw argumentError(method, column, `a Column; lit() makes one of a value: ${example}`, "the column");
}

export function namedColumns(method: string, columns: unknown): [string, Expression][] {
  if (!isPlainObject(columns) || Object.keys(columns).length === 0) {
    throw argumentError(method, columns, `Columns by name: df.${method}({ kib: col("bytes").divide(1024) })`);
  }
  return Object.entries(columns).map(([name, column]) => namedColumn(method, name, column));
}

export function renaming(method: string, existing: unknown, name: unknown): [string, string] {
  for (const each of [existing, name]) {
    if (typeof each !== "string") throw argumentError(method, each, `two names: df.${method}("old", "new")`);
  }
  return [existing as string, name as string];
}

export function renamings(method: string, names: unknown): [string, string][] {
  if (!isPlainObject(names)) throw argumentError(method, names, `an object: df.${method}({ old: "new" })`);
  return Object.entries(names).map(([existing, name]) => renaming(method, existing, name));
}

/** Names for all columns; an empty one is legal, and files have them. */
export function allNames(method: string, names: readonly unknown[]): string[] {
  return names.map((name) => {
    if (typeof name === "string") return name;
    throw argumentError(method, name, `a name for each column: df.${method}("a", "b")`);
  });
}

/** Columns to drop: names, which need not exist, and expressions. */
export function dropped(columns: readonly ColumnOrName[]): { names: string[]; expressions: Expression[] } {
  const names: string[] = [];
  const expressions: Expression[] = [];
  for (const column of columns) {
    if (typeof column === "string") names.push(column);
    else expressions.push(columnExpression(column));
  }
  return { names, expressions };
}

/** The columns whose values make a duplicate; none = all. */
export function duplicateKeys(method: string, subset: unknown): string[] {
  if (subset === undefined || subset === null) return [];
  const remedy = `an array of names: df.${method}(["host"])`;
  if (!Array.isArray(subset)) throw argumentError(method, subset, remedy, "subset");
  if (subset.length > 0) return subset.map((name) => textArgument(method, name, remedy, "subset"));
  throw new PlanError(`${method}() was given no columns.`, `Leave them out for all: df.${method}()`);
}

/** `groupingSets(groupingSets, ...cols)`. */
export function groupingSetsOf(groupingSets: unknown, columns: readonly unknown[]): Grouping {
  if (!Array.isArray(groupingSets) || !groupingSets.every(Array.isArray)) {
    const remedy = 'an array of arrays: df.groupingSets([["host"], []], "host")';
    throw argumentError("groupingSets", groupingSets, remedy, "groupingSets");
  }
  return {
    type: "groupingSets",
    keys: columnsAndOrdinals("groupingSets", columns),
    sets: groupingSets.map((set: unknown[]) => columnsAndOrdinals("groupingSets", [set])),
  };
}
