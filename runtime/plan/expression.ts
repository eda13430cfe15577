// Expressions of plans: arguments in, protobuf messages out, no I/O.
import { PlanError } from "../connect/plan-error.ts";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  Expression_Cast_EvalMode as EvalMode,
  Expression_Literal_ArraySchema,
  Expression_Literal_DecimalSchema,
  Expression_Literal_MapSchema,
  Expression_LiteralSchema,
  type Expression_Literal,
  ExpressionSchema,
  type Expression_SortOrder,
  Expression_SortOrder_NullOrdering as NullOrdering,
  Expression_SortOrder_SortDirection as SortDirection,
  Expression_SortOrderSchema,
  Expression_Window_WindowFrame_FrameType as FrameType,
  type Expression_Window_WindowFrame_FrameBoundary,
  Expression_Window_WindowFrame_FrameBoundarySchema,
  Expression_Window_WindowFrameSchema,
} from "../connect/generated/expressions_pb.js";
import { type DataType, DataTypeSchema } from "../connect/generated/types_pb.js";
import { wellFormed } from "../connect/well-formed.ts";

export type { Expression };

/**
 * A column by name, as written in SQL: `host`, `t.host`, `` `a.b` ``.
 * @param isMetadataColumn whether it is one that a source has beside its own columns
 */
export function attribute(name: string, planId?: bigint, isMetadataColumn = false): Expression {
  const value = { unparsedIdentifier: wellFormed(name), planId, isMetadataColumn };
  return create(ExpressionSchema, { exprType: { case: "unresolvedAttribute", value } });
}

/** Every column, `*`, or every column of `target`, `t.*`. */
export function star(target?: string, planId?: bigint): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "unresolvedStar", value: { unparsedTarget: target, planId } },
  });
}

/** A call of a function that the engine knows by name. */
export function call(name: string, args: Expression[], isDistinct = false): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "unresolvedFunction", value: { functionName: name, arguments: args, isDistinct } },
  });
}

/** SQL text that the engine parses. */
export function sqlText(text: string): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "expressionString", value: { expression: wellFormed(text) } },
  });
}

/** @param metadata JSON that is kept with the column */
export function alias(expr: Expression, name: string | readonly string[], metadata?: string): Expression {
  const value = { expr, name: (typeof name === "string" ? [name] : name).map(wellFormed), metadata };
  return create(ExpressionSchema, { exprType: { case: "alias", value } });
}

/** The message of a type, or its name in SQL: "int", "decimal(10,2)". */
export type CastType = string | MessageInitShape<typeof DataTypeSchema>;

/** @param isTry gives null for a value that can't be cast, instead of failing */
export function cast(expr: Expression, type: CastType, isTry = false): Expression {
  const evalMode = isTry ? EvalMode.TRY : EvalMode.UNSPECIFIED;
  const castToType =
    typeof type === "string"
      ? ({ case: "typeStr", value: type } as const)
      : ({ case: "type", value: type } as const);
  return create(ExpressionSchema, { exprType: { case: "cast", value: { expr, castToType, evalMode } } });
}

/** The struct with a field set to `value`, or without it when there is no value. */
export function updateField(structExpression: Expression, fieldName: string, value?: Expression): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "updateFields", value: { structExpression, fieldName, valueExpression: value } },
  });
}

/** The columns of a plan whose names match a regular expression. */
export function columnsLike(colName: string, planId?: bigint): Expression {
  return create(ExpressionSchema, { exprType: { case: "unresolvedRegex", value: { colName, planId } } });
}

/** The value says itself in which partition its row goes. */
export function directPartition(child: Expression): Expression {
  return create(ExpressionSchema, { exprType: { case: "directShufflePartitionId", value: { child } } });
}

export function extract(child: Expression, key: Expression): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "unresolvedExtractValue", value: { child, extraction: key } },
  });
}

/** A call of a function of the catalog, also a user's; its name may be qualified. */
export function callFunction(functionName: string, args: Expression[]): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "callFunction", value: { functionName, arguments: args } },
  });
}

