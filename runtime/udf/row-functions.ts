// Functions that make rows, as plans hold them.
import { PlanError } from "../connect/plan-error.ts";
import type { StructJson } from "../plan/data-type.ts";
import { EvalType, type PythonFunction } from "../plan/python-udf.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type AnyFunction, capturedFunction } from "./captured-function.ts";
import type { FunctionSpec } from "./function-spec.ts";
import { SessionFunctions } from "./session-functions.ts";

const evalTypes = {
  batches: EvalType.mapArrowIter,
  group: EvalType.groupedMapArrow,
  cogroup: EvalType.cogroupedMapArrow,
};

interface RowFunction extends Pick<FunctionSpec, "each" | "asRows" | "takesKey"> {
  readonly method: string;
  readonly fn: (...args: never[]) => unknown;
  readonly shape: keyof typeof evalTypes;
  readonly returns: StructJson;
  /** Of shape `cogroup`: whether the engine is given groups of a union, see cogroup-of-union.ts. */
  readonly isOfUnion?: boolean;
}

export function rowFunction(
  session: SparkSession,
  { method, fn, shape, returns, isOfUnion = false, ...rest }: RowFunction,
): PythonFunction {
  const functions = SessionFunctions.of(session);
  const name = fn.name || method;
  const captured = capturedFunction(
    method,
    fn as AnyFunction,
    { shape, name, returns, ...rest },
    functions.isLocal,
  );
  return {
    name,
    evalType: isOfUnion ? EvalType.groupedMapArrow : evalTypes[shape],
    deterministic: true,
    returns,
    command: () => functions.command(captured, isOfUnion ? "cogroupOfUnion" : shape),
    pythonVersion: () => functions.pythonVersion,
  };
}

/**
 * Whether a function wants the key before its tables, by how many parameters it has.
 * @param tables how many tables it gets
 * @throws PlanError for another number of parameters
 */
export function takesKey(method: string, fn: (...args: never[]) => unknown, tables: 1 | 2): boolean {
  if (fn.length <= tables) return false;
  if (fn.length === tables + 1) return true;
  const [plain, keyed] =
    tables === 1 ? ["(table) => …", "(key, table) => …"] : ["(left, right) => …", "(key, left, right) => …"];
  throw new PlanError(
    `${method} was given a function of ${fn.length} parameters.`,
    `Take ${tables === 1 ? "the group's table" : "both tables"}, ${plain}, or the key before, ${keyed}.`,
  );
}
