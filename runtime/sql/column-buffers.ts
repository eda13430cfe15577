// Values to Arrow's columnar layout. Also bundled into the workers on executors, so it knows types by their names only.
// https://arrow.apache.org/docs/format/Columnar.html
import type { DataType } from "./types.ts";

/** A column in Arrow's layout: little-endian buffers, one bit a row in `validity`. */
export interface ColumnBuffers {
  readonly length: number;
  readonly nullCount: number;
  /** A set bit is a value, a clear one null; absent when there are no nulls. */
  readonly validity: Uint8Array | undefined;
  /** Where each text, list or map begins, and the end of the last. */
  readonly offsets: Int32Array | undefined;
  /** The values themselves, or the bytes of texts. */
  readonly values: Uint8Array | undefined;
  readonly children: readonly ColumnBuffers[];
}

/** A value that doesn't fit its column. */
export class ValueError extends Error {
  override readonly name = "ValueError";
  /** The index of the row. */
  readonly row: number;
  /** The column, and the way into it: `ports[]`, `user.name`. */
  readonly path: string;
  /** The value, as text of at most 200 characters. */
  readonly shown: string;
  readonly expected: string;

  constructor(row: number, path: string, value: unknown, expected: string) {
    const shown = show(value);
    super(`Row ${row}, column \`${path}\`: ${shown} is no ${expected}.\n${remedy(value, expected)}`);
    this.row = row;
    this.path = path;
    this.shown = shown;
    this.expected = expected;
  }
}

/**
 * The values of a column as Arrow buffers. `undefined` is null.
 * @param path the column's name, for messages
 * @throws ValueError for a value that the type doesn't hold
 */
export function encodeColumn(values: readonly unknown[], type: DataType, path: string): ColumnBuffers {
  return encode({ values, path, rowOf: (index) => index }, type);
}

interface Source {
  readonly values: readonly unknown[];
  readonly path: string;
  /** The row that the value at an index belongs to; several values of a list have one row. */
  readonly rowOf: (index: number) => number;
}

function encode(source: Source, type: DataType): ColumnBuffers {
  switch (type.typeName) {
    case "string":
      return encodeTexts(source, (value) => (typeof value === "string" ? value : undefined), "string");
    case "binary":
      return encodeBytes(source);
    case "boolean":
      return encodeBooleans(source);
    case "byte":
      return encodeIntegers(source, new Int8Array(source.values.length), "tinyint", 7);
    case "short":
      return encodeIntegers(source, new Int16Array(source.values.length), "smallint", 15);
    case "integer":
      return encodeIntegers(source, new Int32Array(source.values.length), "int", 31);
    case "float":
      return encodeNumbers(source, new Float32Array(source.values.length), "float");
    case "double":
      return encodeNumbers(source, new Float64Array(source.values.length), "double");
    case "long":
      return encodeLongs(source, "bigint", longOf);
    case "timestamp":
    case "timestamp_ntz":
      return encodeLongs(source, type.typeName, microsOf);
    case "date":
      return encodeDates(source);
    case "decimal":
      return encodeDecimals(source, type.precision, type.scale);
    case "array":
      return encodeLists(source, type.elementType);
    case "map":
      return encodeMaps(source, type.keyType, type.valueType);
    case "struct":
      return encodeStructs(source, type.fields);
    case "null":
      return encodeNulls(source);
    case "other":
      throw new TypeError(
        `Column \`${source.path}\`: values of type ${type.simpleString} can't be sent.\nSend text and cast it: col("${source.path}").cast("${type.simpleString}")`,
      );
  }
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function validityOf(values: readonly unknown[]): { nullCount: number; validity: Uint8Array | undefined } {
  const nullCount = values.reduce<number>((count, value) => count + (isNull(value) ? 1 : 0), 0);
  if (nullCount === 0) return { nullCount, validity: undefined };
  const validity = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) if (!isNull(values[i])) validity[i >> 3] |= 1 << (i & 7);
  return { nullCount, validity };
}

function column(source: Source, parts: Partial<ColumnBuffers>): ColumnBuffers {
  const { nullCount, validity } = validityOf(source.values);
  return {
    length: source.values.length,
    nullCount,
    validity,
    offsets: undefined,
    values: undefined,
    children: [],
    ...parts,
  };
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function refuse(source: Source, index: number, expected: string): never {
  throw new ValueError(source.rowOf(index), source.path, source.values[index], expected);
}

function encodeIntegers(
  source: Source,
  out: Int8Array | Int16Array | Int32Array,
  name: string,
  bits: number,
) {
  const limit = 2 ** bits;
  for (let i = 0; i < out.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number) || number >= limit || number < -limit) {
      refuse(source, i, name);
    }
    out[i] = number;
  }
  return column(source, { values: bytesOf(out) });
}

