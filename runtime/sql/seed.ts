import { argumentError } from "./argument-error.ts";

/** The seed of a random operation as the protocol has it; one that nobody gave is chosen here. */
export function seedOf(method: string, seed: unknown): bigint {
  if (seed === undefined || seed === null) return BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
  if (typeof seed === "bigint" && BigInt.asIntN(64, seed) === seed) return seed;
  if (typeof seed === "number" && Number.isSafeInteger(seed)) return BigInt(seed);
  throw argumentError(method, seed, "a whole number, such as 42", "seed");
}
