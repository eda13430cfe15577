// The bytes of a segment of pairs: the columns of keys and values (see records.ts), or with keys as bytes (see
// key-bytes.ts), little endian: uint8 16, uint8 kind of values, uint16 0, uint32 count, uint32 bytes of all keys, uint32
// length of each key or 0 if it differs; then the values: none (all null), int32 or float64 (one, if all are equal); then
// uint32 the length of each key, if it differs; then the keys; then other values, see records.ts.
import type { JobClasses } from "../records.ts";
import { readKeys } from "./key-bytes.ts";
import { decodeSegment, encodeSegment } from "./segment-columns.ts";
import type { Segment } from "./segment.ts";

/** Keys as bytes, one after the other. */
export interface KeyColumn {
  readonly bytes: Buffer;
  readonly start: number;
  /** Where each key ends. */
  readonly ends: Int32Array;
  readonly count: number;
}

/** A segment's pairs; its keys as bytes, or as they are. */
export interface Pairs {
  readonly keys: KeyColumn | readonly unknown[];
  readonly values: ArrayLike<unknown>;
}

/** Other than any that records.ts has. */
const byteKeysFormat = 16;
const kinds = { column: 0, nulls: 1, int32: 2, float64: 3, oneInt32: 4, oneFloat64: 5 } as const;
const headerBytes = 16;

export function encodePairs(
  keys: readonly unknown[],
  values: readonly unknown[],
  classes: JobClasses,
): Buffer {
  return encodeSegment([keys, values], classes);
}

/** `column.start` is 0. */
export function encodeBytePairs(column: KeyColumn, values: readonly unknown[], classes: JobClasses): Buffer {
  const { bytes, ends, count } = column;
  const keyBytes = count === 0 ? 0 : ends[count - 1];
  const kind = kindOf(values);
  const rest = kind === kinds.column ? encodeSegment([values], classes) : undefined;
  const keyLength = commonLength(ends, count);
  const valueBytes = bytesOfValues(kind, count);
  const lengthBytes = keyLength === 0 ? 4 * count : 0;
  const result = Buffer.allocUnsafeSlow(
    headerBytes + valueBytes + lengthBytes + keyBytes + (rest?.length ?? 0),
  );
  result[0] = byteKeysFormat;
  result[1] = kind;
  result.writeUInt16LE(0, 2);
  result.writeUInt32LE(count, 4);
  result.writeUInt32LE(keyBytes, 8);
  result.writeUInt32LE(keyLength, 12);
  let at = headerBytes + writeValues(kind, values, result);
  if (keyLength === 0) {
    const lengths = new Int32Array(result.buffer, at, count);
    for (let i = 0, start = 0; i < count; i++) {
      lengths[i] = ends[i] - start;
      start = ends[i];
    }
    at += lengthBytes;
  }
  bytes.copy(result, at, 0, keyBytes);
  rest?.copy(result, at + keyBytes);
  return result;
}

function kindOf(values: readonly unknown[]): number {
  const first = values[0];
  if (first === null) return values.every((value) => value === null) ? kinds.nulls : kinds.column;
  if (typeof first !== "number") return kinds.column;
  let isInt = true;
  let isOne = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number") return kinds.column;
    if (value !== first) isOne = false;
    if ((value | 0) !== value || (value === 0 && Object.is(value, -0))) isInt = false;
  }
  if (isOne && first === 0 && !values.every((value) => Object.is(value, first))) isOne = false;
  if (isInt) return isOne ? kinds.oneInt32 : kinds.int32;
  return isOne ? kinds.oneFloat64 : kinds.float64;
}

/** A multiple of 4, so that the lengths after them can be read in place. */
function bytesOfValues(kind: number, count: number): number {
  switch (kind) {
    case kinds.int32:
      return 4 * count;
    case kinds.float64:
      return 8 * count;
    case kinds.oneInt32:
      return 4;
    case kinds.oneFloat64:
      return 8;
    default:
      return 0;
  }
}

function writeValues(kind: number, values: readonly unknown[], result: Buffer): number {
  const count = kind === kinds.oneInt32 || kind === kinds.oneFloat64 ? 1 : values.length;
  const isInt = kind === kinds.int32 || kind === kinds.oneInt32;
  const size = bytesOfValues(kind, values.length);
  if (size === 0) return 0;
  const column = isInt
    ? new Int32Array(result.buffer, headerBytes, count)
    : new Float64Array(result.buffer, headerBytes, count);
  for (let i = 0; i < count; i++) column[i] = values[i] as number;
  return size;
}

/** The length that all keys have, or 0; no key has 0 bytes. */
function commonLength(ends: Int32Array, count: number): number {
  if (count === 0) return 0;
  const length = ends[0];
  for (let i = 1; i < count; i++) if (ends[i] - ends[i - 1] !== length) return 0;
  return length;
}

/** The pairs of a segment, as many as it says. */
export function readPairs(segment: Segment, classes: JobClasses): Pairs {
  const bytes = aligned(segment.read());
  const pairs = bytes[0] === byteKeysFormat ? readBytePairs(bytes, classes) : readColumns(bytes, classes);
  const keyCount = "bytes" in pairs.keys ? pairs.keys.count : pairs.keys.length;
  if (keyCount !== segment.count || pairs.values.length !== segment.count) {
    throw new Error(
      `Segment ${segment.seq} of map partition ${segment.source} should have ${segment.count} pairs, but has ` +
        `${keyCount} keys and ${pairs.values.length} values.\nRun the job again.`,
    );
  }
  return pairs;
}

/** The keys themselves. */
export function keysOf(keys: Pairs["keys"]): readonly unknown[] {
  return "bytes" in keys ? readKeys(keys.bytes, keys.start, keys.ends, keys.count) : keys;
}

function aligned(bytes: Buffer): Buffer {
  if (bytes.byteOffset % 8 === 0) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

function readColumns(bytes: Buffer, classes: JobClasses): Pairs {
  const [keys = [], values = []] = decodeSegment(bytes, classes);
  return { keys, values };
}

function readBytePairs(bytes: Buffer, classes: JobClasses): Pairs {
  const kind = bytes[1];
  const count = bytes.readUInt32LE(4);
  const keyBytes = bytes.readUInt32LE(8);
  const keyLength = bytes.readUInt32LE(12);
  let start = headerBytes + bytesOfValues(kind, count);
  const ends = new Int32Array(count);
  if (keyLength === 0) {
    const lengths = new Int32Array(bytes.buffer, bytes.byteOffset + start, count);
    start += 4 * count;
    for (let i = 0, end = start; i < count; i++) ends[i] = end += lengths[i];
  } else for (let i = 0; i < count; i++) ends[i] = start + (i + 1) * keyLength;
  const values =
    kind === kinds.column
      ? decodeSegment(bytes.subarray(start + keyBytes), classes)[0]
      : readValues(kind, bytes, count);
  return { keys: { bytes, start, ends, count }, values };
}

function readValues(kind: number, bytes: Buffer, count: number): ArrayLike<unknown> {
  const { buffer, byteOffset } = bytes;
  switch (kind) {
    case kinds.int32:
      return new Int32Array(buffer, byteOffset + headerBytes, count);
    case kinds.float64:
      return new Float64Array(buffer, byteOffset + headerBytes, count);
    case kinds.oneInt32:
      return new Int32Array(count).fill(bytes.readInt32LE(headerBytes));
    case kinds.oneFloat64:
      return new Float64Array(count).fill(bytes.readDoubleLE(headerBytes));
    default:
      return new Array<null>(count).fill(null);
  }
}
