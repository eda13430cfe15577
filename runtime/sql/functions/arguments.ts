// Checks the arguments of functions and turns them into expressions. `place` is "function.argument", for errors.
import { inspect } from "node:util";
import { PlanError } from "../../connect/plan-error.ts";
import { call as callMessage, type Expression } from "../../plan/expression.ts";
import { lambda, lambdaVariable } from "../../plan/lambda.ts";
import { Column } from "../column.ts";
import { columnExpression, type ColumnOrName } from "../column-name.ts";
import { drawnSeed } from "../drawn-seed.ts";
import type { DataType } from "../types.ts";
import { lit } from "./lit.ts";

/** A call of a function that the engine knows by name; arguments that weren't given are left out. */
export function call<C extends Column<any, any>>(
  name: string,
  args: readonly (Expression | undefined)[],
  isDistinct = false,
): C {
  return new Column(
    callMessage(
      name,
      args.filter((argument) => argument !== undefined),
      isDistinct,
    ),
  ) as C;
}

/** A column, or the name of one. */
export function asColumn(place: string, value: ColumnOrName): Expression {
  if (value instanceof Column || (typeof value === "string" && value !== "")) return columnExpression(value);
  if (typeof value === "boolean") return columnExpression(value); // which says what JavaScript did
  refuse(place, value, "a column or its name", 'Pass a name, "host", or a Column: col("host"), lit(1).');
}

/** Columns, or names of them: one after another, or all in one array. */
export function asColumns(
  place: string,
  values: readonly (ColumnOrName | readonly ColumnOrName[])[],
): Expression[] {
  const columns = values.length === 1 && Array.isArray(values[0]) ? (values[0] as ColumnOrName[]) : values;
  return columns.map((value) => asColumn(place, value as ColumnOrName));
}

/** A column, its name, or a number. */
export function asColumnOrNumber(place: string, value: ColumnOrName | number | bigint): Expression {
  if (typeof value === "number" || typeof value === "bigint") return lit(value).expression;
  if (value instanceof Column || (typeof value === "string" && value !== "")) return columnExpression(value);
  refuse(place, value, "a number, a column or its name", 'Pass a number, 5, or a column, "n" or col("n").');
}

/** A number; also a Column. */
export function asNumber(place: string, value: Column | number | bigint): Expression {
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Column) {
    return lit(value).expression;
  }
  refuse(place, value, "a number", 'Pass a number, 5, or a Column, col("n").');
}

/** Text that is a constant; also a Column. */
export function asText(place: string, value: Column | string): Expression {
  if (typeof value === "string" || value instanceof Column) return lit(value).expression;
  refuse(place, value, "text", 'Pass text, "-", or a Column, col("separator").');
}

/** Text or bytes that are a constant; also a Column. */
export function asTextOrBytes(place: string, value: Column | string | Uint8Array): Expression {
  if (value instanceof Uint8Array) return lit(value).expression;
  if (typeof value === "string" || value instanceof Column) return lit(value).expression;
  refuse(place, value, "text or bytes", 'Pass text, ",", or a Uint8Array.');
}

/** True or false; also a Column. */
export function asBoolean(place: string, value: Column | boolean): Expression {
  if (typeof value === "boolean" || value instanceof Column) return lit(value).expression;
  refuse(place, value, "a boolean", "Pass true or false.");
}

/** Any constant that {@link lit} takes, or a Column. */
export function asValue(place: string, value: unknown): Expression {
  if (value === undefined) {
    refuse(place, value, "a value", 'Pass a constant, "x", or a Column, col("x"); null for SQL\'s NULL.');
  }
  return lit(value).expression;
}

/** A number or several; also a Column. */
export function asNumbers(place: string, value: Column | number | readonly number[]): Expression {
  if (Array.isArray(value) && value.every((each) => typeof each === "number")) return lit(value).expression;
  if (typeof value === "number" || value instanceof Column) return lit(value).expression;
  refuse(place, value, "a number or an array of numbers", "Pass a number, 0.5, or an array, [0.25, 0.75].");
}

/** A schema: DDL, a data type, or a Column of DDL. */
export function asSchema(place: string, value: Column | string | DataType): Expression {
  if (typeof value === "string" || value instanceof Column) return lit(value).expression;
  if (typeof value === "object" && value !== null && typeof value.jsonValue === "function") {
    return lit(JSON.stringify(sorted(value.jsonValue()))).expression;
  }
  refuse(place, value, "a schema", 'Pass DDL, "host string, port int", or a data type, new StructType().');
}

// PySpark writes a schema's JSON with its keys in order, and messages should be alike.
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}

