// The bytes of a segment as columns: of keys and values, or of records.
import { decodeColumns, encodeColumns, type JobClasses } from "../records.ts";
import type { Segment } from "./segment.ts";

export function encodeSegment(columns: readonly (readonly unknown[])[], classes: JobClasses): Buffer {
  return encodeColumns(columns, classes);
}

export function decodeSegment(bytes: Uint8Array, classes: JobClasses): unknown[][] {
  return decodeColumns(bytes, classes);
}

/** The records of a segment of one column, as many as it says. */
export function readRecords(segment: Segment, classes: JobClasses): unknown[] {
  const [records = []] = decodeSegment(segment.read(), classes);
  if (records.length === segment.count) return records;
  throw new Error(
    `Segment ${segment.seq} of map partition ${segment.source} should have ${segment.count} records, but has ` +
      `${records.length}.\nRun the job again.`,
  );
}
