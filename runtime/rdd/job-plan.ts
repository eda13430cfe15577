import { PlanError } from "../connect/plan-error.ts";
import type { StructJson } from "../plan/data-type.ts";
import { capture, type Captured, type CaptureOptions } from "./closures/capture.ts";
import { type Lineage, type Shuffle, type Source, stageOf, type UserFunction } from "./lineage.ts";
import type { Combine, StageOperation, StageSink, StageSource, StageSpec } from "./stage.ts";
import { textSplits } from "./text-splits.ts";
import { encodeRecords } from "./worker/records.ts";

/** What an action wants of the last stage. */
export type Wanted =
  | { readonly kind: "collect"; readonly limit?: number }
  | { readonly kind: "count" | "countByKey" | "ignore" }
  | { readonly kind: "reduce"; readonly function: UserFunction }
  | { readonly kind: "rows"; readonly schema: StructJson };

/** A stage with the number of its partitions. Those of a shuffle wait for the stage before. */
export interface PlannedStage {
  readonly spec: StageSpec;
  readonly partitionCount: number;
  readonly parent: PlannedStage | undefined;
}

export interface JobPlan {
  readonly stage: PlannedStage;
  readonly classes: Captured["classes"];
}

/**
 * The stages of an RDD, with its functions and all they use copied as they are now.
 * @throws ClosureError for a function that can't travel; PlanError for a missing file
 */
export function planJob(lineage: Lineage, wanted: Wanted, options: CaptureOptions): JobPlan {
  const roots = new Roots();
  const draft = draftStage(lineage, () => sinkOf(wanted, roots), roots);
  const { bundle, classes } = capture(
    roots.functions.map(({ method, fn }) => ({ method, fn })),
    options,
  );
  const entries = [...classes].map(
    ([id, constructor]) => [id, { constructor, hasPrivateFields: false }] as const,
  );
  return { stage: finish(draft, bundle, new Map(entries)), classes };
}

/** How many partitions an RDD has. */
export function partitionCount(lineage: Lineage): number {
  const { base } = stageOf(lineage);
  switch (base.kind) {
    case "text":
      return textSplits(base.path, base.minPartitions).length;
    case "slices":
      return base.slices.length;
    case "shuffle":
      return base.numPartitions ?? Math.max(1, partitionCount(base.parent));
  }
}

/** The user's functions of a job, each once; stages name them by their place. */
class Roots {
  readonly functions: UserFunction[] = [];

  indexOf(wanted: UserFunction): number {
    const index = this.functions.findIndex(({ fn }) => fn === wanted.fn);
    return index === -1 ? this.functions.push(wanted) - 1 : index;
  }
}

interface Draft {
  readonly base: Source | Shuffle;
  readonly partitionCount: number;
  readonly operations: readonly StageOperation[];
  readonly sink: StageSink;
  readonly combine: Combine | undefined;
  readonly parent: Draft | undefined;
  readonly splits: StageSource | undefined;
}

function draftStage(lineage: Lineage, makeSink: () => StageSink, roots: Roots): Draft {
  const { base, operations } = stageOf(lineage);
  const sink = makeSink();
  const common = {
    base,
    sink,
    operations: operations.map(({ operation, function: user }) => ({
      kind: operation,
      fn: roots.indexOf(user),
    })),
  };
  if (base.kind === "shuffle") {
    const combine = combineOf(base, roots);
    const partitions = partitionCount(lineage);
    const parent = draftStage(base.parent, () => ({ kind: "shuffle", partitions, combine }), roots);
    return { ...common, combine, parent, splits: undefined, partitionCount: partitions };
  }
  if (base.kind === "text") {
    const splits = textSplits(base.path, base.minPartitions);
    const source = { kind: "text", splits } as const;
    return {
      ...common,
      combine: undefined,
      parent: undefined,
      splits: source,
      partitionCount: splits.length,
    };
  }
  for (const slice of base.slices) for (const record of slice) addClass(record, roots);
  return {
    ...common,
    combine: undefined,
    parent: undefined,
    splits: undefined,
    partitionCount: base.slices.length,
  };
}

/** Records that are instances travel with their class. */
function addClass(record: unknown, roots: Roots): void {
  if (typeof record !== "object" || record === null) return;
  const { constructor } = record;
  if (typeof constructor !== "function" || !/^class\b/.test(Function.prototype.toString.call(constructor)))
    return;
  roots.indexOf({ method: "parallelize", fn: constructor as UserFunction["fn"] });
}

function combineOf(base: Shuffle, roots: Roots): Combine {
  return base.mode === "reduce"
    ? { mode: "reduce", reduce: roots.indexOf(base.function!) }
    : { mode: base.mode };
}

function sinkOf(wanted: Wanted, roots: Roots): StageSink {
  return wanted.kind === "reduce" ? { kind: "reduce", reduce: roots.indexOf(wanted.function) } : wanted;
}

type Classes = Parameters<typeof encodeRecords>[1];

function finish(draft: Draft, closures: StageSpec["closures"], classes: Classes): PlannedStage {
  const parent = draft.parent && finish(draft.parent, closures, classes);
  const { operations, sink } = draft;
  const source = sourceOf(draft, parent, classes);
  return { spec: { closures, source, operations, sink }, partitionCount: draft.partitionCount, parent };
}

function sourceOf(
  { base, splits, combine }: Draft,
  parent: PlannedStage | undefined,
  classes: Classes,
): StageSource {
  if (splits) return splits;
  if (base.kind === "slices")
    return { kind: "slices", slices: base.slices.map((slice) => encoded(slice, classes)) };
  return { kind: "shuffle", mapPartitions: parent!.partitionCount, combine: combine! };
}

function encoded(slice: readonly unknown[], classes: Classes): Uint8Array {
  try {
    return encodeRecords(slice, classes);
  } catch (error) {
    throw new PlanError(
      `parallelize() was given a record that can't be sent: ${(error as Error).message}`,
      "Records are data: numbers, text, arrays, objects, Map, Set, Date. Make functions part of map() instead.",
      { cause: error },
    );
  }
}
