// Arrow's columns of a user's function as they lie in memory, where they are of the very type that is wanted.
import { type Data, type RecordBatch, type Table, type Vector } from "apache-arrow";
import type { TypeJson } from "../../plan/data-type.ts";
import type { ColumnLayout } from "../../sql/columns/column-layouts.ts";

/** Whether a value is an Arrow vector, of whatever copy of the library. */
export function isVector(value: unknown): value is Vector {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    "getChildAt" in value &&
    !("schema" in value)
  );
}

/** Whether a value is an Arrow table or record batch, of whatever copy of the library. */
export function isTable(value: unknown): value is Table | RecordBatch {
  return (
    typeof value === "object" &&
    value !== null &&
    "schema" in value &&
    "numRows" in value &&
    "getChildAt" in value
  );
}

/** Arrow's name of the type that each of Spark's has in memory, of those that can be handed on untouched. */
const untouched: Readonly<Record<string, string>> = {
  byte: "Int8",
  short: "Int16",
  integer: "Int32",
  long: "Int64",
  float: "Float32",
  double: "Float64",
  date: "Date32<DAY>",
  string: "Utf8",
  binary: "Binary",
};

/** The buffers of a vector, if they can be sent as they are. */
export function layoutOf(vector: Vector, type: TypeJson): ColumnLayout | undefined {
  if (typeof type !== "string" || vector.data.length !== 1) return undefined;
  const [data] = vector.data as readonly Data[];
  if (untouched[type] !== String(data.type) || data.offset !== 0) return undefined;
  const { length, nullCount } = data;
  const validity =
    nullCount > 0 ? bytesOf(data.nullBitmap).subarray(0, Math.ceil(length / 8)) : new Uint8Array();
  if (type === "string" || type === "binary") {
    const offsets = data.valueOffsets as Int32Array;
    if (offsets[0] !== 0) return undefined;
    const content = bytesOf(data.values).subarray(0, offsets[length]);
    return {
      length,
      nullCount,
      buffers: [validity, bytesOf(offsets.subarray(0, length + 1)), content],
      children: [],
    };
  }
  const values = data.values as Int32Array;
  return { length, nullCount, buffers: [validity, bytesOf(values.subarray(0, length))], children: [] };
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
