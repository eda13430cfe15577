// Functions that make rows of tables.
import { type RecordBatch, Table } from "apache-arrow";
import type { StructJson } from "../../plan/map-partitions.ts";
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import { RowWriter } from "../../rdd/worker/row-writer.ts";
import { describeValue, RowError } from "../../sql/columns/row-error.ts";
import { valuesOf } from "../../sql/arrow-rows.ts";
import type { FunctionSpec } from "../function-spec.ts";
import { recordOf, RowFrame } from "../row-frame.ts";
import { type CallProgress, settled } from "./call-progress.ts";
import type { LoadedFunction } from "./load-function.ts";
import { readBatches } from "./read-batches.ts";
import { writeTable } from "./table-output.ts";
import { isTable } from "./vector-layout.ts";

/** Reads tables, or a partition's batches one by one, calls the function and writes the rows of its result. */
export function tableCall(
  { spec, fn }: LoadedFunction,
  streams: Iterator<Buffer> & Iterable<Buffer>,
  output: BatchOutput,
  progress: CallProgress,
  say: () => void,
): void {
  if (spec.shape === "batches") {
    progress.place = "in the first batch";
    const result = settled(fn(batchesOf(spec, streams, progress)));
    for (const part of iterable(spec, result)) {
      write(spec, part, output);
      say();
    }
    return;
  }
  const key = spec.takesKey ? keyOf(streams) : undefined;
  const tables = [...streams].map((stream) => frameOf(spec, new Table(readBatches(stream))));
  progress.place = "in a group";
  if (key) progress.arguments = () => key;
  write(spec, settled(key ? fn(key, ...tables) : fn(...tables)), output);
}

function* batchesOf(
  spec: FunctionSpec,
  streams: Iterable<Buffer>,
  progress: CallProgress,
): Generator<unknown> {
  let index = 0;
  for (const stream of streams) {
    for (const batch of readBatches(stream)) {
      progress.place = `in batch ${index++} of a partition`;
      yield frameOf(spec, batch);
    }
  }
}

function keyOf(streams: Iterator<Buffer>): unknown[] {
  const [batch] = readBatches(streams.next().value as Buffer);
  return batch.schema.fields.map((_, i) => valuesOf(batch.getChildAt(i)!)[0]);
}

function frameOf({ asRows }: FunctionSpec, table: Table | RecordBatch): Table | RecordBatch | RowFrame {
  if (!asRows) return table;
  const names = table.schema.fields.map(({ name }) => name);
  const columns = names.map((_, i) => valuesOf(table.getChildAt(i)!));
  return new RowFrame(names, columns, table.numRows);
}

function write(spec: FunctionSpec, result: unknown, output: BatchOutput): void {
  const schema = spec.returns as StructJson;
  if (isTable(result)) return writeTable(spec.name, schema, result, output);
  if (result === null || result === undefined) return;
  const writer = new RowWriter(schema, output);
  writer.begin(0);
  for (const row of iterable(spec, result)) {
    if (isTable(row)) writeTable(spec.name, schema, row, output);
    else writer.push(recordOf(row));
  }
  writer.end();
}

function iterable({ name, asRows }: FunctionSpec, result: unknown): Iterable<unknown> {
  if (typeof result === "object" && result !== null && Symbol.iterator in result)
    return result as Iterable<unknown>;
  const error = new RowError("");
  const wanted = asRows ? "an array of rows" : "an Arrow table, or batches";
  error.message = `${name}() returned ${describeValue(result)}, not ${wanted}.`;
  throw error;
}
