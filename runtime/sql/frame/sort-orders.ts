import { PlanError } from "../../connect/plan-error.ts";
import { attribute, type Expression, NullOrdering, SortDirection, sortOrder } from "../../plan/expression.ts";
import { argumentError } from "../argument-error.ts";
import { columnsAndOrdinals, nameAt } from "../column-list.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";
import { quotedName } from "../quoted-name.ts";

/** What the methods that sort were given. */
export interface SortOrders {
  /** Whether a column is given by its place, so that the names must be known. */
  readonly needsNames: boolean;
  /** The orders, with the names of the columns for those given by place. */
  resolve(names?: readonly string[]): Expression[];
}

/** The arguments of `orderBy`, `sort` and `sortWithinPartitions`: columns, and whether they ascend. */
export function sortOrders(method: string, args: readonly unknown[]): SortOrders {
  const isNamed = isPlainObject(args.at(-1));
  const columns = columnsAndOrdinals(method, isNamed ? args.slice(0, -1) : args);
  if (columns.length === 0) {
    throw new PlanError(`${method}() was given no columns.`, `Name them: df.${method}("time")`);
  }
  const { ascending = true } = keywordArguments(method, ["ascending"], isNamed ? args.slice(-1) : []);
  const isAscending = directions(method, ascending, columns.length);
  return {
    needsNames: columns.some((column) => typeof column === "number"),
    resolve: (names = []) => {
      const orders = columns.map((column) =>
        typeof column === "number" ? at(method, column, names) : column,
      );
      return orders.map((order, i) => (isAscending[i] ? order : descending(order)));
    },
  };
}

function at(method: string, ordinal: number, names: readonly string[]): Expression {
  const column = attribute(quotedName(nameAt(method, ordinal, names)));
  return ordinal < 0 ? descending(column) : column;
}

function descending(expression: Expression): Expression {
  const { exprType } = expression;
  const column = exprType.case === "sortOrder" ? exprType.value.child! : expression;
  return sortOrder(column, SortDirection.DESCENDING, NullOrdering.SORT_NULLS_LAST);
}

function directions(method: string, ascending: unknown, count: number): boolean[] {
  const isFlag = (value: unknown) => typeof value === "boolean" || value === 0 || value === 1;
  const list = Array.isArray(ascending)
    ? (ascending as unknown[])
    : new Array<unknown>(count).fill(ascending);
  if (!list.every(isFlag)) {
    throw argumentError(
      method,
      ascending,
      `true or false, or one for each column: df.${method}("a", "b", { ascending: [true, false] })`,
      "ascending",
    );
  }
  if (list.length === count) return list.map(Boolean);
  throw new PlanError(
    `${method}() was given ${count} columns and ${list.length} directions.`,
    `Pass one for each column: df.${method}("a", "b", { ascending: [true, false] })`,
  );
}