const minInt = -(2 ** 31);
const maxInt = 2 ** 31 - 1;

/** What a constant is in a plan. */
export type LiteralType = Expression_Literal["literalType"];

/** The method of a value class, such as a decimal, that says which constant stands for it. */
export const sqlLiteral: unique symbol = Symbol("sqlLiteral");

/**
 * A constant: numbers as PySpark would type them (int, then bigint, then double), dates as timestamps, arrays and maps
 * with the type of their first element.
 * @throws PlanError for a value that no SQL constant stands for
 */
export function literal(value: unknown): Expression {
  return create(ExpressionSchema, { exprType: { case: "literal", value: literalValue(value) } });
}

/** The message of a constant; see {@link literal}. */
export function literalValue(value: unknown): Expression_Literal {
  return create(Expression_LiteralSchema, { literalType: literalType(value) });
}

function literalType(value: unknown): LiteralType {
  if (value === null || value === undefined) return { case: "null", value: dataType("null") };
  switch (typeof value) {
    case "boolean":
      return { case: "boolean", value };
    case "string":
      return { case: "string", value: wellFormed(value) };
    case "bigint":
      return bigintLiteral(value);
    case "number":
      if (!Number.isInteger(value) || Object.is(value, -0)) return { case: "double", value };
      if (value >= minInt && value <= maxInt) return { case: "integer", value };
      if (Number.isSafeInteger(value)) return { case: "long", value: BigInt(value) };
      return { case: "double", value };
    case "object":
      return objectLiteral(value);
    default:
      throw noLiteral(value);
  }
}

function objectLiteral(value: object): LiteralType {
  if (sqlLiteral in value) return (value as { [sqlLiteral](): LiteralType })[sqlLiteral]();
  if (value instanceof Date) return { case: "timestamp", value: microsOf(value) };
  if (value instanceof Uint8Array) return { case: "binary", value };
  if (Array.isArray(value)) {
    const elements = value.map(literalValue);
    return {
      case: "array",
      value: create(Expression_Literal_ArraySchema, { elementType: typeOf(value, elements[0]), elements }),
    };
  }
  if (value instanceof Map) {
    const [keys, values] = [[...value.keys()].map(literalValue), [...value.values()].map(literalValue)];
    const [keyType, valueType] = [typeOf(value, keys[0]), typeOf(value, values[0])];
    return {
      case: "map",
      value: create(Expression_Literal_MapSchema, { keyType, valueType, keys, values }),
    };
  }
  throw noLiteral(value);
}

// Timestamps to the microsecond carry them; a plain Date has milliseconds.
function microsOf(date: Date): bigint {
  if (Number.isNaN(date.getTime())) {
    throw new PlanError("No SQL constant stands for an invalid Date.", "Pass a valid one, or null.");
  }
  const { epochMicros } = date as { epochMicros?: bigint };
  return epochMicros ?? BigInt(date.getTime()) * 1000n;
}

function noLiteral(value: unknown): PlanError {
  return new PlanError(
    `No SQL constant stands for ${describe(value)}.`,
    "Pass a string, number, bigint, boolean, Date, Decimal, Uint8Array, null, or an array or Map of these.",
  );
}

/** The type of the first element, which is that of all. */
function typeOf(container: object, first: Expression_Literal | undefined): DataType {
  const literal = first?.literalType ?? { case: undefined };
  switch (literal.case) {
    case undefined:
    case "null":
      throw new PlanError(
        `The type of ${describe(container)} that ${first ? "begins with null" : "is empty"} can't be told.`,
        'Make it in SQL: expr("cast(array() AS array<int>)").',
      );
    case "array":
      return create(DataTypeSchema, {
        kind: { case: "array", value: { elementType: literal.value.elementType, containsNull: true } },
      });
    case "map": {
      const { keyType, valueType } = literal.value;
      return create(DataTypeSchema, {
        kind: { case: "map", value: { keyType, valueType, valueContainsNull: true } },
      });
    }
    case "decimal": {
      const { precision, scale } = literal.value;
      return create(DataTypeSchema, { kind: { case: "decimal", value: { precision, scale } } });
    }
    default:
      return dataType(literal.case as "string");
  }
}

