import { showValue } from "../../sql/columns/row-error.ts";

/** The sum of two numbers or two bigints; 0 goes with either. @throws TypeError for anything else */
export function added(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof b === "bigint" && (typeof a === "bigint" || a === 0)) return BigInt(a) + b;
  if (typeof a === "bigint" && b === 0) return a;
  const odd = typeof b === "number" || typeof b === "bigint" ? a : b;
  throw new TypeError(
    `sum() needs numbers or bigints, all of one kind, but got ${showValue(odd, 80)}. Make numbers first: map(Number)`,
  );
}
