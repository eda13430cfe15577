// The bytes of a segment: its keys and values, or its records, as columns.
import { decodeRecords, encodeRecords, type JobClasses } from "../records.ts";

export function encodeSegment(columns: readonly (readonly unknown[])[], classes: JobClasses): Buffer {
  return encodeRecords(columns, classes);
}

export function decodeSegment(bytes: Uint8Array, classes: JobClasses): unknown[][] {
  return decodeRecords(bytes, classes) as unknown[][];
}