function dataType(kind: "null" | "string"): DataType {
  return create(DataTypeSchema, { kind: { case: kind, value: {} } });
}

function bigintLiteral(value: bigint): LiteralType {
  if (BigInt.asIntN(64, value) === value) return { case: "long", value };
  const digits = String(value).replace("-", "").length;
  if (digits > 38) {
    throw new PlanError(
      `${value} has ${digits} digits; SQL numbers have at most 38.`,
      `Pass it as a string.`,
    );
  }
  return decimalLiteral(String(value), digits, 0);
}

/** A decimal constant. Spark takes the digits of the text where precision and scale are too small for them. */
export function decimalLiteral(value: string, precision = 10, scale = 0): LiteralType {
  return {
    case: "decimal",
    value: create(Expression_Literal_DecimalSchema, { value, precision, scale }),
  };
}

function describe(value: object | symbol | unknown): string {
  const name = (value as object)?.constructor?.name;
  return typeof value === "object" && name
    ? `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`
    : `a ${typeof value}`;
}

export { NullOrdering, SortDirection };

export function sortOrder(child: Expression, direction: SortDirection, nulls: NullOrdering): Expression {
  return create(ExpressionSchema, {
    exprType: { case: "sortOrder", value: { child, direction, nullOrdering: nulls } },
  });
}

/** The sort order that an expression is, or the ascending one it stands for. */
export function asSortOrder(expression: Expression): Expression_SortOrder {
  if (expression.exprType.case === "sortOrder") return expression.exprType.value;
  return create(Expression_SortOrderSchema, {
    child: expression,
    direction: SortDirection.ASCENDING,
    nullOrdering: NullOrdering.SORT_NULLS_FIRST,
  });
}

/** Bounds of a window frame: a count of rows or a distance, ±Infinity for unbounded, 0 for the current row. */
export interface WindowFrame {
  readonly type: "row" | "range";
  readonly lower: number | bigint;
  readonly upper: number | bigint;
}

export function windowExpression(
  windowFunction: Expression,
  partitionBy: readonly Expression[],
  orderBy: readonly Expression[],
  frame?: WindowFrame,
): Expression {
  return create(ExpressionSchema, {
    exprType: {
      case: "window",
      value: {
        windowFunction,
        partitionSpec: [...partitionBy],
        orderSpec: orderBy.map(asSortOrder),
        frameSpec:
          frame &&
          create(Expression_Window_WindowFrameSchema, {
            frameType: frame.type === "row" ? FrameType.ROW : FrameType.RANGE,
            lower: boundary(frame.type, frame.lower),
            upper: boundary(frame.type, frame.upper),
          }),
      },
    },
  });
}

function boundary(
  type: WindowFrame["type"],
  distance: number | bigint,
): Expression_Window_WindowFrame_FrameBoundary {
  const schema = Expression_Window_WindowFrame_FrameBoundarySchema;
  if (Number(distance) === 0) return create(schema, { boundary: { case: "currentRow", value: true } });
  if (Math.abs(Number(distance)) === Infinity) {
    return create(schema, { boundary: { case: "unbounded", value: true } });
  }
  // Rows are counted in an int, distances in a long, as Spark's own client does.
  const value = type === "row" ? literal(Number(distance)) : literal(BigInt(distance));
  return create(schema, { boundary: { case: "value", value } });
}

/** A double, also where the number is whole. */
export function doubleLiteral(value: number): Expression_Literal {
  return create(Expression_LiteralSchema, { literalType: { case: "double", value } });
}

/** A long, also where the number would fit an int. */
export function longLiteral(value: number | bigint): Expression_Literal {
  return create(Expression_LiteralSchema, { literalType: { case: "long", value: BigInt(value) } });
}
