import { approxDistinct } from "./approx-distinct.ts";
import { countByValue } from "./count-by-value.ts";
import { histogram } from "./histogram.ts";
import type { PartitionOperation } from "./partition-operation.ts";
import { pipe } from "./pipe.ts";
import { sample, sampleByKey, split } from "./sample.ts";
import { stats } from "./stats.ts";
import { takeOrdered, top } from "./take-ordered.ts";
import { zipWithIndex, zipWithUniqueId } from "./zip-with-index.ts";

export type { PartitionCall, PartitionOperation } from "./partition-operation.ts";

/** The operations by their names in a stage. */
export const partitionOperations: Readonly<Record<string, PartitionOperation>> = {
  approxDistinct,
  countByValue,
  *glom(records) {
    yield [...records];
  },
  histogram,
  pipe,
  sample,
  sampleByKey,
  split,
  stats,
  takeOrdered,
  top,
  zipWithIndex,
  zipWithUniqueId,
};
