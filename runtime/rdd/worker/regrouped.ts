import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordMapSide } from "./map-side.ts";
import type { JobClasses } from "./records.ts";
import type { Segment } from "./shuffle/segment.ts";
import { MapOutputFile, readSegments } from "./shuffle/shuffle-file.ts";
import { ShuffleWriter } from "./shuffle/shuffle-writer.ts";

/** A shuffle of one partition with itself, where equal keys lie together already. */
export function* regrouped(
  blocks: Iterable<unknown[]>,
  side: RecordMapSide,
  { classes, scratchFolder }: { readonly classes: JobClasses; readonly scratchFolder: string },
  reduce: (segments: Segment[]) => Iterable<unknown[]>,
): Generator<unknown[]> {
  const path = join(scratchFolder || tmpdir(), `regrouped-${randomUUID()}`);
  const file = new MapOutputFile(path);
  try {
    const writer = new ShuffleWriter(side, file, classes);
    for (const block of blocks) for (const record of block) writer.push(side.shaped(record));
    writer.end();
  } catch (error) {
    file.abort();
    throw error;
  }
  file.close();
  try {
    yield* reduce(readSegments(path, 0, 0, 0));
  } finally {
    rmSync(path, { force: true });
  }
}
