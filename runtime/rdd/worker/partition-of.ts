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
