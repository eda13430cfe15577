import { PlanError } from "../connect/plan-error.ts";
import type { Vector } from "apache-arrow";
import { checkFunction } from "./captured-function.ts";
import { returnType, type TypeLike } from "./return-type.ts";
import { refuseUdf } from "./udf.ts";
import { userDefinedFunction, type UserDefinedFunction } from "./user-defined-function.ts";

/** What a function of {@link arrowUdf} is called with: the columns of a batch, or of a whole group. */
export const ArrowUDFType = { SCALAR: 250, GROUPED_AGG: 252 } as const;

/** Or by PySpark's words for the types of pandas. */
export const PandasUDFType = { SCALAR: 200, GROUPED_AGG: 202 } as const;

type FunctionType = "scalar" | "groupedAgg" | 250 | 252 | 200 | 202;
// Any, so that a function may name the type of its vectors, Vector<Float64>.
// eslint-disable-next-line typescript/no-explicit-any
type VectorFunction = (...columns: Vector<any>[]) => unknown;

const shapes = new Map<unknown, "vectors" | "aggregate">([
  ["scalar", "vectors"],
  [250, "vectors"],
  [200, "vectors"],
  ["groupedAgg", "aggregate"],
  [252, "aggregate"],
  [202, "aggregate"],
]);

/**
 * Makes a function over columns of a TypeScript function over Arrow vectors: it is called once a batch, not once a
 * row. Runs nothing itself.
 * @param f gets an Arrow `Vector` for each column; gives a `Vector`, a typed array or an array with a value for each
 *   row, or, for "groupedAgg", the one value of the group
 * @param returnType DDL or a data type; default: "string"
 * @param functionType "scalar" (default), or "groupedAgg" for `groupBy().agg()` and windows
 * @example
 * const celsius = arrowUdf((f: Vector) => Float64Array.from(f, (x) => (x - 32) / 1.8), "double");
 * const last = arrowUdf((n: Vector) => n.get(n.length - 1), "bigint", "groupedAgg");
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.arrow_udf.html
 */
export function arrowUdf(
  f: VectorFunction,
  returnType?: TypeLike,
  functionType?: FunctionType,
): UserDefinedFunction;
export function arrowUdf(
  returnType: TypeLike,
  functionType?: FunctionType,
): (f: VectorFunction) => UserDefinedFunction;
export function arrowUdf(
  first: VectorFunction | TypeLike,
  second?: TypeLike | FunctionType,
  third: FunctionType = "scalar",
): UserDefinedFunction | ((f: VectorFunction) => UserDefinedFunction) {
  if (typeof first !== "function")
    return (f: VectorFunction) => arrowUdf(f, first, (second as FunctionType | undefined) ?? "scalar");
  refuseUdf("arrowUdf()", first);
  checkFunction("arrowUdf()", first, 'arrowUdf((x: Vector) => Float64Array.from(x, (v) => v * 2), "double")');
  const shape = shapes.get(third);
  if (!shape) {
    throw new PlanError(
      `arrowUdf() was given the function type ${String(third)}.`,
      'Pass "scalar" or "groupedAgg"; for an iterator of batches use df.mapInArrow().',
    );
  }
  return userDefinedFunction({
    method: "arrowUdf",
    fn: first,
    name: first.name || "<lambda>",
    shape,
    returns: returnType("arrowUdf()", (second as TypeLike | undefined) ?? "string"),
    deterministic: true,
  });
}

/** Same as {@link arrowUdf}: where PySpark has pandas series, vectors of Arrow stand here. */
export const pandasUdf = arrowUdf;
