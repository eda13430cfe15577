import { types } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import { ClosureError } from "./closures/closure-error.ts";
import type { UserFunction } from "./lineage.ts";

const docs = "https://spark.apache.org/docs/latest/api/python/reference/api";

/** A function of records, which may be async. @throws PlanError for anything else */
export function userFunction(method: string, fn: unknown): UserFunction {
  if (typeof fn === "function") return { method, fn: fn as UserFunction["fn"] };
  throw new PlanError(
    `${method}() was given ${shown(fn)}.`,
    `Pass a function: see ${docs}/pyspark.RDD.${method}.html`,
  );
}

/** A function that joins, compares or places, which is called while another is at work. */
export function plainFunction(method: string, fn: unknown): UserFunction {
  const given = userFunction(method, fn);
  if (!types.isAsyncFunction(given.fn)) return given;
  const name = given.fn.name ? ` ${given.fn.name}` : "";
  throw new ClosureError(
    `${method}() was given the async function${name}, but it joins values, and must have its result at once.`,
    "Do what has to be awaited before, in map(async (x) => …), and join the results.",
  );
}

/** @throws PlanError for anything but a whole number from 1 */
export function partitionNumber(method: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  const what = typeof value === "number" ? `${value} partitions` : `${shown(value)} for numPartitions`;
  throw new PlanError(`${method}() was given ${what}.`, "Pass a whole number from 1.");
}

/** The same, where there is a default. */
export function partitionNumberOrNone(method: string, value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : partitionNumber(method, value);
}

/** @throws PlanError for anything but true and false, and 1 and 0, which people bring from Python */
export function flagArgument(method: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (value === 0 || value === 1) return value === 1;
  throw new PlanError(
    `${method}() was given ${shown(value)} for ${name}.`,
    "Pass true or false, at its place: methods of RDDs take no object of keywords.",
  );
}

/** @throws PlanError for anything but an object of texts */
export function environmentArgument(method: string, env: unknown): Record<string, string> {
  if (env === undefined || env === null) return {};
  const wrong =
    typeof env !== "object" || Array.isArray(env)
      ? shown(env)
      : Object.entries(env)
          .filter(([, value]) => typeof value !== "string")
          .map(([name, value]) => `${name}: ${shown(value)}`)[0];
  if (wrong === undefined) return env as Record<string, string>;
  throw new PlanError(
    `${method}() was given ${wrong} as env.`,
    `Pass texts by their names: rdd.${method}("sort", { LC_ALL: "C" })`,
  );
}

/** @throws PlanError for anything but a whole number from 0 */
export function countArgument(method: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  throw new PlanError(`${method}() was given ${shown(value)}.`, "Pass a whole number from 0.");
}

export function emptyError(method: string): PlanError {
  return new PlanError(`${method} of an RDD without records.`, "Ask first: await rdd.isEmpty()");
}