function encodeNumbers(source: Source, out: Float32Array | Float64Array, name: string) {
  for (let i = 0; i < out.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    if (typeof value === "number") out[i] = value;
    else if (typeof value === "bigint") out[i] = Number(value);
    else if (isDecimal(value)) out[i] = Number(value);
    else refuse(source, i, name);
  }
  return column(source, { values: bytesOf(out) });
}

function encodeLongs(source: Source, name: string, convert: (value: unknown) => bigint | undefined) {
  const out = new BigInt64Array(source.values.length);
  for (let i = 0; i < out.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    const long = convert(value);
    if (long === undefined || BigInt.asIntN(64, long) !== long) refuse(source, i, name);
    out[i] = long;
  }
  return column(source, { values: bytesOf(out) });
}

function longOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

function microsOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const { epochMicros } = value as { epochMicros?: bigint };
  return epochMicros ?? BigInt(value.getTime()) * 1000n;
}

const dayMs = 86_400_000;

function encodeDates(source: Source) {
  const out = new Int32Array(source.values.length);
  for (let i = 0; i < out.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    const time =
      value instanceof Date ? value.getTime() : typeof value === "string" ? isoDay(value) : Number.NaN;
    if (Number.isNaN(time)) refuse(source, i, "date");
    out[i] = Math.floor(time / dayMs);
  }
  return column(source, { values: bytesOf(out) });
}

function isoDay(text: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
}

function encodeBooleans(source: Source) {
  const out = new Uint8Array((source.values.length + 7) >> 3);
  for (let i = 0; i < source.values.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    if (typeof value !== "boolean") refuse(source, i, "boolean");
    if (value) out[i >> 3] |= 1 << (i & 7);
  }
  return column(source, { values: out });
}

const encoder = new TextEncoder();

function encodeTexts(source: Source, textOf: (value: unknown) => string | undefined, name: string) {
  const offsets = new Int32Array(source.values.length + 1);
  let out = new Uint8Array(source.values.length * 16 + 64);
  let end = 0;
  for (let i = 0; i < source.values.length; i++) {
    const value = source.values[i];
    if (!isNull(value)) {
      const text = textOf(value);
      if (text === undefined) refuse(source, i, name);
      if (out.length - end < text.length * 3) out = grow(out, end + text.length * 3, source);
      end += encoder.encodeInto(text, out.subarray(end)).written;
    }
    offsets[i + 1] = end;
  }
  return column(source, { offsets, values: out.subarray(0, end) });
}

function encodeBytes(source: Source) {
  const offsets = new Int32Array(source.values.length + 1);
  let out = new Uint8Array(64);
  for (let i = 0; i < source.values.length; i++) {
    const value = source.values[i];
    const start = offsets[i];
    offsets[i + 1] = start;
    if (isNull(value)) continue;
    if (!(value instanceof Uint8Array)) refuse(source, i, "binary");
    if (out.length - start < value.length) out = grow(out, start + value.length, source);
    out.set(value, start);
    offsets[i + 1] = start + value.length;
  }
  return column(source, { offsets, values: out.subarray(0, offsets[source.values.length]) });
}

function grow(bytes: Uint8Array<ArrayBuffer>, needed: number, source: Source): Uint8Array<ArrayBuffer> {
  if (needed > 0x7fff_ffff) {
    throw new RangeError(
      `Column \`${source.path}\` has more than 2 GiB in one batch.\nSend fewer rows at a time.`,
    );
  }
  const grown = new Uint8Array(Math.min(0x7fff_ffff, Math.max(needed, bytes.length * 2)));
  grown.set(bytes);
  return grown;
}

function isDecimal(value: unknown): value is { toString(): string } {
  return typeof value === "object" && value !== null && value.constructor?.name === "Decimal";
}

// Sixteen bytes a number, two's complement, of the number without its point.
function encodeDecimals(source: Source, precision: number, scale: number) {
  const out = new BigUint64Array(source.values.length * 2);
  const limit = 10n ** BigInt(precision);
  const name = `decimal(${precision},${scale})`;
  for (let i = 0; i < source.values.length; i++) {
    const value = source.values[i];
    if (isNull(value)) continue;
    const unscaled = unscaledOf(value, scale);
    if (unscaled === undefined || unscaled >= limit || unscaled <= -limit) refuse(source, i, name);
    out[2 * i] = BigInt.asUintN(64, unscaled);
    out[2 * i + 1] = BigInt.asUintN(64, unscaled >> 64n);
  }
  return column(source, { values: bytesOf(out) });
}

