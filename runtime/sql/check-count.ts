import { argumentError } from "./argument-error.ts";

/** The value, a count that a message of the protocol can hold. @throws PlanError naming the method otherwise */
export function checkCount(value: number, method: string): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
  throw argumentError(method, value, "a whole number from 0 up, below 2^31.");
}
