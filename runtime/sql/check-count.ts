import { PlanError } from "../connect/plan-error.ts";

/** The value, a count that a message of the protocol can hold. @throws PlanError naming the method otherwise */
export function checkCount(value: number, method: string): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
  throw new PlanError(`${method}() was given ${value}.`, "Pass a whole number from 0 up.");
}
