import {
  alias,
  call,
  cast,
  type Expression,
  extract,
  literal,
  NullOrdering,
  SortDirection,
  sortOrder,
  windowExpression,
} from "../plan/expression.ts";
import type {
  ArithmeticOf,
  ItemOf,
  OperandOf,
  OtherwiseOf,
  QuotientOf,
  WhenOf,
} from "./typed/value-rules.ts";
import type { WindowSpec } from "./window.ts";

declare const types: unique symbol;

/** What a method takes where a column or a constant may stand. Text is a constant, as in PySpark's operators. */
export type ColumnOrValue = Column | string | number | bigint | boolean | Date | Uint8Array | null;

/**
 * An expression over the columns of a row. Immutable; computes nothing by itself.
 * Its types say what select makes of it: the column's name (`string` when it isn't known) and the value in rows,
 * or the rule that gives it (`typed/value-rules.ts`).
 * @example df.filter(col("n").gt(10).and(col("host").like("srv%")))
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/column.html
 */
export class Column<out Name extends string = string, out Value = unknown> {
  /** For types only; nothing is there. */
  declare readonly [types]: [Name, Value];
  /** The message that stands for it in plans. */
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }

  /** This column under another name. */
  alias<const N extends string>(name: N): Column<N, Value> {
    return new Column(alias(this.expression, name));
  }

  /** Same as {@link alias}. */
  as<const N extends string>(name: N): Column<N, Value> {
    return this.alias(name);
  }

  /** Same as {@link alias}. */
  name<const N extends string>(name: N): Column<N, Value> {
    return this.alias(name);
  }

  /** @param type as in SQL: "int", "decimal(10,2)", or a data type */
  cast(type: string | { readonly simpleString: string }): Column<Name> {
    return new Column(cast(this.expression, typeof type === "string" ? type : type.simpleString));
  }

  /** Same as {@link cast}. */
  astype(type: string | { readonly simpleString: string }): Column<Name> {
    return this.cast(type);
  }

  /** Equal, as in SQL: null when either side is null. */
  eq(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("==", other);
  }
  /** Not equal. */
  neq(other: ColumnOrValue): Column<string, boolean | null> {
    return this.eq(other).not();
  }
  /** Equal, where two nulls are equal. */
  eqNullSafe(other: ColumnOrValue): Column<string, boolean> {
    return this.#call("<=>", other);
  }
  /** Greater than. */
  gt(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call(">", other);
  }
  /** Greater than or equal. */
  geq(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call(">=", other);
  }
  /** Less than. */
  lt(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("<", other);
  }
  /** Less than or equal. */
  leq(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("<=", other);
  }
  /** At least `lower` and at most `upper`. */
  between(lower: ColumnOrValue, upper: ColumnOrValue): Column<string, boolean | null> {
    return this.geq(lower).and(this.leq(upper));
  }

  /** Both. */
  and(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("and", other);
  }
  /** Either. */
  or(other: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("or", other);
  }
  /** The opposite. */
  not(): Column<string, boolean | null> {
    return this.#call("not");
  }

  /** Sum of two numbers. */
  plus<const O extends ColumnOrValue>(other: O): Column<string, ArithmeticOf<Value, OperandOf<O>>> {
    return this.#call("+", other);
  }
  /** Difference. */
  minus<const O extends ColumnOrValue>(other: O): Column<string, ArithmeticOf<Value, OperandOf<O>>> {
    return this.#call("-", other);
  }
  /** Product. */
  multiply<const O extends ColumnOrValue>(other: O): Column<string, ArithmeticOf<Value, OperandOf<O>>> {
    return this.#call("*", other);
  }
  /** Quotient, a double. */
  divide<const O extends ColumnOrValue>(other: O): Column<string, QuotientOf<Value, OperandOf<O>>> {
    return this.#call("/", other);
  }
  /** Remainder. */
  mod<const O extends ColumnOrValue>(other: O): Column<string, ArithmeticOf<Value, OperandOf<O>>> {
    return this.#call("%", other);
  }
  /** The number with its sign changed. */
  negate(): Column<string, Value> {
    return this.#call("negative");
  }

  /** Whether it is null. */
  isNull(): Column<string, boolean> {
    return this.#call("isNull");
  }
  /** Whether it isn't null. */
  isNotNull(): Column<string, boolean> {
    return this.#call("isNotNull");
  }
  /** Whether it equals one of the values. */
  isin(...values: ColumnOrValue[] | [readonly ColumnOrValue[]]): Column<string, boolean | null> {
    const list = (values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as ColumnOrValue[];
    return this.#call("in", ...list);
  }
  /** Whether text matches a pattern with `%` and `_`. */
  like(pattern: string): Column<string, boolean | null> {
    return this.#call("like", pattern);
  }
  /** {@link like}, whatever the case. */
  ilike(pattern: string): Column<string, boolean | null> {
    return this.#call("ilike", pattern);
  }
  /** Whether text matches a regular expression of Java. */
  rlike(pattern: string): Column<string, boolean | null> {
    return this.#call("rlike", pattern);
  }
  /** Whether text holds `part`. */
  contains(part: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("contains", part);
  }
  /** Whether text begins with `part`. */
  startsWith(part: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("startsWith", part);
  }
  /** Whether text ends with `part`. */
  endsWith(part: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("endsWith", part);
  }
  /** A part of text, counted from 1. */
  substr(startPos: ColumnOrValue, length: ColumnOrValue): Column<string, string | null> {
    return this.#call("substr", startPos, length);
  }

  /** The element of an array by index from 0, or of a map by key. */
  getItem<const K extends string | number>(key: K): Column<string, ItemOf<Value, K>> {
    return new Column(extract(this.expression, literal(key)));
  }
  /** A field of a struct. */
  getField<const N extends string>(name: N): Column<string, ItemOf<Value, N>> {
    return new Column(extract(this.expression, literal(name)));
  }

  /** Ascending order, nulls first. */
  asc(): Column<Name, Value> {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_FIRST);
  }
  /** Ascending order, nulls last. */
  ascNullsLast(): Column<Name, Value> {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Descending order, nulls last. */
  desc(): Column<Name, Value> {
    return this.#order(SortDirection.DESCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Descending order, nulls first. */
  descNullsFirst(): Column<Name, Value> {
    return this.#order(SortDirection.DESCENDING, NullOrdering.SORT_NULLS_FIRST);
  }

  /** A further branch of {@link functions.when}. */
  when<const V extends ColumnOrValue>(
    condition: Column,
    value: V,
  ): Column<string, WhenOf<OperandOf<V>, Value>> {
    return new Column(call("when", [...this.#branches(), condition.expression, toExpression(value)]));
  }
  /** The value of {@link functions.when} where no branch holds. Default: null. */
  otherwise<const V extends ColumnOrValue>(value: V): Column<string, OtherwiseOf<OperandOf<V>, Value>> {
    return new Column(call("when", [...this.#branches(), toExpression(value)]));
  }

  /** The function's value over a window of rows around each row. */
  over(window: WindowSpec): Column<string, Value> {
    return new Column(windowExpression(this.expression, window.partitions, window.orders, window.frame));
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(
      "A Column has no value here: it stands for one in every row.\n" +
        'Compare with methods, as in col("n").gt(10), and join conditions with .and() and .or().',
    );
  }

  #call<V = unknown>(name: string, ...args: ColumnOrValue[]): Column<string, V> {
    return new Column(call(name, [this.expression, ...args.map(toExpression)]));
  }

  #order(direction: SortDirection, nulls: NullOrdering): Column<Name, Value> {
    return new Column(sortOrder(this.expression, direction, nulls));
  }

  #branches(): Expression[] {
    const { exprType } = this.expression;
    if (exprType.case === "unresolvedFunction" && exprType.value.functionName === "when") {
      return exprType.value.arguments;
    }
    throw new TypeError("This column is no when().\nBegin with functions.when(condition, value).");
  }
}

/** The expression of a column, or of a constant. */
export function toExpression(value: ColumnOrValue): Expression {
  return value instanceof Column ? value.expression : literal(value);
}
