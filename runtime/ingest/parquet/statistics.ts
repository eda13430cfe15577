import type { ParquetColumn } from "./parquet-column.ts";

/** What readers skip whole files by. */
export interface Statistics {
  readonly nullCount: number;
  /** 8 bytes each; undefined where there is no order worth keeping: texts and booleans. */
  readonly min?: Uint8Array;
  readonly max?: Uint8Array;
}

export function statisticsOf({ type, count, data }: ParquetColumn, rowCount: number): Statistics {
  const nullCount = rowCount - count;
  if (data.kind !== "fixed" || count === 0) return { nullCount };
  const { buffer, byteOffset } = data.halves;
  if (type === "double") {
    const doubles = new Float64Array(buffer, byteOffset, count);
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const value of doubles) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    // Zeros compare the same with either sign, so the bounds take the outer one, as the format asks.
    const bounds = Float64Array.of(min === 0 ? -0 : min, max === 0 ? 0 : max);
    return { nullCount, min: new Uint8Array(bounds.buffer, 0, 8), max: new Uint8Array(bounds.buffer, 8, 8) };
  }
  const { halves } = data;
  let min = 0;
  let max = 0;
  for (let i = 1; i < count; i++) {
    if (isLess(halves, i, min)) min = i;
    else if (isLess(halves, max, i)) max = i;
  }
  return { nullCount, min: bytesAt(halves, min), max: bytesAt(halves, max) };
}

function isLess(halves: Int32Array, a: number, b: number): boolean {
  const difference = halves[2 * a + 1] - halves[2 * b + 1];
  return difference < 0 || (difference === 0 && halves[2 * a] >>> 0 < halves[2 * b] >>> 0);
}

function bytesAt(halves: Int32Array, index: number): Uint8Array {
  return new Uint8Array(halves.slice(2 * index, 2 * index + 2).buffer);
}