function unscaledOf(value: unknown, scale: number): bigint | undefined {
  const isNumeric = typeof value === "number" || typeof value === "bigint" || typeof value === "string";
  if (!isNumeric && !isDecimal(value)) return undefined;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(String(value));
  if (!match || (match[2] === "" && !match[3])) return undefined;
  const fraction = match[3] ?? "";
  // Digits beyond the scale would be lost.
  if (/[1-9]/.test(fraction.slice(scale))) return undefined;
  const digits = BigInt(`${match[2]}${fraction.slice(0, scale).padEnd(scale, "0")}` || "0");
  return match[1] === "-" ? -digits : digits;
}

function encodeLists(source: Source, elementType: DataType) {
  const elements = flatten(source, "array", (value) =>
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
      ? (Array.from(value as ArrayLike<unknown>) as unknown[])
      : undefined,
  );
  const child = encode({ ...elements, path: `${source.path}[]` }, elementType);
  return column(source, { offsets: elements.offsets, children: [child] });
}

function encodeMaps(source: Source, keyType: DataType, valueType: DataType) {
  const entries = flatten(source, "map", (value) => {
    if (value instanceof Map) return [...value];
    return typeof value === "object" && !Array.isArray(value) ? Object.entries(value!) : undefined;
  });
  const { rowOf } = entries;
  const pairs = entries.values as [unknown, unknown][];
  const nullKey = pairs.findIndex(([key]) => isNull(key));
  if (nullKey >= 0) throw new ValueError(rowOf(nullKey), source.path, null, "key of a map");
  const key = encode({ values: pairs.map(([k]) => k), path: `${source.path}.key`, rowOf }, keyType);
  const value = encode({ values: pairs.map(([, v]) => v), path: `${source.path}.value`, rowOf }, valueType);
  const struct = {
    length: pairs.length,
    nullCount: 0,
    validity: undefined,
    offsets: undefined,
    values: undefined,
  };
  return column(source, { offsets: entries.offsets, children: [{ ...struct, children: [key, value] }] });
}

function flatten(source: Source, name: string, partsOf: (value: unknown) => unknown[] | undefined) {
  const offsets = new Int32Array(source.values.length + 1);
  const values: unknown[] = [];
  const rows: number[] = [];
  for (let i = 0; i < source.values.length; i++) {
    const value = source.values[i];
    if (!isNull(value)) {
      const parts = partsOf(value);
      if (!parts) refuse(source, i, name);
      for (const part of parts) {
        values.push(part);
        rows.push(source.rowOf(i));
      }
    }
    offsets[i + 1] = values.length;
  }
  return { offsets, values, rowOf: (index: number) => rows[index] };
}

function encodeStructs(
  source: Source,
  fields: readonly { readonly name: string; readonly dataType: DataType }[],
) {
  const children = fields.map(({ name, dataType }, position) => {
    const values = source.values.map((value, i) => {
      if (isNull(value)) return null;
      if (Array.isArray(value)) return value[position];
      if (typeof value !== "object") refuse(source, i, "struct");
      return (value as Record<string, unknown>)[name];
    });
    return encode({ values, path: `${source.path}.${name}`, rowOf: source.rowOf }, dataType);
  });
  return column(source, { children });
}

function encodeNulls(source: Source) {
  const index = source.values.findIndex((value) => !isNull(value));
  if (index >= 0) refuse(source, index, "void");
  return column(source, { validity: undefined });
}

function show(value: unknown): string {
  let text: string;
  if (typeof value === "string") text = JSON.stringify(value);
  else if (typeof value === "bigint") text = `${value}n`;
  else if (typeof value === "object" && value !== null)
    text = `${value.constructor?.name ?? "Object"} ${safeJson(value)}`;
  else text = String(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

function safeJson(value: object): string {
  try {
    return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `${v}n` : v)) ?? "";
  } catch {
    return "";
  }
}

function remedy(value: unknown, expected: string): string {
  if (typeof value === "string" && /int|float|double|decimal/.test(expected)) {
    return "Convert it first, Number(x), or make the column a string.";
  }
  if (expected === "string") return "Convert it first, String(x), or give the column another type.";
  if (typeof value === "number" && expected !== "date" && !Number.isInteger(value)) {
    return "Round it first, or make the column a double.";
  }
  return "Convert the value, or give the column another type.";
}
