import type { JobClasses } from "../records.ts";
import { bucketCount, unbucketed } from "./buckets.ts";
import { type SortOrder, sortedPairs } from "./external-sort.ts";
import { GroupTable, type Grouping } from "./group-table.ts";
import { cogrouped, combining, distinct, grouped } from "./grouping.ts";
import { heapLimit } from "./heap-watch.ts";
import { keysOf, readPairs } from "./pair-segment.ts";
import { readRecords } from "./segment-columns.ts";
import { ScratchBuckets } from "./scratch-buckets.ts";
import type { Segment } from "./segment.ts";

/** What a reduce partition makes of the records that were sent to it. */
export type ReduceMode =
  /** As written, in order; of "pairs" the records are [key, value]. */
  | { readonly mode: "records" }
  | { readonly mode: "pairs" }
  /** [key, combined]. */
  | { readonly mode: "combine"; mergeCombiners(a: unknown, b: unknown): unknown }
  /** Each key once; the values aren't looked at. */
  | { readonly mode: "distinct" }
  /** [key, values]. */
  | { readonly mode: "group" }
  /** [key, values of each dependency]. */
  | { readonly mode: "cogroup"; readonly dependencies: number }
  /** [key, value] ordered by key; equal keys in the order in which they came. */
  | ({ readonly mode: "sort" } & SortOrder);

export interface ReduceOptions {
  readonly classes: JobClasses;
  /** Where files may lie while the partition is computed. */
  readonly scratchFolder: string;
  /** About how much of the records to hold. Default: 96 MB, or a quarter of V8's heap. */
  readonly memoryBytes?: number;
}

interface Options extends ReduceOptions {
  readonly memoryBytes: number;
}

const defaultMemoryBytes = Math.min(96 << 20, heapLimit() / 4);

/**
 * The records of a reduce partition, some thousand at a time. Keys come in the order in which they were first met, as
 * long as they fit in memory; larger partitions are taken bucket by bucket, in the same order each time.
 */
export function* reducePartition(
  segments: Iterable<Segment>,
  mode: ReduceMode,
  { memoryBytes = defaultMemoryBytes, ...rest }: ReduceOptions,
): Generator<unknown[]> {
  const options = { ...rest, memoryBytes };
  switch (mode.mode) {
    case "records":
      for (const segment of segments) yield readRecords(segment, options.classes);
      return;
    case "pairs":
      for (const segment of segments) {
        const { keys, values } = readPairs(segment, options.classes);
        yield keysOf(keys).map((key, i) => [key, values[i]]);
      }
      return;
    case "sort":
      yield* sortedPairs(segments, mode, options);
      return;
    default:
      yield* groupedPartition([...segments], groupingOf(mode), options);
  }
}

type GroupingMode = Exclude<ReduceMode, { mode: "records" | "pairs" | "sort" }>;

function groupingOf(mode: GroupingMode): Grouping {
  switch (mode.mode) {
    case "combine":
      return combining(mode.mergeCombiners);
    case "distinct":
      return distinct;
    case "group":
      return grouped;
    case "cogroup":
      return cogrouped(mode.dependencies);
  }
}

function* groupedPartition(segments: Segment[], grouping: Grouping, options: Options): Generator<unknown[]> {
  const isBucketed = segments.some(({ bucket }) => bucket !== unbucketed);
  if (!isBucketed || fits(segments, options)) yield* groupedSegments(segments, grouping, options, 1);
  else yield* groupedBuckets(segments, grouping, options);
}

/** Decoded and in a map, a pair takes about this much more than its bytes. */
const bytesPerPair = 150;
const bytesPerByte = 2;

function fits(segments: Segment[], { memoryBytes }: Options): boolean {
  return (
    segments.reduce((sum, { count, size }) => sum + count * bytesPerPair + size * bytesPerByte, 0) <
    memoryBytes
  );
}

/** Some map partitions have divided their keys into buckets: what the others wrote is divided too. */
function* groupedBuckets(segments: Segment[], grouping: Grouping, options: Options): Generator<unknown[]> {
  const counts = segments
    .filter(({ bucket }) => bucket !== unbucketed)
    .map(({ bucket }) => bucketCount(bucket));
  const buckets = Math.min(...new Set(counts));
  const divided = new ScratchBuckets({ ...options, buckets, level: 0 });
  try {
    for (const segment of segments) {
      if (segment.bucket !== unbucketed) divided.append(segment, buckets | (segment.bucket & (buckets - 1)));
      else divided.buffer.pushAll(segment.dependency, readPairs(segment, options.classes));
    }
    for (const bucket of divided.buckets()) yield* groupedSegments(bucket, grouping, options, 1);
  } finally {
    divided.close();
  }
}

/** Into how many a bucket is divided that is too large, and how often. */
const bucketsOfBucket = 16;
const maxLevel = 4;

function* groupedSegments(
  segments: Segment[],
  grouping: Grouping,
  options: Options,
  level: number,
): Generator<unknown[]> {
  let table: GroupTable | undefined = new GroupTable(grouping);
  let divided: ScratchBuckets | undefined;
  try {
    for (const segment of segments) {
      if (divided) {
        divided.buffer.pushAll(segment.dependency, readPairs(segment, options.classes));
        continue;
      }
      table!.add(readPairs(segment, options.classes), segment.dependency);
      if (level > maxLevel || table!.bytes < options.memoryBytes) continue;
      divided = new ScratchBuckets({ ...options, buckets: bucketsOfBucket, level });
      table!.divide(divided.buffer);
      table = undefined;
    }
    if (!divided) {
      yield* table!.blocks();
      return;
    }
    for (const bucket of divided.buckets()) yield* groupedSegments(bucket, grouping, options, level + 1);
  } finally {
    divided?.close();
  }
}
