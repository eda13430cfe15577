import type { ReduceSide, SortOrder } from "../stage.ts";
import { compareValues } from "./compare-values.ts";
import type { RevivedJob } from "./revived-job.ts";
import type { ReduceMode } from "./shuffle/reduce-partition.ts";

/** The reduce side of a shuffle, with the functions of the job. */
export function reduceMode(reduce: ReduceSide, job: RevivedJob): ReduceMode {
  switch (reduce.mode) {
    case "combine":
      return { mode: "combine", mergeCombiners: job.functionAt(reduce.combiner.mergeCombiners) };
    case "sort":
      return { mode: "sort", compare: comparing(reduce.order, job) };
    default:
      return reduce;
  }
}

function comparing({ isAscending, keyFunction }: SortOrder, job: RevivedJob) {
  const keyOf = keyFunction === undefined ? undefined : job.functionAt(keyFunction);
  const compare = keyOf ? (a: unknown, b: unknown) => compareValues(keyOf(a), keyOf(b)) : compareValues;
  return isAscending ? compare : (a: unknown, b: unknown) => compare(b, a);
}
