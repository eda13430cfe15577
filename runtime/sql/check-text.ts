import { PlanError } from "../connect/plan-error.ts";
import { wellFormed } from "../connect/well-formed.ts";

/**
 * A name, path or other text that a method needs.
 * @param call the method and the argument, as in "dropTempView(viewName)"
 * @param example a call that works
 */
export function checkText(value: unknown, call: string, example: string): string {
  if (typeof value === "string" && value !== "") return wellFormed(value);
  const given =
    value === "" ? "empty text" : value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  throw new PlanError(`${call} was given ${given}.`, `Pass text: ${example}`);
}

/** {@link checkText} for an argument that may be left out. */
export function checkOptionalText(value: unknown, call: string, example: string): string | undefined {
  return value === undefined || value === null ? undefined : checkText(value, call, example);
}
