// Keys of pairs are compared by value, as in PySpark: arrays, objects and dates are equal when their contents are.

/** A number for a key, the same for equal keys, spread over 32 bits. */
export function hashKey(key: unknown): number {
  if (typeof key === "string") return hashText(key);
  if (typeof key === "number") return hashNumber(key);
  return hashText(isPrimitive(key) ? `${typeof key} ${String(key)}` : keyText(key));
}

/** Whether JavaScript's own maps compare it as keys are compared. */
export function isPrimitive(key: unknown): boolean {
  return key === null || (typeof key !== "object" && typeof key !== "function");
}

/** Whether two values are one key: `NaN` is itself, 0 is -0, 1 is neither "1" nor 1n nor true. */
export function sameKey(a: unknown, b: unknown): boolean {
  if (isPrimitive(a) || isPrimitive(b)) return a === b || (Number.isNaN(a) && Number.isNaN(b));
  return keyText(a) === keyText(b);
}

export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
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

/** Text that is equal for equal values and different for others. Every item says where it ends. */
export function keyText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `"${value.length}:${value}`;
    case "number":
      return `${value + 0},`; // -0 is 0
    case "bigint":
      return `${value}n,`;
    case "object":
      return value === null ? "null," : objectText(value);
    default:
      return `${String(value)},`;
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) {
    let text = "[";
    for (const item of value as unknown[]) text += keyText(item);
    return `${text}]`;
  }
  if (value instanceof Date) return `date ${value.getTime()},`;
  if (value instanceof Map) return `map {${sorted(value, ([key, item]) => keyText(key) + keyText(item))}}`;
  if (value instanceof Set) return `set {${sorted(value, keyText)}}`;
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${bytes.toString("base64")},`;
  }
  if (value instanceof RegExp) return `regexp ${keyText(String(value))}`;
  if (value instanceof Error) return `error ${keyText(value.name)}${keyText(value.message)}`;
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record).sort();
  return `{${fields.map((name) => keyText(name) + keyText(record[name])).join("")}}`;
}

function sorted<T>(items: Iterable<T>, textOf: (item: T) => string): string {
  return [...items].map(textOf).sort().join("");
}
