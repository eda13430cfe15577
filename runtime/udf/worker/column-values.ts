import { type Data, Type, type Vector } from "apache-arrow";
import { valuesOf } from "../../sql/arrow-rows.ts";

/** The values of a column as rows carry them; the common types without a call for each value. */
export function columnValues(vector: Vector): ArrayLike<unknown> {
  const [data] = vector.data as readonly Data[];
  if (vector.data.length !== 1 || data.nullCount > 0) return valuesOf(vector);
  switch (data.type.typeId as Type) {
    case Type.Int:
    case Type.Float:
      // 64-bit integers and half floats aren't numbers yet.
      if (data.values instanceof Int32Array || data.values instanceof Float64Array)
        return (data.values as Int32Array).subarray(0, data.length);
      return valuesOf(vector);
    case Type.Utf8:
      return texts(data);
    default:
      return valuesOf(vector);
  }
}

/** Text is decoded once for the batch; where that is plain ASCII, positions in it are the offsets. */
function texts({ values, valueOffsets, length }: Data): string[] | ArrayLike<unknown> {
  const offsets = valueOffsets as Int32Array;
  const bytes = Buffer.from(
    (values as Uint8Array).buffer,
    (values as Uint8Array).byteOffset,
    values.byteLength,
  );
  const [start, end] = [offsets[0], offsets[length]];
  // A longer text would be one string of hundreds of megabytes.
  const all = end - start < 64 << 20 ? bytes.toString("utf8", start, end) : "";
  const isAscii = all.length === end - start;
  return Array.from({ length }, (_, i) =>
    isAscii
      ? all.slice(offsets[i] - start, offsets[i + 1] - start)
      : bytes.toString("utf8", offsets[i], offsets[i + 1]),
  );
}
