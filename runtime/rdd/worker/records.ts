// Records as bytes. The first says how: 0 as V8 writes them, 1 so with tags for classes, 2 as typed columns, which are
// several times faster to write and to read and fall back to V8 column by column.
import { ColumnReader } from "./read-columns.ts";
import { decodeByV8, encodeByV8, type JobClasses } from "./v8-records.ts";
import { ColumnWriter } from "./write-columns.ts";

export type { ClassEntry, JobClasses } from "./v8-records.ts";

const columnar = 2;

/** The bytes of a list of records; of anything else, too. */
export function encodeRecords(records: unknown, classes: JobClasses): Buffer {
  if (!Array.isArray(records)) return encodeByV8(records, classes);
  return encodeColumns([records as unknown[]], classes);
}

/** What {@link encodeRecords} was given, or an equal of it. */
export function decodeRecords(bytes: Uint8Array, classes: JobClasses): unknown {
  return bytes[0] === columnar ? decodeColumns(bytes, classes)[0] : decodeByV8(bytes, classes);
}

/** The bytes of equally long columns, such as the keys and the values of a shuffle. */
export function encodeColumns(columns: readonly (readonly unknown[])[], classes: JobClasses): Buffer {
  const writer = new ColumnWriter(classes);
  writer.head(columnar, columns.length, columns.length === 0 ? 0 : columns[0].length);
  for (const column of columns) writer.column(column);
  return writer.finish();
}

/**
 * The columns that {@link encodeColumns} was given. Short texts of a column may share their memory: one of them that is
 * kept keeps the others.
 */
export function decodeColumns(bytes: Uint8Array, classes: JobClasses): unknown[][] {
  const reader = new ColumnReader(bytes, 1, classes);
  const count = reader.uint32();
  const length = reader.uint32();
  return Array.from({ length: count }, () => reader.column(length));
}
