// How much memory values take, roughly, by looking at some of them.

const maxDepth = 4;
const lookedAt = 8;

/** About how many bytes a value takes in V8's heap. */
export function roughSize(value: unknown, depth = 0): number {
  if (typeof value === "string") return 20 + value.length;
  if (typeof value === "bigint") return 24;
  if (typeof value !== "object" || value === null) return 8;
  if (depth > maxDepth) return 64;
  if (Array.isArray(value)) return 16 + several(value.length, value, depth);
  if (ArrayBuffer.isView(value)) return 100 + value.byteLength;
  if (value instanceof Map) return 80 + 16 * value.size + several(value.size * 2, flat(value), depth);
  if (value instanceof Set) return 80 + 16 * value.size + several(value.size, value, depth);
  const record = value as Record<string, unknown>;
  let size = 24;
  for (const name in record) size += 8 + roughSize(record[name], depth + 1);
  return size;
}

function several(length: number, items: Iterable<unknown>, depth: number): number {
  let size = 0;
  let count = 0;
  for (const item of items) {
    size += 8 + roughSize(item, depth + 1);
    if (++count === lookedAt) break;
  }
  return count === 0 ? 0 : (size / count) * length;
}

function* flat(map: Map<unknown, unknown>): Generator<unknown> {
  for (const [key, value] of map) yield* [key, value];
}

const always = 64;
const every = 64;

/** The sum of the sizes of values, of which only some are looked at. */
export class SizeTally {
  #count = 0;
  #sampled = 0;
  #size = 0;

  add(value: unknown): void {
    const count = this.#count++;
    if (count >= always && count % every !== 0) return;
    this.#sampled++;
    this.#size += roughSize(value);
  }

  get bytes(): number {
    return this.#count === 0 ? 0 : (this.#size / this.#sampled) * this.#count;
  }

  get average(): number {
    return this.#count === 0 ? 0 : this.#size / this.#sampled;
  }

  /** Begins a new sum, keeping what it knows of the sizes. */
  clear(): void {
    this.#count = 0;
    this.#sampled = 0;
    this.#size = 0;
  }
}
