import { PlanError } from "../../connect/plan-error.ts";
import type { DataFrame, FrameLike } from "../dataframe.ts";
import { argumentError, shown } from "../argument-error.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";
import type { SparkSession } from "../spark-session.ts";

/** @throws PlanError when it is no DataFrame, or one of another session */
export function checkFrame(other: FrameLike | undefined, session: SparkSession): void {
  // The class can't be asked here: it imports this file.
  const isFrame =
    typeof other === "object" && other !== null && "relation" in other && "sparkSession" in other;
  if (!isFrame) {
    throw new PlanError(`A DataFrame was expected, not ${shown(other)}.`, "Pass one, as in df.union(other).");
  }
  if (other.sparkSession === session) return;
  throw new PlanError(
    "The two DataFrames are of different sessions.",
    "Make both with one session; write one to files, and read it with the other.",
  );
}

/** What a function makes of a frame, which must be a frame. */
export function transformed<A extends unknown[]>(
  df: DataFrame,
  f: (df: DataFrame, ...args: A) => DataFrame,
  args: A,
): DataFrame {
  const remedy = "a function that gives a DataFrame: df.transform((df) => df.limit(1))";
  if (typeof f !== "function") throw argumentError("transform", f, remedy);
  const result = f(df, ...args);
  if (typeof result === "object" && result !== null && "relation" in result) return result;
  throw new PlanError(`The function given to transform() gave ${shown(result)}.`, `Pass ${remedy}`);
}

/** An option that is true or false, given by itself or by name. Default: false. */
export function flag(method: string, name: string, value: unknown): boolean {
  const given = isPlainObject(value) ? keywordArguments(method, [name], [value])[name] : value;
  if (given === undefined || given === null) return false;
  if (typeof given === "boolean") return given;
  throw argumentError(method, given, `true or false: { ${name}: true }`, name);
}
