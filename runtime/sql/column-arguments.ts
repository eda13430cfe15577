// What the methods of a Column take, checked, as expressions.
import { PlanError } from "../connect/plan-error.ts";
import { alias, type CastType, call, type Expression, literal, updateField } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { subquery, SubqueryType } from "../plan/subquery.ts";
import { argumentError } from "./argument-error.ts";
import { textArgument } from "./text-argument.ts";
import { isPlainObject, keywordArguments } from "./keyword-arguments.ts";
import { typeMessage } from "./type-message.ts";
import type { DataType } from "./types.ts";

/** A DataFrame, as far as a Column knows it. */
export interface Subqueried {
  readonly relation: Relation;
}

interface ColumnLike {
  readonly expression: Expression;
}

function isColumn(value: unknown): value is ColumnLike {
  const { expression } = (value ?? {}) as Partial<ColumnLike>;
  return (expression as { $typeName?: string } | undefined)?.$typeName === "spark.connect.Expression";
}

function isFrame(value: unknown): value is Subqueried {
  if (typeof value !== "object" || value === null || isColumn(value)) return false;
  const { relation } = value as Partial<Subqueried>;
  return (relation as { $typeName?: string } | undefined)?.$typeName === "spark.connect.Relation";
}

export function columnAlias(expression: Expression, args: readonly unknown[]): Expression {
  const isNamed = isPlainObject(args.at(-1));
  const names = (isNamed ? args.slice(0, -1) : args).map((name) => {
    if (typeof name === "string") return name;
    throw argumentError("alias", name, 'a name: col("n").alias("count")');
  });
  if (names.length === 0) throw argumentError("alias", undefined, 'a name: col("n").alias("count")');
  const { metadata } = keywordArguments("alias", ["metadata"], isNamed ? args.slice(-1) : []);
  if (metadata === undefined) return alias(expression, names);
  if (!isPlainObject(metadata)) {
    throw argumentError("alias", metadata, 'an object: .alias("n", { metadata: { unit: "s" } })', "metadata");
  }
  if (names.length > 1) {
    throw new PlanError(
      "alias() was given metadata and several names.",
      'Metadata goes with one: col("n").alias("count", { metadata })',
    );
  }
  return alias(expression, names, JSON.stringify(metadata));
}

/** The type of a cast as its message, or as SQL text. */
export function castType(method: string, type: string | DataType): CastType {
  if (typeof type === "object" && type !== null && "simpleString" in type) return typeMessage(type);
  return textArgument(method, type, `a type: col("n").${method}("int")`);
}

/** The bounds of `substr`, both numbers or both columns. */
export function substrBounds<T>(startPos: T, length: T): [T, T] {
  for (const [name, value] of Object.entries({ startPos, length })) {
    const isFit = isColumn(value) || Number.isInteger(value);
    if (!isFit) throw argumentError("substr", value, 'a position and a length: col("s").substr(1, 3)', name);
  }
  if (typeof startPos === typeof length) return [startPos, length];
  throw new PlanError(
    "substr() was given a number and a Column.",
    'Pass two numbers or two columns: col("s").substr(lit(2), length("s"))',
  );
}

export function isinExpression(expression: Expression, values: readonly unknown[]): Expression {
  const [first] = values;
  if (values.length === 1 && isFrame(first)) {
    const { exprType } = expression;
    const isStruct = exprType.case === "unresolvedFunction" && exprType.value.functionName === "struct";
    const inSubqueryValues = isStruct ? exprType.value.arguments : [expression];
    return subquery(first.relation, SubqueryType.IN, { inSubqueryValues });
  }
  const isList = values.length === 1 && (Array.isArray(first) || first instanceof Set);
  const list = isList ? [...(first as Iterable<unknown>)] : values;
  return call("in", [
    expression,
    ...list.map((value) => (isColumn(value) ? value.expression : literal(value))),
  ]);
}

export function withField(struct: Expression, fieldName: string, column: unknown): Expression {
  const example = 'col("person").withField("age", lit(3))';
  const name = textArgument("withField", fieldName, `a field's name: ${example}`, "fieldName");
  if (!isColumn(column)) throw argumentError("withField", column, `a Column: ${example}`, "column");
  return updateField(struct, name, column.expression);
}

export function withoutFields(struct: Expression, fieldNames: readonly string[]): Expression {
  const remedy = 'the names of fields: col("person").dropFields("age")';
  if (fieldNames.length === 0) throw argumentError("dropFields", undefined, remedy);
  return fieldNames.reduce(
    (rest, name) => updateField(rest, textArgument("dropFields", name, remedy)),
    struct,
  );
}

/** A `when` with one branch more. */
export function nextBranch(expression: Expression, condition: unknown, value: Expression): Expression {
  if (!isColumn(condition)) {
    throw argumentError("when", condition, 'a Column: when(col("n").gt(1), "many")', "condition");
  }
  return call("when", [...branchesOf("when", expression), condition.expression, value]);
}

/** A `when` with its last value. */
export function lastBranch(expression: Expression, value: Expression): Expression {
  return call("when", [...branchesOf("otherwise", expression), value]);
}

function branchesOf(method: string, { exprType }: Expression): Expression[] {
  if (exprType.case !== "unresolvedFunction" || exprType.value.functionName !== "when") {
    throw new PlanError(
      `${method}() was called on a column that is no when().`,
      "Begin with functions.when(condition, value).",
    );
  }
  const { arguments: branches } = exprType.value;
  if (branches.length % 2 === 0) return branches;
  throw new PlanError(
    `${method}() was called after otherwise(), which ends a when().`,
    "Put otherwise() last, once.",
  );
}

export function checkWindow(window: unknown): void {
  const { partitions } = (window ?? {}) as { partitions?: unknown };
  if (Array.isArray(partitions)) return;
  throw argumentError(
    "over",
    window,
    'a window: rowNumber().over(Window.partitionBy("host").orderBy("time"))',
  );
}
