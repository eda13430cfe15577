import { hashKey, sameKey } from "./hash-key.ts";

/** What a {@link KeyMap} holds for a key; the value may be changed in place. */
export interface KeyEntry<V> {
  readonly key: unknown;
  value: V;
}

/** Keys that are compared by their contents: a hash table with open addressing, its entries in the order in which they came. */
export class ObjectTable<V> {
  readonly entries: KeyEntry<V>[] = [];
  readonly #hashes: number[] = [];
  /** Numbers of entries, from 1; 0 is free. */
  #slots = new Int32Array(16);
  #lastKey: unknown;
  #lastHash = 0;

  find(key: unknown): KeyEntry<V> | undefined {
    const hash = hashKey(key) | 0;
    this.#lastKey = key;
    this.#lastHash = hash;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot];
      if (number === 0) return undefined;
      if (this.#hashes[number - 1] === hash && sameKey(this.entries[number - 1].key, key))
        return this.entries[number - 1];
    }
  }

  /** Adds a key that isn't there; quicker when {@link find} was just called with it. */
  add(key: unknown, value: V): void {
    const hash = key === this.#lastKey ? this.#lastHash : hashKey(key) | 0;
    this.#hashes.push(hash);
    const count = this.entries.push({ key, value });
    if (count * 2 > this.#slots.length) this.#grow();
    else this.#place(hash, count);
  }

  #place(hash: number, number: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4);
    this.#hashes.forEach((hash, index) => this.#place(hash, index + 1));
  }
}
