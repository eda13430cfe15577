// Expressions of plans: arguments in, protobuf messages out, no I/O.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  Expression_Cast_EvalMode as EvalMode,
  Expression_Literal_DecimalSchema,
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
import { DataTypeSchema } from "../connect/generated/types_pb.js";

export type { Expression };

/**
 * A column by name, as written in SQL: `host`, `t.host`, `` `a.b` ``.
 * @param isMetadataColumn whether it is one that a source has beside its own columns
 */
export function attribute(name: string, planId?: bigint, isMetadataColumn = false): Expression {
  const value = { unparsedIdentifier: name, planId, isMetadataColumn };
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
  return create(ExpressionSchema, { exprType: { case: "expressionString", value: { expression: text } } });
}

/** @param metadata JSON that is kept with the column */
export function alias(expr: Expression, name: string | readonly string[], metadata?: string): Expression {
  const value = { expr, name: typeof name === "string" ? [name] : [...name], metadata };
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

const maxInt = 2 ** 31 - 1;

/**
 * A constant: numbers as PySpark would type them (int, then bigint, then double), dates as timestamps.
 * @throws TypeError for a value that no SQL constant stands for
 */
export function literal(value: unknown): Expression {
  return create(ExpressionSchema, { exprType: { case: "literal", value: literalValue(value) } });
}

/** The message of a constant; see {@link literal}. */
export function literalValue(value: unknown): Expression_Literal {
  return create(Expression_LiteralSchema, { literalType: literalType(value) });
}

function literalType(value: unknown): Expression_Literal["literalType"] {
  if (value === null || value === undefined) {
    return { case: "null", value: create(DataTypeSchema, { kind: { case: "null", value: {} } }) };
  }
  switch (typeof value) {
    case "boolean":
      return { case: "boolean", value };
    case "string":
      return { case: "string", value };
    case "bigint":
      return bigintLiteral(value);
    case "number":
      if (!Number.isInteger(value) || Object.is(value, -0)) return { case: "double", value };
      if (Math.abs(value) <= maxInt) return { case: "integer", value };
      if (Number.isSafeInteger(value)) return { case: "long", value: BigInt(value) };
      return { case: "double", value };
    default:
      if (value instanceof Date) return { case: "timestamp", value: BigInt(value.getTime()) * 1000n };
      if (value instanceof Uint8Array) return { case: "binary", value };
      throw new TypeError(
        `No SQL constant stands for ${describe(value)}.\nPass a string, number, bigint, boolean, Date, Uint8Array or null.`,
      );
  }
}

function bigintLiteral(value: bigint): Expression_Literal["literalType"] {
  if (BigInt.asIntN(64, value) === value) return { case: "long", value };
  const digits = String(value).replace("-", "").length;
  if (digits > 38) {
    throw new RangeError(`${value} has ${digits} digits; SQL numbers have at most 38.\nPass it as a string.`);
  }
  const decimal = create(Expression_Literal_DecimalSchema, {
    value: String(value),
    precision: digits,
    scale: 0,
  });
  return { case: "decimal", value: decimal };
}

function describe(value: object | symbol | unknown): string {
  const name = (value as object)?.constructor?.name;
  return typeof value === "object" && name ? `a ${name}` : `a ${typeof value}`;
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
