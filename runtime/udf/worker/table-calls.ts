// Functions that make rows of tables.
import { type RecordBatch, Table } from "apache-arrow";
import type { StructJson } from "../../plan/data-type.ts";
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import { RowWriter } from "../../rdd/worker/row-writer.ts";
import { describeValue, RowError } from "../../sql/columns/row-error.ts";
import { valuesOf } from "../../sql/arrow-rows.ts";
import { Row } from "../../sql/row.ts";
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
  if (spec.each !== undefined) return forEach(spec, fn, streams, progress, say);
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
  const tables = [...streams].map((stream) => tableOf(spec, stream));
  progress.place = "in a group";
  if (key) progress.arguments = () => key;
  const result = settled(key ? fn(key, ...tables) : fn(...tables));
  // A forgotten `return` would be no rows, and nobody would see it.
  if (result === null || result === undefined) iterable(spec, result);
  write(spec, result, output);
}

function forEach(
  { each }: FunctionSpec,
  fn: (argument: unknown) => unknown,
  streams: Iterable<Buffer>,
  progress: CallProgress,
  say: () => void,
): void {
  const rows = rowsOf(streams, progress, say);
  if (each === "partition") settled(fn(rows));
  else for (const row of rows) settled(fn(row));
}

function* rowsOf(streams: Iterable<Buffer>, progress: CallProgress, say: () => void): Generator<unknown> {
  let index = 0;
  for (const stream of streams) {
    for (const batch of readBatches(stream)) {
      const frame = frameOf(batch);
      for (let i = 0; i < frame.length; i++) {
        const row = frame.row(i);
        progress.place = `at row ${index++} of a partition`;
        progress.arguments = () => [row];
        yield row;
      }
    }
    say();
  }
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
      yield spec.asRows ? frameOf(batch) : batch;
    }
  }
}

function keyOf(streams: Iterator<Buffer>): unknown[] {
  const [batch] = readBatches(streams.next().value as Buffer);
  return batch.schema.fields.map((_, i) => valuesOf(batch.getChildAt(i)!)[0]);
}

function tableOf({ asRows }: FunctionSpec, stream: Buffer): Table | RowFrame {
  const table = new Table(readBatches(stream));
  return asRows ? frameOf(table) : table;
}

function frameOf(table: Table | RecordBatch): RowFrame {
  const names = table.schema.fields.map(({ name }) => name);
  const columns = names.map((_, i) => valuesOf(table.getChildAt(i)!));
  return new RowFrame(names, columns, table.numRows);
}

/** Writes the rows of a result: a table, or an iterable of tables and rows. */
export function write(spec: FunctionSpec, result: unknown, output: BatchOutput): void {
  const schema = spec.returns as StructJson;
  if (isTable(result)) return writeTable(spec.name, schema, result, output);
  if (result === null || result === undefined) return;
  const writer = new RowWriter({ kind: "rows", schema }, output);
  const names = new Set(schema.fields.map((field) => field.name));
  writer.begin(0);
  for (const row of iterable(spec, result)) {
    if (isTable(row)) {
      writer.end(); // the rows before it come first
      writeTable(spec.name, schema, row, output);
    } else writer.push(known(spec, names, recordOf(row)));
  }
  writer.end();
}

/** A misspelt name would be null in the schema's column, and its value lost. */
function known({ name }: FunctionSpec, names: ReadonlySet<string>, row: unknown): unknown {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
  for (const key in row) {
    if (names.has(key)) continue;
    const error = new RowError("");
    error.message = `${name}() gave a row with \`${key}\`, but its schema has [${[...names].join(", ")}].`;
    throw error;
  }
  return row;
}

function iterable({ name, asRows }: FunctionSpec, result: unknown): Iterable<unknown> {
  // A row can be iterated too, over its values.
  if (typeof result === "object" && result !== null && Symbol.iterator in result && !(result instanceof Row))
    return result as Iterable<unknown>;
  const error = new RowError("");
  const wanted = asRows ? "an array of rows" : "an Arrow table, or batches";
  error.message = `${name}() returned ${describeValue(result)}, not ${wanted}.`;
  throw error;
}
