import { isPrimitive, keyText } from "./hash-key.ts";

export { hashKey } from "./hash-key.ts";
export { partitionOf } from "./partition-of.ts";

/** What a {@link KeyMap} holds for a key; the value may be changed in place. */
export interface KeyEntry<V> {
  readonly key: unknown;
  value: V;
}

/** A map in insertion order whose keys are compared by value. */
export class KeyMap<V> {
  readonly #entries = new Map<unknown, KeyEntry<V>>();
  #lastKey: unknown;
  #lastIdentity: unknown;

  get size(): number {
    return this.#entries.size;
  }

  has(key: unknown): boolean {
    return this.#entries.has(this.#identity(key));
  }

  get(key: unknown): V | undefined {
    return this.#entries.get(this.#identity(key))?.value;
  }

  /** The quick way to change a value: look once, then set `value` of what was found, or {@link add}. */
  entry(key: unknown): KeyEntry<V> | undefined {
    this.#lastIdentity = this.#identity(key);
    this.#lastKey = key;
    return this.#entries.get(this.#lastIdentity);
  }

  /** Adds the key that {@link entry}, just called, didn't find. */
  add(key: unknown, value: V): void {
    const identity = key === this.#lastKey ? this.#lastIdentity : this.#identity(key);
    this.#entries.set(identity, { key, value });
  }

  set(key: unknown, value: V): void {
    const identity = this.#identity(key);
    const entry = this.#entries.get(identity);
    if (entry) entry.value = value;
    else this.#entries.set(identity, { key, value });
  }

  delete(key: unknown): boolean {
    return this.#entries.delete(this.#identity(key));
  }

  /** The entries themselves, cheaper than {@link entries}. */
  all(): IterableIterator<KeyEntry<V>> {
    return this.#entries.values();
  }

  *entries(): Generator<[unknown, V]> {
    for (const { key, value } of this.#entries.values()) yield [key, value];
  }

  clear(): void {
    this.#entries.clear();
    this.#lastKey = this.#lastIdentity = undefined;
  }

  // A key by value is a text behind a NUL, and so is a text that begins with one.
  #identity(key: unknown): unknown {
    if (typeof key === "string" ? key.charCodeAt(0) !== 0 : isPrimitive(key)) return key;
    return `\u0000${keyText(key)}`;
  }
}
