import type { RecordMapSide } from "./map-side.ts";
import type { JobClasses } from "./records.ts";
import { ScratchSegments } from "./shuffle/scratch-segments.ts";
import type { Segment } from "./shuffle/segment.ts";
import { ShuffleWriter } from "./shuffle/shuffle-writer.ts";

/** A shuffle of one partition with itself, where equal keys lie together already. */
export function* regrouped(
  blocks: Iterable<unknown[]>,
  side: RecordMapSide,
  { classes, scratchFolder }: { readonly classes: JobClasses; readonly scratchFolder: string },
  reduce: (segments: Segment[]) => Iterable<unknown[]>,
): Generator<unknown[]> {
  const scratch = new ScratchSegments(scratchFolder);
  try {
    const segments: Segment[] = [];
    const segment = (_target: number, bucket: number, seq: number, count: number, bytes: Uint8Array) =>
      void segments.push(scratch.add({ dependency: 0, source: 0, seq, bucket, count }, bytes));
    const writer = new ShuffleWriter(side, { segment }, classes);
    for (const block of blocks) for (const record of block) writer.push(side.shaped(record));
    writer.end();
    yield* reduce(segments.toSorted((a, b) => a.seq - b.seq));
  } finally {
    scratch.close();
  }
}
