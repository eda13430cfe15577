// A job's stages as relations of Spark Connect. The seam for another carrier: nothing above knows of Python.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";
import type { StructJson } from "../plan/data-type.ts";
import { attribute } from "../plan/expression.ts";
import { mapPartitions, partitionIndexes, pickledCall, repartitionBy } from "../plan/map-partitions.ts";
import { drop, type Relation, setOperation, SetOpType, sort } from "../plan/relation.ts";
import type { AccumulatorLedger } from "./accumulator-ledger.ts";
import type { CapturedJob } from "./captured-job.ts";
import type { WorkerSettings } from "./executor-settings.ts";
import { bytesOfFiles } from "./files/file-source.ts";
import type { PlannedInput, PlannedShuffle, PlannedStage } from "./job-plan.ts";
import { blockColumns, type StageNode, type StageSpec } from "./stage.ts";
import { shufflesRead } from "./stage-parts.ts";
import type { WorkerProgram } from "./worker-program.ts";

export interface Carrier {
  readonly jobId: string;
  readonly job: CapturedJob;
  /** Takes what the job's tasks add to accumulators. */
  readonly added: AccumulatorLedger;
  readonly program: WorkerProgram;
  /** Whether executors run on this machine, with this Node and these files. */
  readonly isLocal: boolean;
  /** Whether the worker's source goes with the plan; else only its hash does. */
  readonly sendsSource: boolean;
  /** A file whose appearance ends the job's workers; "" where they couldn't see it. */
  readonly cancelFile: string;
  /** Where the stages of this job leave files for each other; undefined where their blocks go through the engine. */
  readonly folder: string | undefined;
  /** Where workers may put what doesn't fit in memory; "" for the system's folder. */
  readonly scratchFolder: string;
  /** As in `StageSpec`. */
  readonly consoleFile?: string;
  readonly pythonVersion: string;
  readonly settings: WorkerSettings;
  /** Into how many tasks of the engine the partitions of a stage are put, at most. */
  readonly maxTasks: number;
  /** Whether the engine gives the rows of its tasks one task after the other, not as they come. */
  readonly keepsOrder: boolean;
}

/**
 * Larger files' rows are left as they come: with an order, `first()` reads all of them, which takes two or three
 * seconds for so much. Actions that show no order (writes, counts, joins) don't pay: the engine leaves the sort out.
 */
const maxOrderedBytes = 256 << 20;
const positionColumn = "__sightline_position";

let shim: string | undefined;

export const blockSchema: StructJson = {
  type: "struct",
  fields: blockColumns.map((name) => ({
    name,
    type: name === "blob" ? "binary" : "integer",
    nullable: true,
  })),
};

/** The rows of a DataFrame, in the order of the RDD's partitions. */
export function rowsRelation(stage: PlannedStage, carrier: Carrier): Relation {
  const { sink } = stage;
  if (sink.kind !== "rows" || carrier.keepsOrder || bytesRead(stage) > maxOrderedBytes)
    return stageRelation(stage, carrier);
  const position = { name: positionColumn, type: "double", nullable: false };
  const schema: StructJson = { type: "struct", fields: [...sink.schema.fields, position] };
  const numbered = stageRelation({ ...stage, sink: { ...sink, schema, isNumbered: true } }, carrier);
  return drop(sort(numbered, [attribute(positionColumn)]), [], [positionColumn]);
}

/** How much of files is read; what is sent with the plan is small beside it. */
function bytesRead({ node, inputs }: PlannedStage): number {
  const shuffled = inputs.map((input) => (input.kind === "shuffle" ? bytesRead(input.stage) : 0));
  return bytesOf(node) + shuffled.reduce((sum, bytes) => sum + bytes, 0);
}

function bytesOf(node: StageNode): number {
  switch (node.kind) {
    case "files":
      return bytesOfFiles(node.files);
    case "union":
      return node.inputs.reduce((sum, { node: input }) => sum + bytesOf(input), 0);
    case "zip":
    case "cartesian":
      return bytesOf(node.left) + bytesOf(node.right);
    default:
      return "input" in node && node.input ? bytesOf(node.input) : 0;
  }
}

/**
 * The rows of blocks that a stage writes, or, of sink `rows`, the rows of the DataFrame. Stages whose blocks go
 * through the engine are part of it.
 * @param range the partitions to compute, where no blocks come with the input; default: all
 */
