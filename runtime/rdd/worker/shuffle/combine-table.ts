import { ByteKeys } from "./byte-keys.ts";
import { KeyBytes } from "./key-bytes.ts";
import type { PairBuffer } from "./pair-buffer.ts";
import { roughSize, SizeTally } from "./rough-size.ts";
import { ValueKeys } from "./value-keys.ts";

/** Joins values of a key. */
export interface Combiner {
  create(value: unknown): unknown;
  mergeValue(combined: unknown, value: unknown): unknown;
  mergeCombiners(a: unknown, b: unknown): unknown;
}

const bytesPerValue = 16;
/** One of so many merges is looked at, whether the combined value grew by it. */
const checkedMerges = 64;
const drainedKeys = 4096;

/** The keys that a map partition has seen, with the combined values; keys are bytes as long as all can be. */
export class CombineTable {
  readonly #combiner: Combiner;
  readonly #key = new KeyBytes();
  #keys: ByteKeys | ValueKeys = new ByteKeys();
  #values: unknown[] = [];
  readonly #size = new SizeTally();
  #growth = 0;
  #merges = 0;

  constructor(combiner: Combiner) {
    this.#combiner = combiner;
  }

  get count(): number {
    return this.#values.length;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#keys.size + this.#size.bytes + bytesPerValue * this.#values.length + this.#growth;
  }

  add(key: unknown, value: unknown): void {
    const place = this.#place(key);
    const values = this.#values;
    if (place === values.length) {
      const created = this.#combiner.create(value);
      values.push(created);
      this.#size.add(created);
    } else if (++this.#merges % checkedMerges !== 0) {
      values[place] = this.#combiner.mergeValue(values[place], value);
    } else {
      const before = roughSize(values[place]);
      values[place] = this.#combiner.mergeValue(values[place], value);
      this.#growth += (roughSize(values[place]) - before) * checkedMerges;
    }
  }

  #place(key: unknown): number {
    const keys = this.#keys;
    if (keys instanceof ValueKeys) return keys.place(key);
    const written = this.#key;
    if (written.write(key) && written.isExact) {
      return keys.place(written.bytes, 0, written.length, written.hash);
    }
    const values = new ValueKeys(keys.read(0, keys.count));
    this.#keys = values;
    return values.place(key);
  }

  /** Gives all it has, in the order in which the keys came, and is empty then. */
  drain(buffer: PairBuffer, place: (key: unknown) => number): void {
    const values = this.#values;
    const column = this.#keys instanceof ByteKeys ? this.#keys.column() : undefined;
    for (let from = 0; from < values.length; from += drainedKeys) {
      const to = Math.min(values.length, from + drainedKeys);
      const keys = this.#keys.read(from, to);
      for (let i = from; i < to; i++) {
        const key = keys[i - from];
        const target = place(key);
        if (!column) buffer.push(target, key, values[i]);
        else
          buffer.pushBytes(target, column.bytes, i === 0 ? 0 : column.ends[i - 1], column.ends[i], values[i]);
      }
    }
    if (this.#keys instanceof ByteKeys) this.#keys.clear();
    else this.#keys = new ValueKeys([]);
    this.#values = [];
    this.#size.clear();
    this.#growth = 0;
  }
}
