// A job's stages as one relation of Spark Connect. The seam for another carrier: nothing above knows of Python.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";
import { mapPartitions, partitionIndexes, pickledCall, repartitionBy } from "../plan/map-partitions.ts";
import type { StructJson } from "../plan/data-type.ts";
import { attribute } from "../plan/expression.ts";
import { drop, type Relation, sort } from "../plan/relation.ts";
import type { PlannedStage } from "./job-plan.ts";
import { blockColumns } from "./stage.ts";
import type { WorkerProgram } from "./worker-program.ts";

export interface Carrier {
  readonly jobId: string;
  readonly program: WorkerProgram;
  /** Whether executors run on this machine, with this Node and these files. */
  readonly isLocal: boolean;
  /** Whether the worker's source goes with the plan; else only its hash does. */
  readonly sendsSource: boolean;
  /** A file whose appearance ends the job's workers; "" where they couldn't see it. */
  readonly cancelFile: string;
  readonly pythonVersion: string;
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
/** Text is about so much longer than its .gz file. */
const gzipRatio = 5;
const positionColumn = "__sightline_position";

let shim: string | undefined;

const blockSchema: StructJson = {
  type: "struct",
  fields: blockColumns.map((name) => ({
    name,
    type: name === "blob" ? "binary" : "integer",
    nullable: true,
  })),
};

/** The rows of a DataFrame, in the order of the RDD's partitions. */
export function rowsRelation(stage: PlannedStage, carrier: Carrier): Relation {
  const { sink } = stage.spec;
  if (sink.kind !== "rows" || carrier.keepsOrder || sourceBytes(stage) > maxOrderedBytes)
    return stageRelation(stage, carrier);
  const position = { name: positionColumn, type: "double", nullable: false };
  const schema: StructJson = { type: "struct", fields: [...sink.schema.fields, position] };
  const spec = { ...stage.spec, sink: { ...sink, schema, isNumbered: true } };
  const numbered = stageRelation({ ...stage, spec }, carrier);
  return drop(sort(numbered, [attribute(positionColumn)]), [], [positionColumn]);
}

/** How much of files is read; what is sent with the plan is small beside it. */
function sourceBytes({ spec: { source }, parent }: PlannedStage): number {
  if (source.kind !== "text") return parent ? sourceBytes(parent) : 0;
  return source.splits.reduce(
    (sum, { start, end, isGzip }) => sum + (end - start) * (isGzip ? gzipRatio : 1),
    0,
  );
}

/**
 * The rows of blocks that the last stage writes, or, of sink `rows`, the rows of the DataFrame.
 * @param range the partitions to compute, where they don't come from a shuffle; default: all
 */
export function stageRelation(
  { spec, parent, partitionCount }: PlannedStage,
  carrier: Carrier,
  range: readonly [start: number, end: number] = [0, partitionCount],
  depth = 0,
): Relation {
  const [start, end] = range;
  const tasks = (partitions: number) => Math.max(1, Math.min(partitions, carrier.maxTasks));
  const input = parent
    ? repartitionBy(stageRelation(parent, carrier, undefined, depth + 1), "pid", tasks(partitionCount))
    : partitionIndexes(start, end, tasks(end - start));
  const schema = spec.sink.kind === "rows" ? spec.sink.schema : blockSchema;
  const config = {
    stage: `${carrier.jobId}/${depth}`,
    schema,
    input: parent ? "blocks" : "range",
    node: carrier.isLocal ? process.execPath : "node",
    workerPath: carrier.isLocal ? carrier.program.path : "",
    workerHash: carrier.program.hash,
    cancelFile: carrier.cancelFile,
  };
  const source = carrier.sendsSource && !carrier.isLocal ? carrier.program.source : undefined;
  shim ??= readFileSync(join(import.meta.dirname, "shim.py"), "utf8");
  return mapPartitions({
    input,
    columns: parent ? blockColumns : ["id"],
    command: pickledCall(shim, [JSON.stringify(config), serialize(spec), source]),
    schema,
    pythonVersion: carrier.pythonVersion,
  });
}
