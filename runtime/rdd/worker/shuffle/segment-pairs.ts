import type { JobClasses } from "../records.ts";
import { decodeSegment } from "./segment-columns.ts";
import type { Segment } from "./segment.ts";

/** A segment's columns, each as long as it says. */
export function columnsOf(segment: Segment, width: 1 | 2, classes: JobClasses): unknown[][] {
  const columns = decodeSegment(segment.read(), classes);
  if (columns.length !== width || columns.some(({ length }) => length !== segment.count)) {
    throw new Error(
      `Segment ${segment.seq} of map partition ${segment.source} should have ${width} columns of ${segment.count} ` +
        `records, but has ${columns.map(({ length }) => length).join(" and ")}.\nRun the job again.`,
    );
  }
  return columns;
}
