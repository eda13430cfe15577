// RDDs made of others by operations of ours, which need no function of the user's.
import type { Lineage, Operation, Preparation, UserFunction } from "./lineage.ts";

/** One more operation over an RDD. */
export function operation(
  parent: Lineage,
  name: string,
  method: string,
  rest: Partial<Pick<Operation, "functions" | "values" | "args" | "prepare" | "keepsPartitioner">> = {},
): Lineage {
  return { kind: "operation", parent, name, method, functions: [], keepsPartitioner: false, ...rest };
}

/** Pairs with equal keys brought together and joined. */
export function reducedByKey(
  parent: Lineage,
  method: string,
  merge: UserFunction,
  numPartitions: number,
): Lineage {
  return {
    kind: "shuffle",
    parents: [parent],
    method,
    reduction: { mode: "combine", functions: { mergeValue: merge, mergeCombiners: merge } },
    partitioning: { kind: "hash" },
    numPartitions,
  };
}

/**
 * The partitions' values joined on the executors, over several rounds of fewer and fewer partitions, as PySpark's
 * treeAggregate has it.
 */
export function treeReduced(
  folded: Lineage,
  partitions: number,
  merge: UserFunction,
  depth: number,
): Lineage {
  let result = folded;
  let count = partitions;
  const scale = Math.max(Math.ceil(partitions ** (1 / depth)), 2);
  while (count > scale + count / scale) {
    count /= scale;
    const current = Math.trunc(count);
    const numbered = operation(result, "modulo", merge.method, { args: current });
    result = operation(reducedByKey(numbered, merge.method, merge, current), "values", merge.method);
  }
  return result;
}

/** The index of each partition's first record. */
export async function startsOf(parent: Lineage, preparation: Preparation): Promise<number[]> {
  const partitions = await preparation.partitionCount(parent);
  if (partitions < 2) return [0];
  const counts = await preparation.counts(parent);
  const starts = [0];
  for (const count of counts.slice(0, -1)) starts.push(starts[starts.length - 1] + count);
  return starts;
}
