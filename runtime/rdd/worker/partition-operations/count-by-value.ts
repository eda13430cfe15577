import { KeyMap } from "../key-map.ts";
import type { PartitionCall } from "./partition-operation.ts";

/** Pairs of a value and how many there are of it, in the order in which they came first. */
export function* countByValue(
  records: Iterable<unknown>,
  _call: PartitionCall,
): Generator<[unknown, number]> {
  const counts = new KeyMap<number>();
  for (const record of records) {
    const entry = counts.entry(record);
    if (entry) entry.value++;
    else counts.add(record, 1);
  }
  yield* counts.entries();
}
