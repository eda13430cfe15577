import polars from "nodejs-polars";

/** What polars reads from a Parquet file's bytes. */
export interface ParquetRows {
  /** polars' own words: Int64, Float64, Bool, String, Datetime(us,UTC). */
  readonly types: Record<string, string>;
  /** Whole numbers, and timestamps in microseconds, as bigint. */
  readonly rows: Record<string, bigint | number | boolean | string | null>[];
}

/** Reads a Parquet file with a reader that isn't ours. */
export function parquetRows(bytes: Uint8Array): ParquetRows {
  const frame = polars.readParquet(Buffer.from(bytes));
  const types: ParquetRows["types"] = {};
  const cells: [string, bigint | number | boolean | string | null][][] = Array.from(
    { length: frame.height },
    () => [],
  );
  for (const name of frame.columns) {
    const column = frame.getColumn(name);
    const type = String(column.dtype);
    types[name] = type.replace(/^DataType\((.*)\)$/, "$1");
    const isWhole = /Int64|Datetime/.test(type);
    const values = isWhole ? column.cast(polars.Int64).cast(polars.Utf8).toArray() : column.toArray();
    for (const [row, value] of values.entries()) {
      cells[row].push([name, isWhole && value !== null ? BigInt(value as string) : (value as string)]);
    }
  }
  // Not by assignment, which a column called __proto__ would take for something else.
  return { types, rows: cells.map((row) => Object.fromEntries(row)) };
}