export function stageRelation(
  stage: PlannedStage,
  carrier: Carrier,
  range: readonly [start: number, end: number] = [0, stage.partitionCount],
  depth = 0,
): Relation {
  const [start, end] = range;
  const tasks = (partitions: number) => Math.max(1, Math.min(partitions, carrier.maxTasks));
  const carried = stage.inputs.filter((input) => input.kind === "blocks" || input.folder === "");
  if (carried.length === 0) {
    const indexes = partitionIndexes(start, end, tasks(end - start));
    return mapped(stage, indexes, "range", carrier, depth);
  }
  const [only] = carried;
  const routes = routesOf(stage);
  // The partitions of kept blocks lie whole in the engine's.
  if (carried.length === 1 && only.kind === "blocks" && routes.get(only.id) === undefined)
    return mapped(stage, only.relation, "blocks", carrier, depth);
  let firstSource = 0;
  const relations = carried.map((input) => {
    const written = writtenBlocks(input, routes.get(input.id), firstSource);
    firstSource += written.partitionCount;
    return stageRelation(written, carrier, undefined, depth + 1);
  });
  const blocks = relations.reduce((left, right) =>
    setOperation({ left, right, type: SetOpType.UNION, isAll: true }),
  );
  return mapped(stage, repartitionBy(blocks, "pid", tasks(stage.partitionCount)), "blocks", carrier, depth);
}

type Routes = readonly (readonly number[])[] | undefined;

/** For each shuffle which partitions of the stage read its partitions; undefined when each reads that of its number. */
function routesOf({ node, partitionCount, inputs }: PlannedStage): Map<number, Routes> {
  const readers = new Map(
    inputs.map((input) => [input.id, Array.from({ length: width(input) }, () => new Set<number>())]),
  );
  for (let pid = 0; pid < partitionCount; pid++)
    for (const [id, partition] of shufflesRead(node, pid)) readers.get(id)?.[partition].add(pid);
  return new Map(
    [...readers].map(([id, sets]) => {
      const isSame = sets.length === partitionCount && sets.every((set, at) => set.size === 1 && set.has(at));
      return [id, isSame ? undefined : sets.map((set) => [...set])];
    }),
  );
}

function width(input: PlannedInput): number {
  return input.kind === "shuffle" ? input.output.partitions : input.partitions;
}

/** The stage that writes an input for the partitions that read it. Blocks that the engine has are passed on. */
function writtenBlocks(input: PlannedInput, routes: Routes, firstSource: number): PlannedStage {
  if (input.kind === "shuffle") {
    const { stage } = input;
    return { ...stage, sink: { ...shuffleSink(stage), routes, firstSource } };
  }
  const { id, partitions } = input;
  const shuffles = [{ id, mapPartitions: 1, folder: "" }];
  return {
    node: { kind: "shuffled", shuffles, reduce: { mode: "records" } },
    sink: { kind: "shuffle", id, output: sameBlocks(partitions), folder: "", routes, firstSource },
    partitionCount: partitions,
    inputs: [input],
  };
}

function shuffleSink({ sink }: PlannedShuffle["stage"]) {
  if (sink.kind !== "shuffle") throw new Error(`A stage of a shuffle ends in ${sink.kind}.`);
  return sink;
}

/** Records that stay in their partitions. */
export function sameBlocks(partitions: number) {
  return {
    partitions,
    placement: { kind: "same" },
    record: "any",
    isGrouped: false,
    method: "persist",
  } as const;
}

function mapped(
  { node, sink }: PlannedStage,
  input: Relation,
  kind: "range" | "blocks",
  carrier: Carrier,
  depth: number,
): Relation {
  const readsBlocks = kind === "blocks";
  const { job, scratchFolder, consoleFile } = carrier;
  const spec: StageSpec = { closures: job.closures, node, sink, readsBlocks, scratchFolder, consoleFile };
  const schema = sink.kind === "rows" ? sink.schema : blockSchema;
  const config = {
    stage: `${carrier.jobId}/${depth}`,
    schema,
    input: kind,
    ...carrier.settings,
    workerPath: carrier.isLocal ? carrier.program.path : "",
    workerHash: carrier.program.hash,
    cancelFile: carrier.cancelFile,
  };
  const source = carrier.sendsSource && !carrier.isLocal ? carrier.program.source : undefined;
  shim ??= readFileSync(join(import.meta.dirname, "shim.py"), "utf8");
  return mapPartitions({
    input,
    columns: readsBlocks ? blockColumns : ["id"],
    command: pickledCall(shim, [JSON.stringify(config), serialize(spec), source]),
    schema,
    pythonVersion: carrier.pythonVersion,
  });
}
