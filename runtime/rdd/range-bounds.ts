import { ClosureError } from "./closures/closure-error.ts";
import type { KeyOrder, Lineage, Preparation } from "./lineage.ts";
import { operation } from "./lineage-steps.ts";
import { compareValues } from "./worker/compare-values.ts";

/** The same as when records fail on an executor, which some samples do first. */
function sampleFailure(error: unknown): ClosureError {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : `Error: threw ${String(error)}`;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return new ClosureError(
    what,
    "It failed at keys of a sample, which are sorted here. Mend the key function, or filter such records out before.",
    {
      cause: error,
      frames: stack
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .join("\n"),
    },
  );
}

/** Any bounds sort right, so those of the first job serve the later ones. */
const known = new WeakMap<KeyOrder, Map<number, unknown[]>>();
const samplesPerPartition = 20;

/** The keys between the partitions of a sort, from a sample: the same as PySpark's. Runs two jobs. */
export async function rangeBounds(
  parent: Lineage,
  partitions: number,
  order: KeyOrder,
  preparation: Preparation,
): Promise<unknown[]> {
  if (partitions === 1) return [];
  let found = known.get(order);
  if (!found) known.set(order, (found = new Map()));
  let bounds = found.get(partitions);
  // Two jobs at a time look for themselves: one of them may be cancelled.
  if (!bounds) found.set(partitions, (bounds = await boundsOf(parent, partitions, order, preparation)));
  return bounds;
}

async function boundsOf(
  parent: Lineage,
  partitions: number,
  order: KeyOrder,
  preparation: Preparation,
): Promise<unknown[]> {
  const keyOf = (order.keyFunction?.fn ?? ((key: unknown) => key)) as (key: unknown) => unknown;
  const counts = await preparation.counts(parent);
  const size = counts.reduce((sum, count) => sum + count, 0);
  if (size === 0) return [];
  const fraction = Math.min((partitions * samplesPerPartition) / size, 1);
  const sample = operation(parent, "sample", "sortByKey", {
    args: { withReplacement: false, fraction, seed: 1 },
  });
  const keys = await preparation.collect(operation(sample, "keys", "sortByKey"));
  if (keys.length === 0) return [];
  try {
    for (let i = 0; i < keys.length; i++) keys[i] = keyOf(keys[i]);
    keys.sort(compareValues);
  } catch (error) {
    throw sampleFailure(error);
  }
  return Array.from({ length: partitions - 1 }, (_, index) => {
    return keys[Math.floor((keys.length * (index + 1)) / partitions)];
  });
}
