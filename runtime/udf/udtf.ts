import { refuseSurplus } from "../sql/surplus-arguments.ts";
import type { Vector } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import type { StructJson } from "../plan/data-type.ts";
import { callTableFunction, EvalType, type PythonFunction } from "../plan/python-udf.ts";
import { type ColumnOrName, columnExpression } from "../sql/column-name.ts";
import { DataFrame } from "../sql/dataframe.ts";
import { type AnyFunction, capturedFunction } from "./captured-function.ts";
import { rowSchema, type TypeLike } from "./return-type.ts";
import { SessionFunctions } from "./session-functions.ts";

/**
 * A class whose objects make rows: `eval` of the arguments of each row, `terminate` after the last one.
 * Rows are arrays by position, or objects by name.
 */
export type TableFunctionClass = new () => {
  eval(...args: never[]): Iterable<object> | null | undefined | void;
  terminate?(): Iterable<object> | null | undefined | void;
};

/**
 * A table function of yours: called with columns it gives a DataFrame. Made by {@link udtf}.
 * @see https://spark.apache.org/docs/latest/api/python/user_guide/udfandudtf.html
 */
export interface UserDefinedTableFunction {
  /** The rows of one call. Copies the class and the variables it uses as they are now; runs nothing. */
  (...columns: ColumnOrName[]): DataFrame;
  /** The class itself. */
  readonly func: TableFunctionClass;
  /** The schema of its rows, as Spark writes it in JSON. */
  readonly returnType: StructJson;
  readonly deterministic: boolean;
  /** The same, of which the engine knows that it may give other rows each time. */
  asDeterministic(): UserDefinedTableFunction;
}

interface TableDefinition {
  readonly handler: TableFunctionClass;
  readonly name: string;
  readonly returns: StructJson;
  readonly deterministic: boolean;
  readonly isArrow: boolean;
}

const definitions = new WeakMap<object, TableDefinition>();

/** What a function made by {@link udtf} was made of; undefined for others. */
export function tableDefinitionOf(value: unknown): TableDefinition | undefined {
  return typeof value === "function" ? definitions.get(value) : undefined;
}

/**
 * Makes a table function of a class. Runs nothing. Its `eval` runs in Node beside the executors, once for each row
 * that the function is joined with, or once for a call with constants.
 * @param handler a class with a method `eval`, often a generator, and perhaps `terminate`; its constructor takes nothing
 * @param returnType the columns of its rows: "word string, n int", or a StructType
 * @throws PlanError for something else than such a class
 * @example
 * const words = udtf(class { *eval(text: string) { for (const word of text.split(" ")) yield [word]; } }, "word string");
 * await words(lit("to be or not")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.udtf.html
 */
export function udtf(
  handler: TableFunctionClass,
  returnType: TypeLike | { readonly returnType: TypeLike },
): UserDefinedTableFunction {
  if (arguments.length > 2) refuseSurplus("udtf", 2, arguments);
  return defined(handler, returnType, false);
}

/** A class whose `eval` makes Arrow tables, or rows, of columns. */
export type ArrowTableFunctionClass = new () => {
  // Any, so that a method may name the type of its vectors, Vector<Float64>.
  // eslint-disable-next-line typescript/no-explicit-any
  eval(...columns: Vector<any>[]): Iterable<object> | null | undefined | void;
  terminate?(): Iterable<object> | null | undefined | void;
};

/**
 * {@link udtf} for a class that works on columns: `eval` gets an Arrow `Vector` for each argument, with the values of
 * many rows, and yields tables or rows, which aren't joined with the rows that it was called for.
 * @param handler a class with a method `eval`
 * @param returnType the columns of its rows
 * @example
 * const doubled = arrowUdtf(class { *eval(n: Vector) { for (const x of n) yield [x * 2]; } }, "n int");
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.arrow_udtf.html
 */
export function arrowUdtf(
  handler: ArrowTableFunctionClass,
  returnType: TypeLike | { readonly returnType: TypeLike },
): UserDefinedTableFunction {
  if (arguments.length > 2) refuseSurplus("arrowUdtf", 2, arguments);
  return defined(handler as unknown as TableFunctionClass, returnType, true);
}

function defined(
  handler: TableFunctionClass,
  returnType: TypeLike | { readonly returnType: TypeLike },
  isArrow: boolean,
): UserDefinedTableFunction {
  checkHandler(handler);
  const isOptions = typeof returnType === "object" && returnType !== null && "returnType" in returnType;
  return tableFunction({
    handler,
    name: handler.name || "<lambda>",
    returns: rowSchema("udtf()", isOptions ? returnType.returnType : returnType),
    deterministic: false,
    isArrow,
  });
}

function checkHandler(handler: unknown): void {
  const isClass = typeof handler === "function" && /^class\b/.test(Function.prototype.toString.call(handler));
  const example = 'udtf(class { *eval(n: number) { yield [n]; } }, "n int")';
  if (!isClass) {
    const given = handler === null ? "null" : typeof handler;
    throw new PlanError(`udtf() was given ${given}, not a class.`, `Pass one with a method eval: ${example}`);
  }
  const { prototype } = handler as TableFunctionClass;
  for (const method of ["eval", "terminate"] as const) {
    const found: unknown = (prototype as unknown as Record<string, unknown>)[method];
    if (typeof found !== "function" && method === "eval")
      throw new PlanError(
        `udtf() was given ${handler.name || "a class"} without a method eval.`,
        `Write one: ${example}`,
      );
    if (typeof found === "function" && found.constructor.name.startsWith("Async")) {
      throw new PlanError(
        `udtf() was given a class whose ${method} is async; functions on executors are synchronous.`,
        `Fetch what it needs before: ${example}`,
      );
    }
  }
  if ("analyze" in (handler as object)) {
    throw new PlanError(
      "udtf() was given a class with a static method analyze, which runs in Python only.",
      `Give the schema with the class: ${example}`,
    );
  }
}

function tableFunction(definition: TableDefinition): UserDefinedTableFunction {
  const { handler, name, returns, deterministic } = definition;
  const call = (...columns: ColumnOrName[]) => {
    const functions = SessionFunctions.active(`${name}()`);
    const made = pythonTableFunction(functions, definition);
    return new DataFrame(functions.session, callTableFunction(made, columns.map(columnExpression)));
  };
  definitions.set(call, definition);
  return Object.defineProperties(call, {
    name: { value: name },
    func: { value: handler, enumerable: true },
    returnType: { value: returns, enumerable: true },
    deterministic: { value: deterministic, enumerable: true },
    asDeterministic: { value: () => tableFunction({ ...definition, deterministic: true }) },
  }) as unknown as UserDefinedTableFunction;
}

/** A definition as plans hold it. */
export function pythonTableFunction(
  functions: SessionFunctions,
  { handler, name, returns, deterministic, isArrow }: TableDefinition,
): PythonFunction {
  const terminates = typeof (handler.prototype as { terminate?: unknown }).terminate === "function";
  const spec = { shape: "table", name, returns, terminates, isArrow } as const;
  const captured = capturedFunction("udtf", handler as AnyFunction, spec, functions.isLocal);
  return {
    name,
    evalType: isArrow ? EvalType.arrowUdtf : EvalType.arrowTable,
    deterministic,
    returns,
    command: () => functions.command(captured),
    pythonVersion: () => functions.pythonVersion,
  };
}
