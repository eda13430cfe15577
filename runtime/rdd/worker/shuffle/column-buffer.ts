import type { JobClasses } from "../records.ts";
import { encodeSegment } from "./segment-columns.ts";
import { HeapWatch } from "./heap-watch.ts";
import type { SegmentOutput } from "./segment.ts";
import { SizeTally } from "./rough-size.ts";

/** Of one target and bucket; more don't make it faster (spikes/rdd). */
const maxRecords = 4096;
const maxSegmentBytes = 1 << 20;
/** Of all targets and buckets. */
const maxHeldRecords = 1 << 19;
const maxHeldBytes = 16 << 20;

/** Collects the records for each target and bucket and writes them as segments. */
export class ColumnBuffer {
  readonly #output: SegmentOutput;
  readonly #classes: JobClasses;
  readonly #width: number;
  readonly #held = new Map<number, unknown[][]>();
  readonly #seqs = new Map<number, number>();
  readonly #size = new SizeTally();
  readonly #heap = new HeapWatch();
  #heldCount = 0;

  /** `width`: how many columns there are, 2 of pairs. */
  constructor(output: SegmentOutput, width: 1 | 2, classes: JobClasses) {
    this.#output = output;
    this.#width = width;
    this.#classes = classes;
  }

  push(target: number, bucket: number, first: unknown, second?: unknown): void {
    const place = placeOf(target, bucket);
    let columns = this.#held.get(place);
    if (!columns) this.#held.set(place, (columns = this.#width === 2 ? [[], []] : [[]]));
    columns[0].push(first);
    if (this.#width === 2) columns[1].push(second);
    this.#heldCount++;
    this.#size.add(first);
    if (this.#width === 2) this.#size.add(second);
    const { length } = columns[0];
    if (this.#heap.isFull()) this.flush();
    else if (length >= maxRecords || length * this.#size.average * this.#width > maxSegmentBytes) {
      this.#write(place, columns);
    } else if (
      this.#heldCount > maxHeldRecords ||
      this.#size.average * this.#width * this.#heldCount > maxHeldBytes
    ) {
      this.flush();
    }
  }

  flush(): void {
    for (const [place, columns] of this.#held) this.#write(place, columns);
    this.#heap.flushed();
  }

  #write(place: number, columns: unknown[][]): void {
    this.#held.delete(place);
    const bucket = (place % bucketNumbers) - 1;
    const target = Math.floor(place / bucketNumbers);
    const count = columns[0].length;
    this.#heldCount -= count;
    const seq = this.#seqs.get(target) ?? 0;
    this.#seqs.set(target, seq + 1);
    this.#output.segment(target, bucket, seq, count, encodeSegment(columns, this.#classes));
  }
}

/** More than any bucket's number. */
const bucketNumbers = 1024;

function placeOf(target: number, bucket: number): number {
  return target * bucketNumbers + bucket + 1;
}
