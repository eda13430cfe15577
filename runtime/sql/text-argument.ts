import { wellFormed } from "../connect/well-formed.ts";
import { argumentError } from "./argument-error.ts";

/**
 * The value, which must be text that isn't empty.
 * @param remedy what to pass: `a name: df.crosstab("host", "port")`
 * @throws PlanError otherwise
 */
export function textArgument(method: string, value: unknown, remedy: string, name?: string): string {
  if (typeof value === "string" && value !== "") return wellFormed(value);
  throw argumentError(method, value, remedy, name);
}

/** The names in a list, which may be empty; one name alone is a list of one. */
export function nameArguments(method: string, value: unknown, remedy: string, name?: string): string[] {
  const names = typeof value === "string" ? [value] : value;
  if (!Array.isArray(names)) throw argumentError(method, value, remedy, name);
  return names.map((each) => textArgument(method, each, remedy, name));
}
