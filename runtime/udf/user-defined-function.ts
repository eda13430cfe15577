import { PlanError } from "../connect/plan-error.ts";
import { type Expression, literal } from "../plan/expression.ts";
import type { TypeJson } from "../plan/data-type.ts";
import { callFunction, EvalType, type PythonFunction } from "../plan/python-udf.ts";
import { Column } from "../sql/column.ts";
import { type ColumnOrName, columnExpression } from "../sql/column-name.ts";
import { type AnyFunction, capturedFunction } from "./captured-function.ts";
import type { FunctionShape } from "./function-spec.ts";
import { SessionFunctions } from "./session-functions.ts";

/** What is known of a function when it is defined. */
export interface FunctionDefinition {
  /** What made it: "udf". */
  readonly method: string;
  readonly fn: (...args: never[]) => unknown;
  readonly name: string;
  readonly shape: Extract<FunctionShape, "scalar" | "vectors" | "aggregate">;
  readonly returns: TypeJson;
  readonly deterministic: boolean;
}

/**
 * A function of yours over columns: call it with columns or their names. Made by {@link udf} and {@link arrowUdf}.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.UDFRegistration.register.html
 */
export interface UserDefinedFunction {
  /**
   * A Column of the function's values. Copies the function and the variables it uses as they are now; runs nothing.
   * @throws ClosureError when it uses something that can't be sent to the executors
   */
  (...columns: ColumnOrName[]): Column;
  /** The function itself. */
  readonly func: (...args: never[]) => unknown;
  /** The type of its values, as Spark writes it in JSON. */
  readonly returnType: TypeJson;
  /** Whether it gives the same value for the same arguments. */
  readonly deterministic: boolean;
  /** The same function, of which the engine knows that it may give another value each time. */
  asNondeterministic(): UserDefinedFunction;
}

const definitions = new WeakMap<object, FunctionDefinition>();

/** What a function made by `udf` was made of; undefined for others. */
export function definitionOf(value: unknown): FunctionDefinition | undefined {
  return typeof value === "function" ? definitions.get(value) : undefined;
}

export function userDefinedFunction(definition: FunctionDefinition): UserDefinedFunction {
  const { fn, returns, deterministic, name } = definition;
  const call = (...columns: ColumnOrName[]) => new Column(applied(definition, columns.map(columnExpression)));
  definitions.set(call, definition);
  return Object.defineProperties(call, {
    name: { value: name },
    func: { value: fn, enumerable: true },
    returnType: { value: returns, enumerable: true },
    deterministic: { value: deterministic, enumerable: true },
    asNondeterministic: {
      value: () => userDefinedFunction({ ...definition, deterministic: false }),
    },
  }) as unknown as UserDefinedFunction;
}

function applied(definition: FunctionDefinition, args: Expression[]): Expression {
  const { method, name, shape } = definition;
  const functions = SessionFunctions.active(`${name}()`);
  if (args.length > 0) return callFunction(pythonFunction(functions, definition), args);
  if (shape !== "scalar") {
    throw new PlanError(
      `${name}() was called without columns, but a function of ${method} gets its values from them.`,
      `Pass at least one: ${name}("n").`,
    );
  }
  // With no column at all Python isn't told how many rows there are.
  return callFunction(pythonFunction(functions, definition, { takesNothing: true }), [literal(0)]);
}

const evalTypes = {
  scalar: EvalType.scalarArrow,
  vectors: EvalType.scalarArrow,
  aggregate: EvalType.groupedAggArrow,
};

/** A definition as plans hold it; `isConstant` for one that SQL calls without arguments. */
export function pythonFunction(
  functions: SessionFunctions,
  { method, fn, name, shape, returns, deterministic }: FunctionDefinition,
  { takesNothing = false, isConstant = false } = {},
): PythonFunction {
  const captured = capturedFunction(
    method,
    fn as AnyFunction,
    { shape, name, returns, takesNothing: takesNothing || isConstant },
    functions.isLocal,
  );
  return {
    name,
    evalType: isConstant ? EvalType.arrowBatched : evalTypes[shape],
    deterministic,
    returns,
    command: () => functions.command(captured, isConstant ? "constant" : shape),
    pythonVersion: () => functions.pythonVersion,
  };
}