/** A function over the elements of an array or map: of one to three Columns, to a Column. */
export type Lambda1 = (x: Column<string, any>) => Column<string, any>;
export type Lambda2 = (x: Column<string, any>, y: Column<string, any>) => Column<string, any>;
export type Lambda3 = (
  x: Column<string, any>,
  y: Column<string, any>,
  z: Column<string, any>,
) => Column<string, any>;

/**
 * A function as an expression: it is called here once, with Columns that stand for its arguments.
 * @param arities how many arguments it may take
 */
export function asLambda(
  place: string,
  value: Lambda1 | Lambda2 | Lambda3,
  arities: readonly number[],
): Expression {
  const counts = arities.join(" or ");
  const remedy = `Pass an arrow function of ${counts} Columns: ${example(arities[0])}.`;
  if (typeof value !== "function") refuse(place, value, "a function", remedy);
  if (!arities.includes(value.length)) {
    const [name, argument] = place.split(".");
    throw new PlanError(
      `${name} takes a function of ${counts} arguments for \`${argument}\`, not of ${value.length}.`,
      remedy,
    );
  }
  const variables = ["x", "y", "z"].slice(0, value.length).map(lambdaVariable);
  const result: unknown = (value as (...columns: Column[]) => Column)(
    ...variables.map((each) => new Column(each)),
  );
  if (!(result instanceof Column))
    refuse(`${place}()`, result, "a Column", "Give back a Column; a constant is lit(1).");
  return lambda(result.expression, variables);
}

function example(arity: number): string {
  return ["(x) => x.plus(1)", "(x, y) => x.plus(y)", "(k, x, y) => x.plus(y)"][arity - 1];
}

/** What options are given as: values are told to Spark as text. */
export type Options = Readonly<Record<string, string | number | bigint | boolean>>;

/** Options as a map of text, as Spark takes them. */
export function asOptions(place: string, options: Options): Expression {
  if (!isNamed(options)) {
    refuse(place, options, "an object of options", 'Pass an object: { "mode": "PERMISSIVE" }.');
  }
  const parts = Object.entries(options).flatMap(([name, value]) => {
    if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
      refuse(
        `${place}["${name}"]`,
        value,
        "text, a number or a boolean",
        "Leave the option out, or give it one of these.",
      );
    }
    return [lit(name).expression, lit(String(value)).expression];
  });
  return callMessage("map", parts);
}

/** The argument where it is given; undefined and null aren't. */
export function ifGiven<V>(
  convert: (place: string, value: V) => Expression,
  place: string,
  value: V | null | undefined,
): Expression | undefined {
  return value === undefined || value === null ? undefined : convert(place, value);
}

/** Optional arguments by name, in place of the first of them: `percentile("n", 0.5, { frequency: 2 })`. */
export type Named<Arguments> = { readonly [Name in keyof Arguments]?: Arguments[Name] };

type Unnamed =
  | Column<any, any>
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | ((...values: never[]) => unknown)
  | null
  | undefined;

/** Whether an argument is an object of optional arguments by name. */
export function isNamed<V>(value: V): value is Exclude<V, Unnamed> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

/** Named arguments in the order of the function's parameters; typed as none, since the function checks them. */
export function inOrder(name: string, named: object, parameters: readonly string[]): [] {
  const stranger = Object.keys(named).find((key) => !parameters.includes(key));
  if (stranger !== undefined) {
    throw new PlanError(
      `${name} has no argument \`${stranger}\` that can be given by name.`,
      `Those that can: ${parameters.join(", ")}.`,
    );
  }
  return parameters.map((parameter) => (named as Record<string, unknown>)[parameter]) as [];
}

/** A seed drawn here, where PySpark draws one too: a plan that is run twice gives the same values twice. */
export function randomSeed(): Column {
  return new Column(drawnSeed());
}

/** @throws PlanError unless there are so many */
export function atLeast(name: string, count: number, given: readonly unknown[]): void {
  if (given.length >= count) return;
  throw new PlanError(
    `${name} takes at least ${count}, not ${given.length}.`,
    `Pass ${count} or more, one after another.`,
  );
}

/** @throws PlanError unless it is one of these; a Column may be anything */
export function oneOf(place: string, value: unknown, allowed: readonly unknown[]): void {
  if (value instanceof Column || allowed.includes(value)) return;
  refuse(place, value, `one of ${allowed.join(", ")}`, `Pass one of ${allowed.join(", ")}.`);
}

/** @throws PlanError naming the function and the argument */
export function refuse(place: string, value: unknown, expected: string, remedy: string): never {
  const [name, argument] = place.split(/\.(.*)/s);
  const given = value === undefined ? "nothing" : `${inspect(value, { depth: 0 })} (${kindOf(value)})`;
  throw new PlanError(`${name} takes ${expected} for \`${argument}\`, not ${given}.`, remedy);
}

function kindOf(value: unknown): string {
  if (value === "") return "empty text";
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "object";
}
