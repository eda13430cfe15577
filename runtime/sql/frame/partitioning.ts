// The arguments of repartition, repartitionByRange, repartitionById and coalesce.
import { PlanError } from "../../connect/plan-error.ts";
import {
  directPartition,
  type Expression,
  NullOrdering,
  SortDirection,
  sortOrder,
} from "../../plan/expression.ts";
import { type Relation, repartition, repartitionByExpression } from "../../plan/relation.ts";
import { shown } from "../argument-error.ts";
import { columnList } from "../column-list.ts";
import { type ColumnOrName, columnExpression } from "../column-name.ts";

type Make = (input: Relation) => Relation;

/** A number of partitions: at least one. */
export function checkPartitions(method: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31) return value as number;
  throw new PlanError(
    `${method}() was given ${shown(value)} partitions.`,
    `Pass a whole number from 1 up: df.${method}(8)`,
  );
}

/** `repartition(numPartitions, ...cols)` or `repartition(...cols)`. */
export function repartitioned(args: readonly unknown[]): Make {
  const { numPartitions, columns } = split("repartition", args);
  if (columns.length > 0) return (input) => repartitionByExpression(input, columns, numPartitions);
  return (input) => repartition(input, numPartitions!, true);
}

/** `repartitionByRange(numPartitions, ...cols)` or `repartitionByRange(...cols)`. */
export function rangePartitioned(args: readonly unknown[]): Make {
  const { numPartitions, columns } = split("repartitionByRange", args);
  if (columns.length === 0) {
    throw new PlanError(
      "repartitionByRange() was given no columns.",
      'Name them: df.repartitionByRange(8, "time")',
    );
  }
  return (input) => repartitionByExpression(input, columns.map(ascending), numPartitions);
}

/** `repartitionById(numPartitions, partitionIdCol)`. */
export function idPartitioned(numPartitions: unknown, partitionIdCol: ColumnOrName): Make {
  const count = checkPartitions("repartitionById", numPartitions);
  const id = directPartition(columnExpression(partitionIdCol));
  return (input) => repartitionByExpression(input, [id], count);
}

function split(method: string, args: readonly unknown[]): { numPartitions?: number; columns: Expression[] } {
  const [first, ...rest] = args;
  if (typeof first === "number" || typeof first === "bigint") {
    return { numPartitions: checkPartitions(method, first), columns: columnList(method, rest) };
  }
  if (args.length > 0) return { columns: columnList(method, args) };
  throw new PlanError(
    `${method}() was given nothing.`,
    `Pass a number of partitions, columns, or both: df.${method}(8, "host")`,
  );
}

function ascending(column: Expression): Expression {
  if (column.exprType.case === "sortOrder") return column;
  return sortOrder(column, SortDirection.ASCENDING, NullOrdering.SORT_NULLS_FIRST);
}
