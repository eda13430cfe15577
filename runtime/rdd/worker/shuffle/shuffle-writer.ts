import type { JobClasses } from "../records.ts";
import { KeyMap } from "../key-map.ts";
import { bucketsFor, unbucketed } from "./buckets.ts";
import { ColumnBuffer } from "./column-buffer.ts";
import { PairBuffer } from "./pair-buffer.ts";
import type { SegmentOutput } from "./segment.ts";
import { roughSize, SizeTally } from "./rough-size.ts";

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

export interface Combiner {
  create(value: unknown): unknown;
  mergeValue(combined: unknown, value: unknown): unknown;
  mergeCombiners(a: unknown, b: unknown): unknown;
}

/** The combining map is written out at this size: a V8 map of millions is slower than no map (findings, spikes/rdd). */
const maxCombined = 200_000;
const maxHeldBytes = 24 << 20;
/** A map that has taken fewer records per key than this isn't worth having; it is skipped for a while. */
const worthwhileRatio = 1.3;
const checkedMerges = 64;
const skippedRecords = 40 * maxCombined;

/**
 * Writes what one map partition has for each reduce partition. Up to some 200 thousand keys or 24 MB, everything is in
 * the order in which it came first; above, the keys of a reduce partition are divided into buckets.
 */
export class ShuffleWriter {
  readonly #side: MapSide;
  readonly #output: SegmentOutput;
  readonly #classes: JobClasses;
  /** Of records whose order is kept. */
  readonly #columns: ColumnBuffer;
  /** Of those whose keys are brought together. */
  #pairs: PairBuffer | undefined;
  readonly #isGrouped: boolean;
  readonly #combined = new KeyMap<unknown>();
  #keys: unknown[] = [];
  #values: unknown[] = [];
  readonly #size = new SizeTally();
  /** By how much the combined values have grown. */
  #growth = 0;
  #isLarge = false;
  #seen = 0;
  #skip = 0;

  constructor(side: MapSide, output: SegmentOutput, classes: JobClasses) {
    this.#side = side;
    this.#output = output;
    this.#classes = classes;
    this.#isGrouped = side.isGrouped ?? side.combine !== undefined;
    this.#columns = new ColumnBuffer(output, side.record === "pair" ? 2 : 1, classes);
  }

  push(record: unknown): void {
    const { combine, record: kind, place } = this.#side;
    if (kind === "any") {
      this.#columns.push(place(undefined, record), unbucketed, record);
      return;
    }
    if (!Array.isArray(record)) throw notAPair("A shuffle", record);
    const [key, value] = record as [unknown, unknown];
    if (combine) this.#combine(combine, key, value);
    else if (!this.#isGrouped) this.#columns.push(place(key, record), unbucketed, key, value);
    else if (this.#isLarge) this.#send(key, value);
    else this.#hold(key, value);
  }

  end(): void {
    this.#drain();
    this.#pairs?.flush();
    this.#columns.flush();
  }

  #hold(key: unknown, value: unknown): void {
    this.#size.add(key);
    this.#size.add(value);
    this.#values.push(value);
    if (this.#keys.push(key) >= maxCombined || this.#size.bytes > maxHeldBytes) this.#grow();
  }

  #combine(combine: Combiner, key: unknown, value: unknown): void {
    if (this.#skip > 0) {
      this.#skip--;
      this.#send(key, combine.create(value));
      return;
    }
    const combined = this.#combined;
    this.#seen++;
    const current = combined.get(key);
    if (current !== undefined || combined.has(key)) {
      const isChecked = this.#seen % checkedMerges === 0;
      const before = isChecked ? roughSize(current) : 0;
      const merged = combine.mergeValue(current, value);
      if (merged !== current) combined.set(key, merged);
      if (!isChecked) return;
      this.#growth += (roughSize(merged) - before) * checkedMerges;
    } else {
      const created = combine.create(value);
      combined.set(detached(key), created);
      this.#size.add(key);
      this.#size.add(created);
    }
    if (combined.size < maxCombined && this.#size.bytes + this.#growth < maxHeldBytes) return;
    if (this.#seen / combined.size < worthwhileRatio) this.#skip = skippedRecords;
    this.#seen = 0;
    this.#grow();
  }

  #grow(): void {
    this.#isLarge = true;
    this.#drain();
    this.#size.clear();
    this.#growth = 0;
  }

  #drain(): void {
    for (const [key, value] of this.#combined.entries()) this.#send(key, value);
    this.#combined.clear();
    this.#keys.forEach((key, i) => this.#send(key, this.#values[i]));
    this.#keys = [];
    this.#values = [];
  }

  #send(key: unknown, value: unknown): void {
    this.#pairs ??= new PairBuffer({
      output: this.#output,
      classes: this.#classes,
      buckets: this.#isLarge ? bucketsFor(this.#side.partitions) : undefined,
      level: 0,
    });
    this.#pairs.push(this.#side.place(key, undefined), key, value);
  }
}

/** V8 keeps a whole chunk of the file alive for a piece of it; keys that stay in the map are copied out. */
function detached(key: unknown): unknown {
  return typeof key === "string" && key.length > 12 ? Buffer.from(key, "utf16le").toString("utf16le") : key;
}

export function notAPair(method: string, record: unknown): TypeError {
  const what = record === null ? "null" : typeof record;
  return new TypeError(
    `${method} needs [key, value] records, but got ${what}. Make pairs first, with map or keyBy.`,
  );
}
