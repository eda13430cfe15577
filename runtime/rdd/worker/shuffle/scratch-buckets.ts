import type { JobClasses } from "../records.ts";
import { PairBuffer } from "./pair-buffer.ts";
import { ScratchSegments } from "./scratch-segments.ts";
import type { Segment } from "./segment.ts";

export interface ScratchBucketsOptions {
  readonly classes: JobClasses;
  readonly scratchFolder: string;
  readonly buckets: number;
  /** Buckets of buckets use other bits of the hash. */
  readonly level: number;
}

/** Divides pairs into buckets, which wait in a scratch file. */
export class ScratchBuckets {
  readonly #options: ScratchBucketsOptions;
  readonly #scratch: ScratchSegments;
  readonly #segments = new Map<number, Segment[]>();
  /** A target of it is a dependency. */
  readonly buffer: PairBuffer;
  #seq = 0;

  constructor(options: ScratchBucketsOptions) {
    this.#options = options;
    this.#scratch = new ScratchSegments(options.scratchFolder);
    const segment = (dependency: number, bucket: number, _: number, count: number, bytes: Uint8Array) => {
      const about = { dependency, source: 0, seq: this.#seq++, bucket, count };
      this.#list(bucket).push(this.#scratch.add(about, bytes));
    };
    this.buffer = new PairBuffer({ ...options, output: { segment } });
  }

  /** A segment that is in the right bucket already. */
  append(segment: Segment, bucket: number): void {
    this.buffer.flushBucket(segment.dependency, bucket);
    this.#list(bucket).push(segment);
  }

  *buckets(): Generator<Segment[]> {
    this.buffer.flush();
    const { buckets } = this.#options;
    for (let bucket = buckets; bucket < 2 * buckets; bucket++) {
      const segments = this.#segments.get(bucket);
      // Of a dependency in the order in which they were added.
      if (segments) yield segments.sort((a, b) => a.dependency - b.dependency);
    }
  }

  close(): void {
    this.#scratch.close();
  }

  #list(bucket: number): Segment[] {
    let list = this.#segments.get(bucket);
    if (!list) this.#segments.set(bucket, (list = []));
    return list;
  }
}
