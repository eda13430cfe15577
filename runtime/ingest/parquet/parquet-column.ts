/** What a column's values are. */
export type ParquetType = "long" | "double" | "boolean" | "string" | "timestamp";

/** Values of 8 bytes each, as two halves, the low one first: longs, doubles, and timestamps in µs UTC. */
export interface FixedData {
  readonly kind: "fixed";
  readonly halves: Int32Array;
}

/** 0 and 1. */
export interface BooleanData {
  readonly kind: "boolean";
  readonly bits: Uint8Array;
}

/** Texts in UTF-8, one after the other; text `i` is from `starts[i]` to `starts[i + 1]`. */
export interface TextData {
  readonly kind: "text";
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
}

/** One text, or one whole number, in each row. */
export interface ConstantData {
  readonly kind: "constant";
  readonly value: string | number;
}

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
  /** How many rows have a value. */
  readonly count: number;
  /** Which rows they are, rising; undefined where all have one. */
  readonly rows: Int32Array | undefined;
  readonly data: FixedData | BooleanData | TextData | ConstantData;
}
