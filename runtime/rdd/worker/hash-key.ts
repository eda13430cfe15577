// Keys of pairs are compared by value, as in PySpark: arrays, objects and dates are equal when their contents are.
import { keyText } from "./key-text.ts";
import { isRowValue } from "./row-values.ts";

const maxDepth = 500;

/** A number for a key, the same for equal keys, spread over 32 bits. */
export function hashKey(key: unknown): number {
  return hashAt(key, 0) >>> 0;
}

/** Whether two values are one key: `NaN` is itself, 0 is -0, 1 is neither "1" nor 1n nor true. */
export function sameKey(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isPrimitive(a) || isPrimitive(b)) return Number.isNaN(a) && Number.isNaN(b);
  return sameObjects(a as object, b as object);
}

/** Whether JavaScript's own maps compare it as keys are compared. */
export function isPrimitive(key: unknown): boolean {
  return key === null || (typeof key !== "object" && typeof key !== "function");
}

export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function hashAt(key: unknown, depth: number): number {
  if (typeof key === "string") return hashText(key);
  if (typeof key === "number") return hashNumber(key);
  if (key === null || key === undefined || typeof key !== "object") return hashText(keyText(key));
  if (depth > maxDepth) throw tooDeep();
  if (Array.isArray(key)) return hashItems(key, depth);
  return isSpecial(key) ? hashText(keyText(key)) : hashFields(key as Record<string, unknown>, depth);
}

function hashItems(items: readonly unknown[], depth: number): number {
  let hash = items.length;
  for (let i = 0; i < items.length; i++) hash = Math.imul(hash ^ hashAt(items[i], depth + 1), 0x01000193) + i;
  return mix(hash);
}

// The order of names doesn't matter, so that their hashes are added.
function hashFields(record: Record<string, unknown>, depth: number): number {
  let sum = 0;
  for (const name of Object.keys(record)) {
    sum = (sum + mix(hashText(name) ^ Math.imul(hashAt(record[name], depth + 1), 0x9e3779b1))) | 0;
  }
  return mix(sum ^ 0x5bd1e995);
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
  return hash ^ (hash >>> 16);
}

/** Whether its contents are elsewhere than in its fields. */
function isSpecial(value: object): boolean {
  if (Object.getPrototypeOf(value) === Object.prototype) return false;
  return (
    value instanceof Date ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof RegExp ||
    value instanceof Error ||
    ArrayBuffer.isView(value) ||
    isRowValue(value)
  );
}

function sameObjects(a: object, b: object): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (Array.isArray(b)) return false;
  if (isSpecial(a) || isSpecial(b)) return keyText(a) === keyText(b);
  return sameFields(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameKey(a[i], b[i])) return false;
  return true;
}

function sameFields(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && sameKey(a[name], b[name]));
}

function tooDeep(): TypeError {
  return new TypeError(
    `A key is nested more than ${maxDepth} deep, or holds itself.\nUse a part of it as the key, such as its id.`,
  );
}
