import { PlanError } from "../connect/plan-error.ts";
import { asSortOrder, type Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { subquery, SubqueryType } from "../plan/subquery.ts";
import type { ColumnOrName } from "./column-name.ts";
import { columnList } from "./column-list.ts";

interface Layout {
  readonly partitions?: readonly Expression[];
  readonly orders?: readonly Expression[];
  readonly isSingle?: boolean;
}

/**
 * A DataFrame as an argument of a table function, with how its rows are handed over. Made by {@link DataFrame.asTable}.
 * @see https://spark.apache.org/docs/latest/api/python/user_guide/sql/python_udtf.html
 */
export class TableArg {
  readonly #input: Relation;
  readonly #layout: Layout;

  /** Use {@link DataFrame.asTable}. */
  constructor(input: Relation, layout: Layout = {}) {
    this.#input = input;
    this.#layout = layout;
  }

  /** The message that stands for it in plans. For the classes beside this one. */
  get expression(): Expression {
    const { partitions = [], orders = [], isSingle } = this.#layout;
    return subquery(this.#input, SubqueryType.TABLE_ARG, {
      tableArgOptions: {
        partitionSpec: [...partitions],
        orderSpec: orders.map(asSortOrder),
        withSinglePartition: isSingle,
      },
    });
  }

  /** Rows with equal values in these columns go to one call. Once, and not after {@link withSinglePartition}. */
  partitionBy(...columns: ColumnOrName[] | [readonly ColumnOrName[]]): TableArg {
    this.#checkFree("partitionBy");
    return new TableArg(this.#input, { ...this.#layout, partitions: columnList("partitionBy", columns) });
  }

  /** All rows go to one call. */
  withSinglePartition(): TableArg {
    this.#checkFree("withSinglePartition");
    return new TableArg(this.#input, { ...this.#layout, isSingle: true });
  }

  /** The order of the rows of a call; after {@link partitionBy} or {@link withSinglePartition}. */
  orderBy(...columns: ColumnOrName[] | [readonly ColumnOrName[]]): TableArg {
    if (!this.#isPartitioned) {
      throw new PlanError(
        "orderBy() was called on a table that isn't partitioned.",
        'Say first which rows go together: df.asTable().partitionBy("host").orderBy("time")',
      );
    }
    const orders = [...(this.#layout.orders ?? []), ...columnList("orderBy", columns)];
    return new TableArg(this.#input, { ...this.#layout, orders });
  }

  get #isPartitioned(): boolean {
    return this.#layout.isSingle === true || this.#layout.partitions !== undefined;
  }

  #checkFree(method: string): void {
    if (!this.#isPartitioned) return;
    throw new PlanError(
      `${method}() was called on a table that is partitioned already.`,
      "Call partitionBy() or withSinglePartition() once.",
    );
  }
}
