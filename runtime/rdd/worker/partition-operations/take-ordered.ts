import { compareValues } from "../compare-values.ts";
import type { PartitionCall } from "./partition-operation.ts";

/** The smallest records in their order; of equal ones, those that came first. */
export function* takeOrdered(records: Iterable<unknown>, call: PartitionCall): Generator<unknown> {
  yield* first(records, call, compareValues);
}

/** The largest records, the largest first. */
export function* top(records: Iterable<unknown>, call: PartitionCall): Generator<unknown> {
  yield* first(records, call, (a, b) => compareValues(b, a));
}

interface Candidate {
  readonly key: unknown;
  readonly record: unknown;
}

const minHeld = 1024;

function* first(
  records: Iterable<unknown>,
  { functions: [keyOf], args }: PartitionCall,
  compare: (a: unknown, b: unknown) => number,
): Generator<unknown> {
  const { count } = args as { readonly count: number };
  if (count <= 0) return;
  let held: Candidate[] = [];
  let worst: Candidate | undefined;
  const settle = () => {
    held.sort((a, b) => compare(a.key, b.key));
    held = held.slice(0, count);
    if (held.length === count) worst = held[count - 1];
  };
  for (const record of records) {
    const key = keyOf ? keyOf(record) : record;
    if (worst && compare(key, worst.key) >= 0) continue;
    if (held.push({ key, record }) >= Math.max(minHeld, 2 * count)) settle();
  }
  settle();
  for (const candidate of held) yield candidate.record;
}
