// A field's values as a column of one of a cut's files.
import type { ParquetColumn, ParquetType } from "../parquet/parquet-column.ts";
import type { FileRows, Selection } from "./row-groups.ts";
import { BooleanValues, DoubleValues, LongValues, type TextValues, type Values } from "./values.ts";

/** The column, or undefined where the file has no value of it. Nothing is copied where the file has all rows. */
export function fileColumn(
  name: string,
  type: ParquetType,
  values: Values,
  selection: Selection,
  file: FileRows,
): ParquetColumn | undefined {
  const { count } = selection;
  if (count === 0) return undefined;
  return { name, type, count, rows: rowsOf(values, selection, file), data: dataOf(values, selection) };
}

function rowsOf(values: Values, { indexes, count }: Selection, file: FileRows): Int32Array | undefined {
  if (count === file.count) return undefined;
  if (indexes) return Int32Array.from(indexes, (index) => file.placeOf[values.rowAt(index)]);
  return values.rows?.subarray(0, count) ?? Int32Array.from({ length: count }, (_, row) => row);
}

function dataOf(values: Values, selection: Selection): ParquetColumn["data"] {
  const { indexes, count } = selection;
  if (values instanceof BooleanValues) {
    const bits = indexes
      ? Uint8Array.from(indexes, (index) => values.bits[index])
      : values.bits.subarray(0, count);
    return { kind: "boolean", bits };
  }
  if (values instanceof LongValues) return { kind: "fixed", halves: halvesOf(values.halves, selection) };
  if (values instanceof DoubleValues) {
    return { kind: "fixed", halves: halvesOf(new Int32Array(values.doubles.buffer), selection) };
  }
  return textsOf(values as TextValues, selection);
}

function halvesOf(halves: Int32Array, { indexes, count }: Selection): Int32Array {
  if (!indexes) return halves.subarray(0, 2 * count);
  const selected = new Int32Array(2 * count);
  for (let i = 0; i < count; i++) {
    selected[2 * i] = halves[2 * indexes[i]];
    selected[2 * i + 1] = halves[2 * indexes[i] + 1];
  }
  return selected;
}

function textsOf({ bytes, starts }: TextValues, { indexes, count }: Selection): ParquetColumn["data"] {
  if (!indexes) return { kind: "text", bytes, starts };
  const selected = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    selected[i + 1] = selected[i] + starts[indexes[i] + 1] - starts[indexes[i]];
  }
  const into = new Uint8Array(selected[count]);
  for (let i = 0; i < count; i++) {
    let at = selected[i];
    for (let from = starts[indexes[i]]; from < starts[indexes[i] + 1]; from++) into[at++] = bytes[from];
  }
  return { kind: "text", bytes: into, starts: selected };
}
