import { PlanError } from "../connect/plan-error.ts";
import { inspect } from "node:util";
import {
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
import { expressionText } from "../plan/expression-text.ts";
import { argumentError } from "./argument-error.ts";
import {
  castType,
  checkWindow,
  columnAlias,
  isinExpression,
  lastBranch,
  nextBranch,
  type Subqueried,
  substrBounds,
  withField,
  withoutFields,
} from "./column-arguments.ts";
import type {
  ArithmeticOf,
  ItemOf,
  OperandOf,
  OtherwiseOf,
  QuotientOf,
  WhenOf,
} from "./typed/value-rules.ts";
import type { CastTo } from "./typed/struct.ts";
import type { DataType } from "./types.ts";
import { resolveUnknownProperties } from "./unknown-properties.ts";
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

  /**
   * This column under another name; an expression that gives several columns takes a name for each.
   * @param options `metadata`: an object that is kept with the column, for one name only
   * @example col("n").alias("count", { metadata: { unit: "events" } })
   */
  alias<const N extends string>(name: N): Column<N, Value>;
  alias<const N extends string>(
    name: N,
    options: { readonly metadata?: Readonly<Record<string, unknown>> },
  ): Column<N, Value>;
  alias(...names: string[]): Column;
  alias(...args: unknown[]): Column {
    return new Column(columnAlias(this.expression, args));
  }

  /** Same as {@link alias}. */
  as<const N extends string>(name: N): Column<N, Value> {
    return this.alias(name);
  }

  /** Same as {@link alias}. */
  name<const N extends string>(name: N): Column<N, Value> {
    return this.alias(name);
  }

  /**
   * The values as another type. Under ANSI rules, Spark's default, a value that can't be one fails the query.
   * @param type as in SQL: "int", "decimal(10,2)", or a data type
   * @example col("n").cast("int")
   */
  cast<const T extends string | DataType>(type: T): Column<Name, CastTo<T>> {
    return new Column(cast(this.expression, castType("cast", type)));
  }

  /** Same as {@link cast}. */
  astype<const T extends string | DataType>(type: T): Column<Name, CastTo<T>> {
    return this.cast(type);
  }

  /** Like {@link cast}, with null for a value that can't be one. */
  tryCast<const T extends string | DataType>(type: T): Column<Name, CastTo<T>> {
    return new Column(cast(this.expression, castType("tryCast", type), true));
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
    if (lower === undefined || upper === undefined) {
      throw argumentError(
        "between",
        undefined,
        'both bounds: col("n").between(1, 10)',
        upper === undefined ? "upper" : "lower",
      );
    }
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

  /** To the power of `other`, a double. */
  pow(other: ColumnOrValue): Column<string, number | null> {
    return this.#call("power", other);
  }

  /** The bits that both have. */
  bitwiseAND(other: ColumnOrValue): Column<string, Value> {
    return this.#call("&", other);
  }
  /** The bits that either has. */
  bitwiseOR(other: ColumnOrValue): Column<string, Value> {
    return this.#call("|", other);
  }
  /** The bits that one of the two has. */
  bitwiseXOR(other: ColumnOrValue): Column<string, Value> {
    return this.#call("^", other);
  }

  /** Whether it is NaN. */
  isNaN(): Column<string, boolean> {
    return this.#call("isNaN");
  }
  /** Whether it is null. */
  isNull(): Column<string, boolean> {
    return this.#call("isNull");
  }
  /** Whether it isn't null. */
  isNotNull(): Column<string, boolean> {
    return this.#call("isNotNull");
  }
  /**
   * Whether it equals one of the values, or a value in the rows of a DataFrame; there a `struct` stands for several columns.
   * @example df.filter(col("host").isin("a", "b"))
   * @example df.filter(col("host").isin(suspects.select("host")))
   */
  isin(
    ...values: ColumnOrValue[] | [readonly ColumnOrValue[] | ReadonlySet<ColumnOrValue> | Subqueried]
  ): Column<string, boolean | null> {
    return new Column(isinExpression(this.expression, values));
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
  /** {@link startsWith}, as PySpark spells it. */
  startswith(part: ColumnOrValue): Column<string, boolean | null> {
    return this.startsWith(part);
  }
  /** Whether text ends with `part`. */
  endsWith(part: ColumnOrValue): Column<string, boolean | null> {
    return this.#call("endsWith", part);
  }
  /** {@link endsWith}, as PySpark spells it. */
  endswith(part: ColumnOrValue): Column<string, boolean | null> {
    return this.endsWith(part);
  }
  /**
   * A part of text.
   * @param startPos where it begins, from 1; below 0 from the end
   * @param length how many characters; both numbers, or both columns
   */
  substr(startPos: number | Column, length: number | Column): Column<string, string | null> {
    return this.#call("substr", ...substrBounds(startPos, length));
  }

  /**
   * The element of an array by index from 0, of a map by key, or of a struct by name. `column.name` and `column["name"]`
   * are the same where no method has the name.
   */
  getItem<const K extends ColumnOrValue>(
    key: K,
  ): Column<string, K extends string | number ? ItemOf<Value, K> : unknown> {
    return new Column(extract(this.expression, toExpression(key)));
  }
  /** A field of a struct. */
  getField<const N extends string>(name: N): Column<string, ItemOf<Value, N>> {
    return new Column(extract(this.expression, toExpression(name)));
  }
  /**
   * A struct with one field more, or another one in place of that of the same name.
   * @param fieldName `a.b` is the field `b` of the struct in the field `a`
   * @example df.withColumn("person", col("person").withField("age", lit(3)))
   */
  withField(fieldName: string, column: Column): Column {
    return new Column(withField(this.expression, fieldName, column));
  }
  /** A struct without these fields; at least one stays. */
  dropFields(...fieldNames: string[]): Column {
    return new Column(withoutFields(this.expression, fieldNames));
  }
  /** What a function makes of this column, for chains: `col("n").transform(double)`. */
  transform<R extends Column>(f: (column: this) => R): R {
    if (typeof f !== "function") {
      throw argumentError("transform", f, 'a function: col("n").transform((c) => c.plus(1))');
    }
    return f(this);
  }
  /** In a subquery: the column of the query outside of it. */
  outer(): Column<Name, Value> {
    return new Column(this.expression);
  }

  /** Ascending order, nulls first. */
  asc(): Column<Name, Value> {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_FIRST);
  }
  /** Same as {@link asc}. */
  ascNullsFirst(): Column<Name, Value> {
    return this.asc();
  }
  /** Ascending order, nulls last. */
  ascNullsLast(): Column<Name, Value> {
    return this.#order(SortDirection.ASCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Descending order, nulls last. */
  desc(): Column<Name, Value> {
    return this.#order(SortDirection.DESCENDING, NullOrdering.SORT_NULLS_LAST);
  }
  /** Same as {@link desc}. */
  descNullsLast(): Column<Name, Value> {
    return this.desc();
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
    return new Column(nextBranch(this.expression, condition, toExpression(value)));
  }
  /** The value of {@link functions.when} where no branch holds. Default: null. */
  otherwise<const V extends ColumnOrValue>(value: V): Column<string, OtherwiseOf<OperandOf<V>, Value>> {
    return new Column(lastBranch(this.expression, toExpression(value)));
  }

  /** The function's value over a window of rows around each row. */
  over(window: WindowSpec): Column<string, Value> {
    checkWindow(window);
    return new Column(windowExpression(this.expression, window.partitions, window.orders, window.frame));
  }

  [Symbol.toPrimitive](): never {
    throw new PlanError(
      "A Column has no value here: it stands for one in every row.",
      'Compare with methods, as in col("n").gt(10), and join conditions with .and() and .or().',
    );
  }

  #call<V = unknown>(name: string, ...args: ColumnOrValue[]): Column<string, V> {
    return new Column(call(name, [this.expression, ...args.map(toExpression)]));
  }

  #order(direction: SortDirection, nulls: NullOrdering): Column<Name, Value> {
    return new Column(sortOrder(this.expression, direction, nulls));
  }

  /** The expression in short. */
  [inspect.custom](): string {
    return `Column<${expressionText(this.expression)}>`;
  }
}

/** What other libraries, and Python's operators, call the methods of a column. */
const tried = {
  ...{ ne: "neq", notEqual: "neq", notEquals: "neq", notEqualTo: "neq", equals: "eq", equalTo: "eq" },
  ...{ ge: "geq", gte: "geq", greaterThan: "gt", greaterThanOrEqual: "geq" },
  ...{ le: "leq", lte: "leq", lessThan: "lt", lessThanOrEqual: "leq" },
  ...{ add: "plus", sub: "minus", subtract: "minus", mul: "multiply", times: "multiply" },
  ...{ div: "divide", dividedBy: "divide", modulo: "mod", isIn: "isin", isNan: "isNaN" },
};

resolveUnknownProperties(
  "Column",
  Column.prototype,
  (column, name) => column.getItem(/^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : name),
  tried,
);

/** The expression of a column, or of a constant. */
function toExpression(value: ColumnOrValue): Expression {
  if (value instanceof Column) return value.expression;
  if (value !== undefined) return literal(value);
  throw new PlanError(
    "A method of a Column was given nothing where it needs a value.",
    'Pass a constant or a Column: col("n").gt(1), col("n").eq(col("m")); null is SQL\'s NULL.',
  );
}
