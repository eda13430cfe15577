import { decodeRecords, encodeRecords, type JobClasses } from "./records.ts";
import { unbucketed } from "./shuffle/buckets.ts";
import { ScratchSegments } from "./shuffle/scratch-segments.ts";
import type { Segment } from "./shuffle/segment.ts";

const maxRecords = 1 << 16;

/** Records that are read again and again: held while they are few, else in a file. */
export class Replay {
  readonly #classes: JobClasses;
  #held: unknown[][] = [];
  readonly #written: Segment[] = [];
  #scratch: ScratchSegments | undefined;

  constructor(blocks: Iterable<unknown[]>, classes: JobClasses, scratchFolder: string) {
    this.#classes = classes;
    let count = 0;
    for (const block of blocks) {
      count += block.length;
      this.#held.push(block);
      if (count <= maxRecords) continue;
      this.#scratch ??= new ScratchSegments(scratchFolder);
      for (const records of this.#held) this.#write(this.#scratch, records);
      this.#held = [];
    }
  }

  *blocks(): Generator<unknown[]> {
    for (const segment of this.#written) yield decodeRecords(segment.read(), this.#classes) as unknown[];
    yield* this.#held;
  }

  close(): void {
    this.#scratch?.close();
  }

  #write(scratch: ScratchSegments, records: unknown[]): void {
    const about = { dependency: 0, source: 0, seq: this.#written.length, bucket: unbucketed };
    this.#written.push(
      scratch.add({ ...about, count: records.length }, encodeRecords(records, this.#classes)),
    );
  }
}
