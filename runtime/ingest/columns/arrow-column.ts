// A field's values to one column of Arrow, null where a row has none.
import { Bool, type Data, Float64, Int64, makeData, TimestampMicrosecond, Utf8 } from "apache-arrow";
import { BooleanValues, DoubleValues, LongValues, type TextValues, type Values } from "./values.ts";

/** Which of a cut's rows a file has. */
export interface FileRows {
  readonly count: number;
  /** The cut's rows in the file; undefined where it has all of them. */
  readonly rows: Int32Array | undefined;
  /** By row of the cut: which file, and where in it. */
  readonly groupOf: Int32Array;
  readonly placeOf: Int32Array;
  readonly group: number;
}

/** The entries of some values that belong to one file: their indexes, or all where undefined. */
export interface Selection {
  readonly indexes: Int32Array | undefined;
  readonly count: number;
}

/** A column of Arrow, or undefined where the file has no value of it. */
export function arrowColumn(values: Values, selection: Selection, file: FileRows): Data | undefined {
  if (selection.count === 0) return undefined;
  if (values instanceof LongValues) return longColumn(values, selection, file);
  if (values instanceof DoubleValues) return doubleColumn(values, selection, file);
  if (values instanceof BooleanValues) return booleanColumn(values, selection, file);
  return textColumn(values as TextValues, selection, file);
}

/** Calls with the index of each entry, and its row in the file. */
function forEach(
  values: Values,
  { indexes, count }: Selection,
  file: FileRows,
  visit: (index: number, row: number) => void,
): void {
  const { rows } = values;
  const { placeOf } = file;
  if (!indexes) for (let i = 0; i < count; i++) visit(i, rows[i]);
  else for (let i = 0; i < count; i++) visit(indexes[i], placeOf[rows[indexes[i]]]);
}

function nulls(values: Values, selection: Selection, file: FileRows) {
  const nullCount = file.count - selection.count;
  if (nullCount === 0) return { nullCount, nullBitmap: null };
  const nullBitmap = new Uint8Array((file.count + 7) >> 3);
  forEach(values, selection, file, (_, row) => {
    nullBitmap[row >> 3] |= 1 << (row & 7);
  });
  return { nullCount, nullBitmap };
}

function longColumn(values: LongValues, selection: Selection, file: FileRows): Data {
  const halves = new Int32Array(2 * file.count);
  const from = values.halves;
  forEach(values, selection, file, (index, row) => {
    halves[2 * row] = from[2 * index];
    halves[2 * row + 1] = from[2 * index + 1];
  });
  const data = new BigInt64Array(halves.buffer);
  return makeData({ type: new Int64(), length: file.count, data, ...nulls(values, selection, file) });
}

function doubleColumn(values: DoubleValues, selection: Selection, file: FileRows): Data {
  const data = new Float64Array(file.count);
  const from = values.doubles;
  forEach(values, selection, file, (index, row) => {
    data[row] = from[index];
  });
  return makeData({ type: new Float64(), length: file.count, data, ...nulls(values, selection, file) });
}

function booleanColumn(values: BooleanValues, selection: Selection, file: FileRows): Data {
  const data = new Uint8Array((file.count + 7) >> 3);
  const from = values.bits;
  forEach(values, selection, file, (index, row) => {
    data[row >> 3] |= from[index] << (row & 7);
  });
  return makeData({ type: new Bool(), length: file.count, data, ...nulls(values, selection, file) });
}

function textColumn(values: TextValues, selection: Selection, file: FileRows): Data {
  const { starts } = values;
  const offsets = new Int32Array(file.count + 1);
  let data = values.bytes.subarray(0, starts[values.count]);
  forEach(values, selection, file, (index, row) => {
    offsets[row + 1] = starts[index + 1] - starts[index];
  });
  for (let row = 0; row < file.count; row++) offsets[row + 1] += offsets[row];
  if (selection.indexes) {
    const from = data;
    const into = new Uint8Array(offsets[file.count]);
    let at = 0;
    forEach(values, selection, file, (index) => {
      for (let i = starts[index]; i < starts[index + 1]; i++) into[at++] = from[i];
    });
    data = into;
  }
  return makeData({
    type: new Utf8(),
    length: file.count,
    data,
    valueOffsets: offsets,
    ...nulls(values, selection, file),
  });
}

/** The same text in each row. */
export function constantText(text: string, count: number): Data {
  const bytes = Buffer.from(text);
  const data = Buffer.alloc(bytes.length * count, bytes);
  const valueOffsets = Int32Array.from({ length: count + 1 }, (_, row) => row * bytes.length);
  return makeData({ type: new Utf8(), length: count, nullCount: 0, data, valueOffsets });
}

/** Whole numbers of at most 2^53. */
export function longs(count: number, at: (row: number) => number): Data {
  return makeData({ type: new Int64(), length: count, nullCount: 0, data: toInt64(count, at) });
}

/** Microseconds since 1970. */
export function timestamps(count: number, at: (row: number) => number): Data {
  const type = new TimestampMicrosecond("UTC");
  return makeData({ type, length: count, nullCount: 0, data: toInt64(count, at) });
}

function toInt64(count: number, at: (row: number) => number): BigInt64Array {
  const halves = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const value = at(row);
    halves[2 * row] = value | 0;
    halves[2 * row + 1] = Math.floor(value / 4_294_967_296);
  }
  return new BigInt64Array(halves.buffer);
}
