import { notAPair } from "../not-a-pair.ts";
import type { JobClasses } from "../records.ts";
import { bucketsFor, unbucketed } from "./buckets.ts";
import { ColumnBuffer } from "./column-buffer.ts";
import { type Combiner, CombineTable } from "./combine-table.ts";
import { HeapWatch } from "./heap-watch.ts";
import { HeldSegments } from "./held-segments.ts";
import { PairBuffer } from "./pair-buffer.ts";
import { readPairs } from "./pair-segment.ts";
import type { SegmentOutput } from "./segment.ts";

/** The map side of a shuffle. */
export interface MapSide {
  /** How many reduce partitions there are. */
  readonly partitions: number;
  /** "pair": records are [key, value]. */
  readonly record: "pair" | "any";
  /** The reduce partition of a record; called once for each, in order, after combining. The key of "any" is undefined. */
  place(key: unknown, record: unknown): number;
  /** Joins the values of a key before they are sent. */
  readonly combine?: Combiner;
  /**
   * Whether the reduce partition brings equal keys together, so that a large map partition may write its keys in
   * buckets, out of order. Default: whether there is `combine`. Give true for groupByKey, cogroup and joins.
   */
  readonly isGrouped?: boolean;
}

/** So many keys keep their order; more are written out in buckets. */
const maxKeys = 200_000;
/** From then on the table has so many: what a processor's cache holds is a tenth quicker (`npm run bench rdd`). */
const maxCachedKeys = 25_000;
const maxHeldBytes = 24 << 20;
/** A table that has taken fewer records per key than this isn't worth having; it is skipped for a while. */
const worthwhileRatio = 1.3;
const skippedRecords = 40 * maxKeys;
const checkedRecords = 256;

/**
 * Writes what one map partition has for each reduce partition. Up to some 200 thousand keys or 24 MB, everything is in
 * the order in which it came first; above, the keys of a reduce partition are divided into buckets.
 */
export class ShuffleWriter {
  readonly #add: (key: unknown, value: unknown, record: unknown) => void;
  readonly #isPair: boolean;
  readonly end: () => void;

  constructor(side: MapSide, output: SegmentOutput, classes: JobClasses) {
    this.#isPair = side.record === "pair";
    const isGrouped = side.isGrouped ?? side.combine !== undefined;
    const writer =
      !this.#isPair || !isGrouped
        ? new OrderedWriter(side, output, classes)
        : side.combine
          ? new CombiningWriter(side, side.combine, output, classes)
          : new GroupingWriter(side, output, classes);
    this.#add = (key, value, record) => writer.add(key, value, record);
    this.end = () => writer.end();
  }

  push(record: unknown): void {
    if (!this.#isPair) this.#add(undefined, undefined, record);
    else if (Array.isArray(record)) this.#add(record[0], record[1], record);
    else throw notAPair("A shuffle", record);
  }
}

/** Keeps the order of the records. */
class OrderedWriter {
  readonly #side: MapSide;
  readonly #buffer: ColumnBuffer;

  constructor(side: MapSide, output: SegmentOutput, classes: JobClasses) {
    this.#side = side;
    this.#buffer = new ColumnBuffer(output, side.record === "pair" ? 2 : 1, classes);
  }

  add(key: unknown, value: unknown, record: unknown): void {
    const target = this.#side.place(key, record);
    if (this.#side.record === "pair") this.#buffer.push(target, unbucketed, key, value);
    else this.#buffer.push(target, unbucketed, record);
  }

  end(): void {
    this.#buffer.flush();
  }
}

/** Brings equal keys together, but joins nothing. */
class GroupingWriter {
  readonly #side: MapSide;
  readonly #output: SegmentOutput;
  readonly #classes: JobClasses;
  #held: HeldSegments | undefined = new HeldSegments();
  #buffer: PairBuffer;
  #count = 0;

  constructor(side: MapSide, output: SegmentOutput, classes: JobClasses) {
    this.#side = side;
    this.#output = output;
    this.#classes = classes;
    this.#buffer = new PairBuffer({ output: this.#held!, classes, buckets: undefined, level: 0 });
  }

  add(key: unknown, value: unknown): void {
    this.#buffer.push(this.#side.place(key, undefined), key, value);
    if (!this.#held || ++this.#count % checkedRecords !== 0) return;
    if (this.#count >= maxKeys || this.#held.bytes > maxHeldBytes) this.#divide(this.#held);
  }

  /** Goes over to buckets. */
  #divide(held: HeldSegments): void {
    this.#buffer.flush();
    this.#held = undefined;
    const options = { output: this.#output, classes: this.#classes, level: 0 };
    this.#buffer = new PairBuffer({ ...options, buckets: bucketsFor(this.#side.partitions) });
    for (const segment of held.list) this.#buffer.pushAll(segment.target, readPairs(segment, this.#classes));
  }

  end(): void {
    this.#buffer.flush();
    for (const segment of this.#held?.list ?? []) {
      this.#output.segment(segment.target, segment.bucket, segment.seq, segment.count, segment.read());
    }
  }
}

/** Joins the values of a key first. */
class CombiningWriter {
  readonly #side: MapSide;
  readonly #combiner: Combiner;
  readonly #options: { output: SegmentOutput; classes: JobClasses; level: number };
  #table: CombineTable;
  #maxKeys = maxKeys;
  readonly #heap = new HeapWatch();
  #buffer: PairBuffer | undefined;
  #seen = 0;
  #skip = 0;

  constructor(side: MapSide, combiner: Combiner, output: SegmentOutput, classes: JobClasses) {
    this.#side = side;
    this.#combiner = combiner;
    this.#options = { output, classes, level: 0 };
    this.#table = new CombineTable(combiner);
  }

  add(key: unknown, value: unknown): void {
    if (this.#skip > 0) {
      this.#skip--;
      this.#buffer!.push(this.#side.place(key, undefined), key, this.#combiner.create(value));
      return;
    }
    const table = this.#table;
    table.add(key, value);
    this.#seen++;
    const isFull = table.count >= this.#maxKeys || this.#heap.isFull();
    if (isFull || (this.#seen % checkedRecords === 0 && table.bytes > maxHeldBytes)) this.#drain();
  }

  /** Goes over to buckets. */
  #drain(): void {
    const buckets = bucketsFor(this.#side.partitions);
    this.#buffer ??= new PairBuffer({ ...this.#options, buckets });
    if (this.#seen / this.#table.count < worthwhileRatio) this.#skip = skippedRecords;
    this.#seen = 0;
    this.#heap.flushed();
    this.#table.drain(this.#buffer, this.#place);
    if (this.#maxKeys === maxCachedKeys) return;
    this.#maxKeys = maxCachedKeys;
    this.#table = new CombineTable(this.#combiner);
  }

  readonly #place = (key: unknown) => this.#side.place(key, undefined);

  end(): void {
    this.#buffer ??= new PairBuffer({ ...this.#options, buckets: undefined });
    this.#table.drain(this.#buffer, this.#place);
    this.#buffer.flush();
  }
}
