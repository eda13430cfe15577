import { hashKey } from "../key-map.ts";
import type { JobClasses } from "../records.ts";
import { bucketOfHash, unbucketed } from "./buckets.ts";
import { HeapWatch } from "./heap-watch.ts";
import { hashBytes, KeyBytes } from "./key-bytes.ts";
import { encodeBytePairs, encodePairs, type Pairs } from "./pair-segment.ts";
import { SizeTally } from "./rough-size.ts";
import type { SegmentOutput } from "./segment.ts";

/** Of one target and bucket; more don't make it faster (spikes/rdd). */
const maxRecords = 4096;
const maxSegmentBytes = 1 << 20;
const maxKeyBytes = 48 << 10;
/** Of all targets and buckets. */
const maxHeldBytes = 20 << 20;
const bytesPerRecord = 16;

export interface PairBufferOptions {
  readonly output: SegmentOutput;
  readonly classes: JobClasses;
  /** How many buckets each target has; without them all records of a target stay in order. */
  readonly buckets: number | undefined;
  /** See `bucketOfHash`. */
  readonly level: number;
}

/** Collects the pairs for each target and bucket, keys as bytes, and writes them as segments. */
export class PairBuffer {
  readonly #options: PairBufferOptions;
  readonly #buckets: number;
  readonly #slots: (Slot | undefined)[] = [];
  readonly #seqs: number[] = [];
  readonly #key = new KeyBytes();
  readonly #valueSize = new SizeTally();
  readonly #heap = new HeapWatch();
  /** Of those that are held, and their keys. */
  #records = 0;
  #keyBytes = 0;

  constructor(options: PairBufferOptions) {
    this.#options = options;
    this.#buckets = options.buckets ?? 1;
  }

  push(target: number, key: unknown, value: unknown): void {
    const written = this.#key;
    const hasBytes = written.write(key);
    const slot = this.#slot(target, this.#bucket(hasBytes ? written.hash : hashKey(key)));
    if (slot.keys || !hasBytes || !written.isExact) this.#pushKey(slot, key, value);
    else this.#pushBytes(slot, written.bytes, 0, written.length, value);
  }

  /** A pair whose key is in bytes already. */
  pushBytes(target: number, bytes: Buffer, start: number, end: number, value: unknown): void {
    const slot = this.#slot(target, this.#bucket(hashBytes(bytes, start, end)));
    // In order: what came with other keys goes first.
    if (slot.keys) this.#write(slot);
    this.#pushBytes(slot, bytes, start, end, value);
  }

  /** The pairs of a segment. */
  pushAll(target: number, { keys, values }: Pairs): void {
    if (!("bytes" in keys)) {
      for (let i = 0; i < keys.length; i++) this.push(target, keys[i], values[i]);
      return;
    }
    const { bytes, ends } = keys;
    let { start } = keys;
    for (let i = 0; i < keys.count; i++) {
      this.pushBytes(target, bytes, start, ends[i], values[i]);
      start = ends[i];
    }
  }

  #pushBytes(slot: Slot, bytes: Buffer, start: number, end: number, value: unknown): void {
    slot.add(bytes, start, end);
    this.#keyBytes += end - start;
    this.#added(slot, value);
  }

  #pushKey(slot: Slot, key: unknown, value: unknown): void {
    if (!slot.keys) {
      this.#write(slot);
      slot.keys = [];
    }
    slot.keys.push(key);
    this.#valueSize.add(key);
    this.#added(slot, value);
  }

  #added(slot: Slot, value: unknown): void {
    const count = slot.values.push(value);
    this.#records++;
    this.#valueSize.add(value);
    if (this.#heap.isFull()) this.flush();
    else if (count >= maxRecords || slot.used >= maxKeyBytes) this.#write(slot);
    else if ((count & 15) === 0) this.#check(slot, count);
  }

  // Large values are few, so that looking at every sixteenth record is soon enough.
  #check(slot: Slot, count: number): void {
    const average = this.#valueSize.average;
    if (count * average > maxSegmentBytes) this.#write(slot);
    else if (this.#keyBytes + this.#records * (average + bytesPerRecord) > maxHeldBytes) this.flush();
  }

  /** Writes all that is held. */
  flush(): void {
    for (const slot of this.#slots) if (slot) this.#write(slot);
    this.#heap.flushed();
  }

  /** Writes what is held of a bucket. */
  flushBucket(target: number, bucket: number): void {
    const slot = this.#slots[target * this.#buckets + (bucket & (this.#buckets - 1))];
    if (slot) this.#write(slot);
  }

  #bucket(hash: number): number {
    const { buckets, level } = this.#options;
    return buckets === undefined ? unbucketed : bucketOfHash(hash, buckets, level);
  }

  #slot(target: number, bucket: number): Slot {
    const place = target * this.#buckets + (bucket & (this.#buckets - 1));
    return (this.#slots[place] ??= new Slot(target, bucket));
  }

  #write(slot: Slot): void {
    const { values, keys, target } = slot;
    const count = values.length;
    if (count > 0) {
      const { classes, output } = this.#options;
      const bytes = keys
        ? encodePairs(keys, values, classes)
        : encodeBytePairs(slot.column(), values, classes);
      const seq = this.#seqs[target] ?? 0;
      this.#seqs[target] = seq + 1;
      output.segment(target, slot.bucket, seq, count, bytes);
      this.#records -= count;
      this.#keyBytes -= slot.used;
      slot.clear();
    }
    slot.keys = undefined;
  }
}

/** The pairs of a target and bucket. */
class Slot {
  readonly target: number;
  readonly bucket: number;
  #bytes: Buffer = Buffer.allocUnsafeSlow(256);
  #ends = new Int32Array(16);
  /** Of the bytes. */
  used = 0;
  values: unknown[] = [];
  /** Keys that aren't written as bytes; a segment has only one of both kinds. */
  keys: unknown[] | undefined;

  constructor(target: number, bucket: number) {
    this.target = target;
    this.bucket = bucket;
  }

  clear(): void {
    this.values = [];
    this.used = 0;
    if (this.#bytes.length > 4 * maxKeyBytes) this.#bytes = Buffer.allocUnsafeSlow(256);
  }

  /** Adds a key, but not its value. */
  add(bytes: Buffer, start: number, end: number): void {
    let { used } = this;
    const length = end - start;
    if (used + length > this.#bytes.length) this.#grow(used + length);
    const count = this.values.length;
    if (count === this.#ends.length) this.#growEnds();
    const own = this.#bytes;
    if (length < 64) for (let i = start; i < end; i++) own[used++] = bytes[i];
    else used += bytes.copy(own, used, start, end);
    this.used = used;
    this.#ends[count] = used;
  }

  column() {
    return { bytes: this.#bytes, start: 0, ends: this.#ends, count: this.values.length };
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.used);
    this.#bytes = larger;
  }

  #growEnds(): void {
    const larger = new Int32Array(this.#ends.length * 2);
    larger.set(this.#ends);
    this.#ends = larger;
  }
}
