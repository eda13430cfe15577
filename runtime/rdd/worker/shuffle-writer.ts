import type { Combine } from "../stage.ts";
import type { BlockOutput } from "./block-output.ts";
import { hashKey, KeyMap } from "./key-map.ts";
import { BlockSize } from "./record-blocks.ts";
import { encodeRecords, type JobClasses } from "./records.ts";

/** The combining map is written out at this size: a V8 map of millions is slower than no map (findings, spikes/rdd). */
const maxCombined = 200_000;
/** A map that has taken fewer records per key than this isn't worth having; it is skipped for a while. */
const worthwhileRatio = 1.3;
const skippedRecords = 40 * maxCombined;

export interface ShuffleWriterOptions {
  readonly partitions: number;
  readonly combine: Combine;
  /** Joins two values of a key before they are sent, where the shuffle has such a function. */
  readonly reduce: ((a: unknown, b: unknown) => unknown) | undefined;
  readonly output: BlockOutput;
  readonly classes: JobClasses;
}

/** The map side of a shuffle: joins what it can, then writes blocks of keys and values for each target partition. */
export class ShuffleWriter {
  readonly #options: ShuffleWriterOptions;
  readonly #targets: Target[];
  readonly #size = new BlockSize();
  readonly #combined = new KeyMap<unknown>();
  #seen = 0;
  #skip = 0;
  #source = 0;

  constructor(options: ShuffleWriterOptions) {
    this.#options = options;
    this.#targets = Array.from({ length: options.partitions }, () => ({ keys: [], values: [], seq: 0 }));
  }

  begin(partition: number): void {
    this.#source = partition;
    this.#seen = 0;
    for (const target of this.#targets) target.seq = 0;
  }

  push(record: unknown): void {
    const { mode } = this.#options.combine;
    if (mode === "distinct") this.#add(record, null);
    else if (Array.isArray(record)) this.#add(record[0], record[1]);
    else throw notAPair(mode === "group" ? "groupByKey" : "reduceByKey", record);
  }

  end(): void {
    this.#drain();
    this.#targets.forEach((target, pid) => {
      this.#flush(pid);
      this.#options.output.done(pid, this.#source, target.seq);
    });
  }

  #add(key: unknown, value: unknown): void {
    const { combine, reduce } = this.#options;
    if (this.#skip > 0) this.#skip--;
    if (combine.mode === "group" || this.#skip > 0) return this.#send(key, value);
    const combined = this.#combined;
    const before = combined.size;
    const current = combined.get(key);
    if (current === undefined && !combined.has(key)) combined.set(detached(key), value);
    else if (reduce) combined.set(key, reduce(current, value));
    this.#seen++;
    if (combined.size > before && combined.size >= maxCombined) {
      if (this.#seen / combined.size < worthwhileRatio) this.#skip = skippedRecords;
      this.#seen = 0;
      this.#drain();
    }
  }

  #drain(): void {
    for (const [key, value] of this.#combined.entries()) this.#send(key, value);
    this.#combined.clear();
  }

  #send(key: unknown, value: unknown): void {
    const pid = hashKey(key) % this.#targets.length;
    const target = this.#targets[pid];
    target.keys.push(key);
    target.values.push(value);
    if (target.keys.length >= this.#size.count) this.#flush(pid);
  }

  #flush(pid: number): void {
    const target = this.#targets[pid];
    const count = target.keys.length;
    if (count === 0) return;
    const bytes = encodeRecords([target.keys, target.values], this.#options.classes);
    this.#size.learn(count, bytes.length);
    this.#options.output.data(pid, this.#source, target.seq++, bytes);
    target.keys = [];
    target.values = [];
  }
}

interface Target {
  keys: unknown[];
  values: unknown[];
  seq: number;
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
