import { hashKey, isBytes } from "./hash-key.ts";
import { compilePortableHash, maxDepth, type PortableHashCode, textStart } from "./portable-hash-code.ts";

/** PySpark's `portable_hash` of a value, kept where the code that is given reads it. */
export function portableHash(key: unknown): PortableHashCode {
  setHash(key, 0);
  return code;
}

/** The place that hashes are taken of, with room for so many bytes. */
export function hashedBytes(length: number): Uint8Array {
  reserve(length);
  return bytes;
}

let code: PortableHashCode;
let bytes: Uint8Array;

function setHash(key: unknown, level: number): void {
  switch (typeof key) {
    case "string":
      return bytesOfText(key);
    case "number":
      return compiled().float(key);
    case "bigint":
      return setBigint(key);
    case "boolean":
      return compiled().words(key ? 1 : 0, 0);
    case "undefined":
      return compiled().words(0, 0);
    default:
      if (key === null) return compiled().words(0, 0);
      if (Array.isArray(key) && level < maxDepth) return setTuple(key, level);
      if (isBytes(key)) return setBytes(key);
      return compiled().words(hashKey(key), 0);
  }
}

function compiled(): PortableHashCode {
  if (!code) {
    code = compilePortableHash();
    bytes = new Uint8Array(code.memory.buffer, textStart);
  }
  return code;
}

function setTuple(items: readonly unknown[], level: number): void {
  compiled().begin(level);
  for (const item of items) {
    setHash(item, level + 1);
    code.item(level);
  }
  code.end(level, items.length);
}

const prime = (1n << 61n) - 1n;

function setBigint(value: bigint): void {
  const rest = value < 0n ? -(-value % prime) : value % prime;
  const bits = BigInt.asUintN(64, rest === -1n ? -2n : rest);
  compiled().words(Number(bits & 0xffffffffn) | 0, Number(bits >> 32n) | 0);
}

function setBytes(value: Uint8Array): void {
  reserve(value.length);
  bytes.set(value);
  code.bytes(value.length);
}

// CPython keeps a text in one, two or four bytes a character, whatever its largest needs, and hashes these.
function bytesOfText(text: string): void {
  const { length } = text;
  reserve(length * 4);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    bytes[i] = unit;
    all |= unit;
  }
  code.bytes(all < 256 ? length : all < 0xd800 ? doubleBytes(text) : wideBytes(text));
}

function doubleBytes(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit;
    bytes[2 * i + 1] = unit >>> 8;
  }
  return text.length * 2;
}

function wideBytes(text: string): number {
  let at = 0;
  let isAstral = false;
  for (let i = 0; i < text.length; i++, at += 4) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) {
      isAstral = true;
      i++;
    }
    bytes[at] = point;
    bytes[at + 1] = point >>> 8;
    bytes[at + 2] = point >>> 16;
    bytes[at + 3] = 0;
  }
  return isAstral ? at : doubleBytes(text);
}

/** Room for some bytes and the word that is read after them. */
function reserve(length: number): void {
  compiled();
  if (length + 8 <= bytes.length) return;
  code.memory.grow(Math.ceil((length + 8 - bytes.length) / 65536));
  bytes = new Uint8Array(code.memory.buffer, textStart);
}
