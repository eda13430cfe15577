// What partitions gave to an action, joined in this process.
import type { Partitioner, UserFunction } from "./lineage.ts";
import { compareValues } from "./worker/compare-values.ts";
import { KeyMap } from "./worker/key-map.ts";
import { partitionOf, partitionSaid } from "./worker/partition-of.ts";
import { notAPair } from "./worker/not-a-pair.ts";

export { added } from "./worker/added.ts";

/** Pairs by key; of equal keys the last counts, or what `merge` makes of them. */
export function keyed(
  records: Iterable<unknown>,
  merge?: (a: unknown, b: unknown) => unknown,
): KeyMap<unknown> {
  const found = new KeyMap<unknown>();
  for (const record of records) {
    if (!Array.isArray(record)) throw notAPair("collectAsMap", record);
    const [key, value] = record as [unknown, unknown];
    found.set(key, merge && found.has(key) ? merge(found.get(key), value) : value);
  }
  return found;
}

/** Counts of the partitions, added up. */
export function counted<K>(partial: unknown[]): Map<K, number> {
  const counts = keyed(partial, (a, b) => (a as number) + (b as number));
  return new Map(counts.entries() as Iterable<[K, number]>);
}

type Order = (a: unknown, b: unknown) => number;

export function smaller(keyFunction: UserFunction | undefined): Order {
  if (!keyFunction) return compareValues;
  const keyOf = keyFunction.fn as (record: unknown) => unknown;
  return (a, b) => compareValues(keyOf(a), keyOf(b));
}

export function larger(keyFunction: UserFunction | undefined): Order {
  const order = smaller(keyFunction);
  return (a, b) => order(b, a);
}

/** The partition that a key's pairs lie in, where that is known. */
export function placeOf(key: unknown, partitioner: Partitioner | undefined): number | undefined {
  if (!partitioner) return undefined;
  const { partitioning, numPartitions } = partitioner;
  if (partitioning.kind === "hash") return partitionOf(key, numPartitions);
  if (partitioning.kind !== "function") return undefined;
  const { fn, method } = partitioning.function;
  return partitionSaid((fn as (key: unknown) => unknown)(key), numPartitions, method);
}
