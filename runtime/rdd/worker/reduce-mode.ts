import type { ReduceSide, SortOrder } from "../stage.ts";
import type { RevivedJob } from "./revived-job.ts";
import type { ReduceMode } from "./shuffle/reduce-partition.ts";
import { naturally } from "./shuffle/sort-order.ts";

/** The reduce side of a shuffle, with the functions of the job. */
export function reduceMode(reduce: ReduceSide, job: RevivedJob): ReduceMode {
  switch (reduce.mode) {
    case "combine":
      return { mode: "combine", mergeCombiners: job.functionAt(reduce.combiner.mergeCombiners) };
    case "sort":
      return { mode: "sort", ...comparing(reduce.order, job) };
    default:
      return reduce;
  }
}

function comparing({ isAscending, keyFunction }: SortOrder, job: RevivedJob) {
  const direction = isAscending ? 1 : -1;
  if (keyFunction === undefined) return { compare: naturally(direction), direction } as const;
  const keyOf = job.functionAt(keyFunction);
  const compare = naturally(direction);
  return { compare: (a: unknown, b: unknown) => compare(keyOf(a), keyOf(b)) };
}
