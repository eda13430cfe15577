import { KeyMap } from "../key-map.ts";
import { keysOf, type Pairs } from "./pair-segment.ts";
import { SizeTally } from "./rough-size.ts";

/** Distinct keys, each with its place: 0 for the first that came. */
export interface KeyPlaces {
  readonly count: number;
  /** About how much memory they take. */
  readonly size: number;
  /** The place of each key; new ones get the next. */
  places(keys: Pairs["keys"], places: Int32Array): void;
  /** The keys of some places. */
  read(from: number, to: number): unknown[];
}

/** A place in the map, and in the list. */
const bytesPerKey = 100;

/** Keys of any kind. */
export class ValueKeys implements KeyPlaces {
  readonly #map = new KeyMap<number>();
  readonly #keys: unknown[] = [];
  readonly #tally = new SizeTally();

  constructor(keys: readonly unknown[]) {
    this.places(keys, new Int32Array(keys.length));
  }

  get count(): number {
    return this.#keys.length;
  }

  get size(): number {
    return this.#tally.bytes + bytesPerKey * this.#keys.length;
  }

  places(column: Pairs["keys"], places: Int32Array): void {
    const keys = keysOf(column);
    for (let i = 0; i < keys.length; i++) places[i] = this.place(keys[i]);
  }

  place(key: unknown): number {
    const entry = this.#map.entry(key);
    if (entry) return entry.value;
    const place = this.#keys.push(key) - 1;
    this.#map.add(key, place);
    this.#tally.add(key);
    return place;
  }

  read(from: number, to: number): unknown[] {
    return this.#keys.slice(from, to);
  }
}
