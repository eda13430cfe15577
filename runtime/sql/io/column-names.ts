import { PlanError } from "../../connect/plan-error.ts";
import { wellFormed } from "../../connect/well-formed.ts";

/** Names that were given one by one or as a list. */
export function columnNames(method: string, given: readonly (string | readonly string[])[]): string[] {
  const names = given.flat();
  if (names.length === 0 || (given.length > 1 && given.some(Array.isArray))) {
    const what = names.length === 0 ? "no columns" : "a list and more beside it";
    throw new PlanError(`${method}() was given ${what}.`, `Name them: .${method}("date", "host")`);
  }
  for (const name of names) {
    if (typeof name === "string" && name !== "" && wellFormed(name)) continue;
    throw new PlanError(
      `${method}() was given ${name === "" ? "empty text" : name === null ? "null" : typeof name} as a column.`,
      `Pass names: .${method}("date", "host")`,
    );
  }
  return names;
}
