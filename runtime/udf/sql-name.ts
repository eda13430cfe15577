import { PlanError } from "../connect/plan-error.ts";

/**
 * Refuses what SQL can't call a function.
 * @param method for the message
 */
export function checkSqlName(method: string, name: unknown): void {
  if (typeof name === "string" && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return;
  throw new PlanError(
    `${method} was given the name ${JSON.stringify(name) ?? typeof name}.`,
    "Pass letters, digits and _, beginning with a letter.",
  );
}
