import { compareValues } from "../compare-values.ts";
import type { PartitionCall } from "./partition-operation.ts";

interface Buckets {
  /** Edges, ascending; the last bucket includes its upper edge. */
  readonly buckets: readonly unknown[];
  /** Whether all buckets are equally wide. */
  readonly even: boolean;
}

/** How many records are in each bucket, as one array. What is missing, NaN or outside of all counts nowhere. */
export function* histogram(records: Iterable<unknown>, { args }: PartitionCall): Generator<number[]> {
  const { buckets, even } = args as Buckets;
  const last = buckets.length - 1;
  const lowest = buckets[0];
  const highest = buckets[last];
  const find = even
    ? byWidth(Number(lowest), Number(highest), last)
    : (value: unknown) => upper(buckets, value) - 1;
  const counts = Array<number>(last).fill(0);
  for (const record of records) {
    if (record === null || record === undefined || Number.isNaN(record)) continue;
    if (compareValues(record, highest) > 0 || compareValues(record, lowest) < 0) continue;
    counts[Math.min(find(record), last - 1)]++;
  }
  yield counts;
}

function byWidth(lowest: number, highest: number, count: number): (value: unknown) => number {
  const width = (highest - lowest) / count;
  if (width === 0) return () => 0;
  return (value) => Math.trunc((Number(value) - lowest) / width);
}

/** How many edges aren't above the value. */
function upper(edges: readonly unknown[], value: unknown): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareValues(value, edges[middle]) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
