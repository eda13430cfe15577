import type { StageSource } from "../stage.ts";
import type { ArrowBatch } from "./arrow-input.ts";
import { readLines } from "./line-reader.ts";
import { decodeRecords, type JobClasses } from "./records.ts";
import { shuffledPartitions, type ShuffleReaderOptions } from "./shuffle-reader.ts";

/** A partition of the stage, with its records in arrays of a few thousand. */
export interface Partition {
  readonly index: number;
  readonly blocks: Iterable<unknown[]>;
}

/** The partitions that this task of the engine was given, one after the other. */
export function* partitions(
  source: StageSource,
  batches: Iterable<ArrowBatch>,
  options: Omit<ShuffleReaderOptions, "mapPartitions" | "combine">,
): Generator<Partition> {
  if (source.kind === "shuffle") {
    yield* shuffledPartitions(batches, {
      ...options,
      mapPartitions: source.mapPartitions,
      combine: source.combine,
    });
    return;
  }
  for (const index of partitionIndexes(batches))
    yield { index, blocks: blocks(source, index, options.classes) };
}

/** The rows of a Range relation: each is the index of a partition to compute. */
function* partitionIndexes(batches: Iterable<ArrowBatch>): Generator<number> {
  for (const { rowCount, buffers } of batches) {
    const indexes = Array.from({ length: rowCount }, (_, row) => Number(buffers[1].readBigInt64LE(row * 8)));
    yield* indexes;
  }
}

function blocks(
  source: Exclude<StageSource, { kind: "shuffle" }>,
  index: number,
  classes: JobClasses,
): Iterable<unknown[]> {
  if (source.kind === "text") return readLines(source.splits[index]);
  return [decodeRecords(source.slices[index], classes) as unknown[]];
}
