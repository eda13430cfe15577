import { ByteKeys } from "./byte-keys.ts";
import type { PairBuffer } from "./pair-buffer.ts";
import type { Pairs } from "./pair-segment.ts";
import { roughSize, SizeTally } from "./rough-size.ts";
import { type KeyPlaces, ValueKeys } from "./value-keys.ts";

/** What becomes of the values of a key. */
export interface Grouping {
  /** What a key has after its first value, from which of the shuffles it came. */
  create(value: unknown, dependency: number): unknown;
  /** What it has after another one. */
  merge(state: unknown, value: unknown, dependency: number): unknown;
  /** The values that would give the state again, with their dependencies. */
  values(state: unknown): Iterable<readonly [dependency: number, value: unknown]>;
  /** The record of a key. */
  result(key: unknown, state: unknown): unknown;
  /** Whether a state is as large as all its values together, as a list of them is. */
  readonly keepsValues: boolean;
}

const bytesPerState = 16;
const bytesPerValue = 16;
const checkedStates = 32;
const blockRecords = 4096;

/** The keys of a bucket with what became of their values, in the order in which the keys came first. */
export class GroupTable {
  readonly #grouping: Grouping;
  #keys: KeyPlaces | undefined;
  readonly #states: unknown[] = [];
  readonly #valueSize = new SizeTally();
  #values = 0;
  readonly #counts: number[] = [];
  #largest = 0;
  #places = new Int32Array(4096);

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  add({ keys, values }: Pairs, dependency: number): void {
    const count = values.length;
    if (count > this.#places.length) this.#places = new Int32Array(count);
    this.#keysFor(keys).places(keys, this.#places);
    if (this.#grouping.keepsValues) this.#keep(values, dependency);
    else this.#join(values, dependency);
    this.#values += count;
  }

  /** Keys stay bytes as long as all are. */
  #keysFor(keys: Pairs["keys"]): KeyPlaces {
    const isBytes = "bytes" in keys;
    this.#keys ??= isBytes ? new ByteKeys() : new ValueKeys([]);
    if (!isBytes && this.#keys instanceof ByteKeys) {
      this.#keys = new ValueKeys(this.#keys.read(0, this.#keys.count));
    }
    return this.#keys;
  }

  #join(values: ArrayLike<unknown>, dependency: number): void {
    const states = this.#states;
    const places = this.#places;
    const grouping = this.#grouping;
    for (let i = 0; i < values.length; i++) {
      const place = places[i];
      if (place === states.length) states.push(grouping.create(values[i], dependency));
      else states[place] = grouping.merge(states[place], values[i], dependency);
    }
  }

  #keep(values: ArrayLike<unknown>, dependency: number): void {
    const states = this.#states;
    const counts = this.#counts;
    const places = this.#places;
    const grouping = this.#grouping;
    for (let i = 0; i < values.length; i++) {
      const place = places[i];
      this.#valueSize.add(values[i]);
      if (place === states.length) {
        states.push(grouping.create(values[i], dependency));
        counts.push(1);
      } else {
        grouping.merge(states[place], values[i], dependency);
        if (++counts[place] > this.#largest) this.#largest = counts[place];
      }
    }
  }

  /** About how much memory it takes, but for the values of the largest key: another table would take them too. */
  get bytes(): number {
    const keys = (this.#keys?.size ?? 0) + bytesPerState * this.#states.length;
    if (!this.#grouping.keepsValues) return keys + this.#stateBytes();
    return keys + (this.#values - this.#largest) * (this.#valueSize.average + bytesPerValue);
  }

  // States may grow, so that they are looked at anew each time.
  #stateBytes(): number {
    const { length } = this.#states;
    if (length === 0) return 0;
    const step = Math.max(1, Math.floor(length / checkedStates));
    let size = 0;
    let looked = 0;
    for (let i = length - 1; i >= 0; i -= step, looked++) size += roughSize(this.#states[i]);
    return (size / looked) * length;
  }

  *blocks(): Generator<unknown[]> {
    const states = this.#states;
    const { length } = states;
    for (let start = 0; start < length; start += blockRecords) {
      const end = Math.min(length, start + blockRecords);
      const keys = this.#keys!.read(start, end);
      const block: unknown[] = new Array(end - start);
      for (let i = start; i < end; i++) {
        block[i - start] = this.#grouping.result(keys[i - start], states[i]);
        if (this.#grouping.keepsValues) states[i] = undefined;
      }
      yield block;
    }
  }

  /** Moves all it has to other buckets. */
  divide(buffer: PairBuffer): void {
    const keys = this.#keys;
    const column = keys instanceof ByteKeys ? keys.column() : undefined;
    const list = column ? [] : (keys?.read(0, this.#states.length) ?? []);
    this.#states.forEach((state, place) => {
      const start = column && place > 0 ? column.ends[place - 1] : 0;
      for (const [dependency, value] of this.#grouping.values(state)) {
        if (column) buffer.pushBytes(dependency, column.bytes, start, column.ends[place], value);
        else buffer.push(dependency, list[place], value);
      }
      this.#states[place] = undefined;
    });
  }
}
