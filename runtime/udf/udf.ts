import { refuseSurplus } from "../sql/surplus-arguments.ts";
import { PlanError } from "../connect/plan-error.ts";
import { checkFunction } from "./captured-function.ts";
import { returnType, type TypeLike } from "./return-type.ts";
import { definitionOf, userDefinedFunction, type UserDefinedFunction } from "./user-defined-function.ts";

/** PySpark's switch between two ways of sending rows; here they always travel in Arrow. */
export interface UdfOptions {
  readonly useArrow?: boolean;
}

type RowFunction = (...args: never[]) => unknown;

/**
 * Makes a function over columns of a TypeScript function over values. It runs in Node beside the executors, with the
 * variables it uses as they are when it is called with columns. Runs nothing itself.
 * Values come as rows have them: `null`, numbers (`bigint` beyond 2^53), strings, `Date`, `Timestamp`, `Decimal`,
 * arrays, `Map`, `Row`, `Uint8Array`; results are taken as `createDataFrame` takes them.
 * @param f called once a row with its arguments; synchronous
 * @param returnType DDL such as "int" or "a int, b string", or a data type; default: "string"
 * @throws PlanError for an async function or a type that isn't understood
 * @example
 * const shout = udf((text: string) => text.toUpperCase(), "string");
 * await df.select(shout("host")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.udf.html
 */
export function udf<F extends RowFunction>(
  f: F,
  returnType?: TypeLike,
  options?: UdfOptions,
): UserDefinedFunction;
export function udf(returnType: TypeLike): <F extends RowFunction>(f: F) => UserDefinedFunction;
export function udf(
  first: RowFunction | TypeLike,
  type: TypeLike = "string",
): UserDefinedFunction | ((f: RowFunction) => UserDefinedFunction) {
  if (arguments.length > 3) refuseSurplus("udf", 3, arguments);
  if (typeof first === "string" || (typeof first === "object" && first !== null && "typeName" in first))
    return (f: RowFunction) => udf(f, first);
  refuseUdf("udf()", first);
  checkFunction("udf()", first, 'udf((x: number) => x + 1, "int")');
  return userDefinedFunction({
    method: "udf",
    fn: first,
    name: first.name || "<lambda>",
    shape: "scalar",
    returns: returnType("udf()", type),
    deterministic: true,
  });
}

/** @throws PlanError for a function over columns where one over values is wanted */
export function refuseUdf(method: string, f: unknown): void {
  const definition = definitionOf(f);
  if (!definition) return;
  throw new PlanError(
    `${method} was given ${definition.name}, which is a function over columns already.`,
    "Pass the TypeScript function that it was made of.",
  );
}
