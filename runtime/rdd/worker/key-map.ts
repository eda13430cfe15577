import { isPrimitive } from "./hash-key.ts";
import { type KeyEntry, ObjectTable } from "./object-table.ts";

export { hashKey } from "./hash-key.ts";
export type { KeyEntry } from "./object-table.ts";
export { partitionOf } from "./partition-of.ts";

/** A map in insertion order whose keys are compared by value. */
export class KeyMap<V> {
  readonly #primitives = new Map<unknown, KeyEntry<V>>();
  #objects = new ObjectTable<V>();
  /** For each of the objects, how many entries there were before it. */
  #positions: number[] = [];

  get size(): number {
    return this.#primitives.size + this.#positions.length;
  }

  has(key: unknown): boolean {
    return this.entry(key) !== undefined;
  }

  get(key: unknown): V | undefined {
    return this.entry(key)?.value;
  }

  /** The quick way to change a value: look once, then set `value` of what was found, or {@link add}. */
  entry(key: unknown): KeyEntry<V> | undefined {
    return isPrimitive(key) ? this.#primitives.get(key) : this.#objects.find(key);
  }

  /** Adds the key that {@link entry}, just called, didn't find. */
  add(key: unknown, value: V): void {
    if (isPrimitive(key)) this.#primitives.set(key, { key, value });
    else {
      this.#positions.push(this.size);
      this.#objects.add(key, value);
    }
  }

  set(key: unknown, value: V): void {
    const entry = this.entry(key);
    if (entry) entry.value = value;
    else this.add(key, value);
  }

  /** The entries themselves, cheaper than {@link entries}. */
  all(): Iterable<KeyEntry<V>> {
    if (this.#positions.length === 0) return this.#primitives.values();
    return this.#primitives.size === 0 ? this.#objects.entries : this.#mixed();
  }

  *entries(): Generator<[unknown, V]> {
    for (const { key, value } of this.all()) yield [key, value];
  }

  clear(): void {
    this.#primitives.clear();
    this.#objects = new ObjectTable();
    this.#positions = [];
  }

  *#mixed(): Generator<KeyEntry<V>> {
    const primitives = this.#primitives.values();
    for (let at = 0, object = 0; at < this.size; at++) {
      if (this.#positions[object] === at) yield this.#objects.entries[object++];
      else yield primitives.next().value!;
    }
  }
}
