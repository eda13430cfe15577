// Keys of pairs are compared by value, as in PySpark: arrays, objects and dates are equal when their contents are.

/** A map in insertion order whose keys are compared by value. */
export class KeyMap<V> {
  readonly #primitives = new Map<unknown, V>();
  readonly #objects = new Map<string, [unknown, V]>();

  get size(): number {
    return this.#primitives.size + this.#objects.size;
  }

  has(key: unknown): boolean {
    return isPrimitive(key) ? this.#primitives.has(key) : this.#objects.has(canonical(key));
  }

  get(key: unknown): V | undefined {
    return isPrimitive(key) ? this.#primitives.get(key) : this.#objects.get(canonical(key))?.[1];
  }

  set(key: unknown, value: V): void {
    if (isPrimitive(key)) {
      this.#primitives.set(key, value);
      return;
    }
    const identity = canonical(key);
    const entry = this.#objects.get(identity);
    if (entry) entry[1] = value;
    else this.#objects.set(identity, [key, value]);
  }

  /** Keys that are objects come after the others. */
  *entries(): Generator<[unknown, V]> {
    yield* this.#primitives;
    yield* this.#objects.values();
  }

  clear(): void {
    this.#primitives.clear();
    this.#objects.clear();
  }
}

/** A number for a key, the same for equal keys, spread over 32 bits. */
export function hashKey(key: unknown): number {
  if (typeof key === "string") return hashText(key);
  if (typeof key === "number") return hashNumber(key);
  return hashText(isPrimitive(key) ? `${typeof key} ${String(key)}` : canonical(key));
}

function isPrimitive(key: unknown): boolean {
  return key === null || (typeof key !== "object" && typeof key !== "function");
}

// FNV-1a over UTF-16 code units, then mixed so that the low bits depend on all.
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

function hashNumber(value: number): number {
  if ((value | 0) === value) return mix(value);
  float[0] = Number.isNaN(value) ? Number.NaN : value; // one of the many NaNs
  return mix(words[0] ^ Math.imul(words[1], 0x9e3779b1));
}

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Text that is equal for equal values and different for others. */
function canonical(value: unknown): string {
  if (isPrimitive(value)) return primitiveText(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value instanceof Date) return `date(${value.getTime()})`;
  if (value instanceof RegExp) return `regexp(${JSON.stringify(String(value))})`;
  if (value instanceof Map)
    return `map(${[...value]
      .map(([k, v]) => `${canonical(k)}:${canonical(v)}`)
      .sort()
      .join()})`;
  if (value instanceof Set) return `set(${[...value].map(canonical).sort().join()})`;
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name}(${bytes.toString("base64")})`;
  }
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(record[name])}`).join()}}`;
}

function primitiveText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value + 0); // -0 is 0
  return String(value);
}
