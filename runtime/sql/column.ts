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
import type { WindowSpec } from "./window.ts";

/** What a method takes where a column or a constant may stand. Text is a constant, as in PySpark's operators. */
export type ColumnOrValue = Column | string | number | bigint | boolean | Date | Uint8Array | null;

/**
 * An expression over the columns of a row. Immutable; computes nothing by itself.
 * @example df.filter(col("n").gt(10).and(col("host").like("srv%")))
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/column.html
 */
export class Column {
  /** The message that stands for it in plans. */
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }

  /** This column under another name. */
  alias(name: string): Column {
    return new Column(alias(this.expression, name));
  }

  /** Same as {@link alias}. */
  as(name: string): Column {
    return this.alias(name);
  }

  /** Same as {@link alias}. */
  name(name: string): Column {
    return this.alias(name);
  }

  /** @param type as in SQL: "int", "decimal(10,2)", or a data type */
  cast(type: string | { readonly simpleString: string }): Column {
    return new Column(cast(this.expression, typeof type === "string" ? type : type.simpleString));
  }

  /** Same as {@link cast}. */
  astype(type: string | { readonly simpleString: string }): Column {
    return this.cast(type);
  }

  /** Equal, as in SQL: null when either side is null. */
  eq(other: ColumnOrValue): Column {
    return this.#call("==", other);
  }
  /** Not equal. */
  neq(other: ColumnOrValue): Column {
    return this.eq(other).not();
  }
  /** Equal, where two nulls are equal. */
  eqNullSafe(other: ColumnOrValue): Column {
    return this.#call("<=>", other);
  }
  /** Greater than. */
  gt(other: ColumnOrValue): Column {
    return this.#call(">", other);
  }
  /** Greater than or equal. */
  geq(other: ColumnOrValue): Column {
    return this.#call(">=", other);
  }
  /** Less than. */
  lt(other: ColumnOrValue): Column {
    return this.#call("<", other);
  }
  /** Less than or equal. */
  leq(other: ColumnOrValue): Column {
    return this.#call("<=", other);
  }
  /** At least `lower` and at most `upper`. */
  between(lower: ColumnOrValue, upper: ColumnOrValue): Column {
    return this.geq(lower).and(this.leq(upper));
  }

  /** Both. */
  and(other: ColumnOrValue): Column {
    return this.#call("and", other);
  }
  /** Either. */
  or(other: ColumnOrValue): Column {
    return this.#call("or", other);
  }
  /** The opposite. */
  not(): Column {
    return this.#call("not");
  }

  /** Sum of two numbers. */
  plus(other: ColumnOrValue): Column {
    return this.#call("+", other);
  }
  /** Difference. */
  minus(other: ColumnOrValue): Column {
    return this.#call("-", other);
  }
  /** Product. */
  multiply(other: ColumnOrValue): Column {
    return this.#call("*", other);
  }
  /** Quotient, a double. */
  divide(other: ColumnOrValue): Column {
    return this.#call("/", other);
  }
  /** Remainder. */
  mod(other: ColumnOrValue): Column {
    return this.#call("%", other);
  }
  /** The number with its sign changed. */
  negate(): Column {
    return this.#call("negative");
  }

  /** Whether it is null. */
  isNull(): Column {
    return this.#call("isNull");
  }
  /** Whether it isn't null. */
  isNotNull(): Column {
    return this.#call("isNotNull");
  }
  /** Whether it equals one of the values. */
  isin(...values: ColumnOrValue[] | [readonly ColumnOrValue[]]): Column {
    const list = (values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as ColumnOrValue[];
    return this.#call("in", ...list);
  }
  /** Whether text matches a pattern with `%` and `_`. */
  like(pattern: string): Column {
    return this.#call("like", pattern);
  }
  /** {@link like}, whatever the case. */
  ilike(pattern: string): Column {
    return this.#call("ilike", pattern);
  }
  /** Whether text matches a regular expression of Java. */
  rlike(pattern: string): Column {
    return this.#call("rlike", pattern);
  }
  /** Whether text holds `part`. */
  contains(part: ColumnOrValue): Column {
    return this.#call("contains", part);
  }
  /** Whether text begins with `part`. */
  startsWith(part: ColumnOrValue): Column {
    return this.#call("startsWith", part);
  }
  /** Whether text ends with `part`. */
  endsWith(part: ColumnOrValue): Column {
    return this.#call("endsWith", part);
  }
  /** A part of text, counted from 1. */
  substr(startPos: ColumnOrValue, length: ColumnOrValue): Column {
    return this.#call("substr", startPos, length);
  }

  /** The element of an array by index from 0, or of a map by key. */
  getItem(key: string | number): Column {
    return new Column(extract(this.expression, literal(key)));
  }
  /** A field of a struct. */
  getField(name: string): Column {
    return new Column(extract(this.expression, literal(name)));
  }

  /** Ascending order, nulls first. */
  asc(): Column {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_FIRST);
  }
  /** Ascending order, nulls last. */
  ascNullsLast(): Column {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Descending order, nulls last. */
  desc(): Column {
    return this.#order(SortDirection.DESCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Descending order, nulls first. */
  descNullsFirst(): Column {
    return this.#order(SortDirection.DESCENDING, NullOrdering.SORT_NULLS_FIRST);
  }

  /** A further branch of {@link functions.when}. */
  when(condition: Column, value: ColumnOrValue): Column {
    return new Column(call("when", [...this.#branches(), condition.expression, toExpression(value)]));
  }
  /** The value of {@link functions.when} where no branch holds. Default: null. */
  otherwise(value: ColumnOrValue): Column {
    return new Column(call("when", [...this.#branches(), toExpression(value)]));
  }

  /** The function's value over a window of rows around each row. */
  over(window: WindowSpec): Column {
    return new Column(windowExpression(this.expression, window.partitions, window.orders, window.frame));
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(
      "A Column has no value here: it stands for one in every row.\n" +
        'Compare with methods, as in col("n").gt(10), and join conditions with .and() and .or().',
    );
  }

  #call(name: string, ...args: ColumnOrValue[]): Column {
    return new Column(call(name, [this.expression, ...args.map(toExpression)]));
  }

  #order(direction: SortDirection, nulls: NullOrdering): Column {
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
