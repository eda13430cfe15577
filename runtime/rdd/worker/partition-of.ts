import { portableHash } from "./portable-hash.ts";

/**
 * The partition that PySpark gives to a key: `portable_hash(key) % n`, where arrays are tuples and byte arrays bytes.
 * Values that Python can't hash, such as objects, go by `hashKey`.
 */
export function partitionOf(key: unknown, partitions: number): number {
  if (typeof key === "number" && Number.isSafeInteger(key)) {
    const rest = (key === -1 ? -2 : key) % partitions;
    return rest < 0 ? rest + partitions : rest + 0; // not -0
  }
  return portableHash(key).modulo(partitions);
}

/**
 * The partition that a function of the user's says.
 * @throws TypeError when it isn't a whole number
 */
export function partitionSaid(wanted: unknown, partitions: number, method: string): number {
  const number = typeof wanted === "bigint" ? Number(wanted % BigInt(partitions)) : wanted;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw new TypeError(
      `The partition function given to ${method} must return a whole number, but it returned ${String(wanted)}.`,
    );
  }
  return ((number % partitions) + partitions) % partitions;
}
