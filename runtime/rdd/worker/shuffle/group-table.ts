import { KeyMap } from "../key-map.ts";
import { roughSize, SizeTally } from "./rough-size.ts";

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

/** A place in the map, in the arrays beside it. */
const bytesPerKey = 100;
const bytesPerValue = 16;
const checkedStates = 32;
const blockRecords = 4096;

/** The keys of a bucket with what became of their values, in the order in which the keys came first. */
export class GroupTable {
  readonly #grouping: Grouping;
  readonly #places = new KeyMap<number>();
  readonly #keys: unknown[] = [];
  readonly #states: unknown[] = [];
  readonly #keySize = new SizeTally();
  readonly #valueSize = new SizeTally();
  #values = 0;
  readonly #counts: number[] = [];
  #largest = 0;

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  addAll(keys: unknown[], values: unknown[], dependency: number): void {
    const { keepsValues } = this.#grouping;
    const states = this.#states;
    for (let i = 0; i < keys.length; i++) {
      const place = this.#places.get(keys[i]);
      if (place === undefined) {
        this.#places.set(keys[i], this.#keys.push(keys[i]) - 1);
        states.push(this.#grouping.create(values[i], dependency));
        this.#keySize.add(keys[i]);
        if (keepsValues) this.#counts.push(1);
      } else {
        states[place] = this.#grouping.merge(states[place], values[i], dependency);
        if (keepsValues && ++this.#counts[place] > this.#largest) this.#largest = this.#counts[place];
      }
      if (keepsValues) this.#valueSize.add(values[i]);
    }
    this.#values += keys.length;
  }

  /** About how much memory it takes, but for the values of the largest key: another table would take them too. */
  get bytes(): number {
    const keys = this.#keySize.bytes + bytesPerKey * this.#keys.length;
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
    const { length } = this.#keys;
    for (let start = 0; start < length; start += blockRecords) {
      const block: unknown[] = [];
      for (let i = start; i < Math.min(length, start + blockRecords); i++) {
        block.push(this.#grouping.result(this.#keys[i], this.#states[i]));
        this.#states[i] = undefined;
      }
      yield block;
    }
  }

  *pairs(): Generator<[key: unknown, value: unknown, dependency: number]> {
    for (let i = 0; i < this.#keys.length; i++) {
      for (const [dependency, value] of this.#grouping.values(this.#states[i])) {
        yield [this.#keys[i], value, dependency];
      }
      this.#states[i] = undefined;
    }
  }
}
