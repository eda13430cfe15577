// Functions that make a column of columns.
import type { Vector } from "apache-arrow";
import { columnBuilder } from "../../sql/columns/column-builder.ts";
import { describeValue, RowError } from "../../sql/columns/row-error.ts";
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import type { FunctionSpec } from "../function-spec.ts";
import { type CallProgress, settled } from "./call-progress.ts";
import type { LoadedFunction } from "./load-function.ts";
import { readBatches } from "./read-batches.ts";
import { columnValues } from "./column-values.ts";
import { isVector, layoutOf } from "./vector-layout.ts";

/** Reads one stream of columns, calls the function and writes one column. */
export function columnCall(
  { spec, fn }: LoadedFunction,
  streams: Iterator<Buffer>,
  output: BatchOutput,
  progress: CallProgress,
): void {
  const { value: stream, done } = streams.next();
  if (done) return;
  for (const batch of readBatches(stream)) {
    const vectors = spec.takesNothing ? [] : batch.schema.fields.map((_, i) => batch.getChildAt(i)!);
    if (spec.shape === "scalar") {
      byRow({ spec, fn }, vectors, batch.numRows, output, progress);
      continue;
    }
    progress.place = `in a ${spec.shape === "aggregate" ? "group" : "batch"} of ${batch.numRows} rows`;
    const result = settled(fn(...vectors));
    if (spec.shape === "vectors") writeColumn(spec, result, batch.numRows, output);
    else writeColumn(spec, [result], 1, output);
  }
}

function byRow(
  { spec, fn }: LoadedFunction,
  vectors: readonly Vector[],
  rowCount: number,
  output: BatchOutput,
  progress: CallProgress,
): void {
  const columns = vectors.map(columnValues);
  const [first, second] = columns;
  const builder = columnBuilder(spec.returns, true, "value");
  let row = 0;
  progress.arguments = () => columns.map((values) => values[row]);
  try {
    for (; row < rowCount; row++) {
      let value: unknown;
      if (columns.length === 1) value = fn(first[row]);
      else if (columns.length === 2) value = fn(first[row], second[row]);
      else value = fn(...columns.map((values) => values[row]));
      if (typeof value === "object" && value !== null) settled(value);
      try {
        builder.append(value);
      } catch (error) {
        throw error instanceof RowError ? wrongValue(spec, error) : error;
      }
    }
  } catch (error) {
    progress.place = `at row ${row} of a batch`;
    throw error;
  }
  output.batch(rowCount, [builder.finish()]);
}

/** "… returned "abc" (string) in column `value` …" of the builder, said of a function. */
function wrongValue({ name, returns }: FunctionSpec, { what }: RowError): RowError {
  const type = typeof returns === "string" ? returns : returns.type;
  const inside = what.replace(/^has /, "").replace(" in column `value` of type", ", not a value of type");
  const error = new RowError(what);
  error.message = `${name}() returned ${inside.replace(/ in column `value`/, "")}${inside.includes(type) ? "" : ` (its type is ${type})`}.`;
  return error;
}

/** One value a row: an Arrow vector, a typed array, an array or another iterable. */
function writeColumn(spec: FunctionSpec, result: unknown, rowCount: number, output: BatchOutput): void {
  const values = isVector(result) ? result : iterable(spec, result);
  if (values.length !== rowCount) {
    const error = new RowError("");
    error.message = `${spec.name}() returned ${values.length} values for ${rowCount} rows.`;
    throw error;
  }
  const direct = isVector(values) ? layoutOf(values, spec.returns) : undefined;
  if (direct) return output.batch(rowCount, [direct]);
  const builder = columnBuilder(spec.returns, true, "value");
  const items = isVector(values) ? columnValues(values) : values;
  for (let row = 0; row < rowCount; row++) {
    try {
      builder.append(items[row]);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      const wrong = wrongValue(spec, error);
      if (rowCount > 1 || spec.shape === "vectors")
        wrong.message = wrong.message.replace(/\.$/, ` for row ${row}.`);
      throw wrong;
    }
  }
  output.batch(rowCount, [builder.finish()]);
}

function iterable({ name }: FunctionSpec, result: unknown): ArrayLike<unknown> {
  if (Array.isArray(result)) return result as unknown[];
  if (ArrayBuffer.isView(result) && !(result instanceof DataView))
    return result as unknown as ArrayLike<unknown>;
  if (typeof result === "object" && result !== null && Symbol.iterator in result)
    return [...(result as Iterable<unknown>)];
  const error = new RowError("");
  error.message = `${name}() returned ${describeValue(result)}, not a vector or an array with a value for each row.`;
  throw error;
}
