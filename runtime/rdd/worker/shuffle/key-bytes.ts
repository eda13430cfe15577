// Keys as bytes that are equal when the keys are: large shuffles compare and hash these, and make values of them only
// at the end. Little endian: a tag, then of a number its 4 or 8 bytes, of an array uint32 its length and the items,
// of a text its units, of one or two bytes; inside an array uint32 how many bytes they take comes before.

const tags = {
  latin1: 1,
  utf16: 2,
  int32: 3,
  float64: 4,
  null: 5,
  undefined: 6,
  true: 7,
  false: 8,
  array: 9,
  date: 10,
} as const;

const maxDepth = 32;
const hashStart = 0x811c9dc5;
const hashFactor = 0x01000193;

/** Writes one key after the other, each over the one before. */
export class KeyBytes {
  bytes: Buffer = Buffer.allocUnsafeSlow(1 << 10);
  length = 0;
  hash = 0;
  /** Whether the key can be read back from its bytes: -0 can't, since it is the same key as 0. */
  isExact = true;

  /** Whether the key has such bytes. Objects and bigints, for example, haven't. */
  write(key: unknown): boolean {
    this.isExact = true;
    if (typeof key === "string") return this.#text(key);
    this.length = 0;
    if (!this.#item(key, 0)) return false;
    this.hash = hashBytes(this.bytes, 0, this.length);
    return true;
  }

  #text(text: string): boolean {
    const { length } = text;
    this.length = 0;
    if (length >= this.bytes.length) this.#reserve(length + 1);
    const { bytes } = this;
    let all = 0;
    let hash = Math.imul(hashStart ^ tags.latin1, hashFactor);
    bytes[0] = tags.latin1;
    for (let i = 0; i < length;) {
      const unit = text.charCodeAt(i++);
      all |= unit;
      bytes[i] = unit;
      hash = Math.imul(hash ^ unit, hashFactor);
    }
    this.length = length + 1;
    this.hash = mixed(hash);
    if (all < 256) return true;
    this.#reserve(1 + length * 2);
    this.bytes[0] = tags.utf16;
    this.length = 1 + this.bytes.write(text, 1, "utf16le");
    this.hash = hashBytes(this.bytes, 0, this.length);
    return true;
  }

  #item(value: unknown, depth: number): boolean {
    this.#reserve(this.length + 16);
    switch (typeof value) {
      case "number":
        if ((value | 0) === value) {
          if (value === 0 && Object.is(value, -0)) this.isExact = false;
          this.bytes[this.length] = tags.int32;
          this.length = this.bytes.writeInt32LE(value + 0, this.length + 1);
        } else this.#double(tags.float64, value);
        return true;
      case "string":
        this.#itemText(value);
        return true;
      case "boolean":
        this.bytes[this.length++] = value ? tags.true : tags.false;
        return true;
      case "undefined":
        this.bytes[this.length++] = tags.undefined;
        return true;
      case "object":
        if (value === null) {
          this.bytes[this.length++] = tags.null;
          return true;
        }
        return value.constructor === Array ? this.#array(value as unknown[], depth) : this.#date(value);
      default:
        return false;
    }
  }

  #double(tag: number, value: number): void {
    this.bytes[this.length] = tag;
    // NaN has many forms and is one key.
    this.length = this.bytes.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, this.length + 1);
  }

  #date(value: object): boolean {
    if (value.constructor !== Date) return false;
    this.#double(tags.date, (value as Date).getTime());
    return true;
  }

  #array(items: unknown[], depth: number): boolean {
    if (depth === maxDepth) return false;
    this.bytes[this.length] = tags.array;
    this.length = this.bytes.writeUInt32LE(items.length, this.length + 1);
    for (let i = 0; i < items.length; i++) {
      if (items[i] === undefined && !(i in items)) this.isExact = false;
      if (!this.#item(items[i], depth + 1)) return false;
    }
    return true;
  }

  #itemText(text: string): void {
    this.#reserve(this.length + 8 + text.length * 2);
    const { bytes } = this;
    const start = this.length + 5;
    let all = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      all |= unit;
      bytes[start + i] = unit;
    }
    const isLatin1 = all < 256;
    const size = isLatin1 ? text.length : bytes.write(text, start, "utf16le");
    bytes[this.length] = isLatin1 ? tags.latin1 : tags.utf16;
    bytes.writeUInt32LE(size, this.length + 1);
    this.length = start + size;
  }

  #reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The hash that {@link KeyBytes} gives, of bytes that it wrote. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = hashStart;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], hashFactor);
  return mixed(hash);
}

function mixed(value: number): number {
  const hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/**
 * The keys whose bytes lie one after the other.
 * @param ends where each ends in `bytes`
 */
export function readKeys(bytes: Buffer, start: number, ends: ArrayLike<number>, count: number): unknown[] {
  const keys: unknown[] = new Array(count);
  // One text for all is much cheaper than one for each.
  const text = count === 0 ? "" : bytes.toString("latin1", start, ends[count - 1]);
  for (let i = 0, at = start; i < count; i++) {
    const end = ends[i];
    keys[i] = bytes[at] === tags.latin1 ? text.slice(at + 1 - start, end - start) : readKey(bytes, at, end);
    at = end;
  }
  return keys;
}

function readKey(bytes: Buffer, start: number, end: number): unknown {
  if (bytes[start] === tags.utf16) return bytes.toString("utf16le", start + 1, end);
  return new KeyReader(bytes, start).item();
}

class KeyReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  item(): unknown {
    const bytes = this.#bytes;
    const tag = bytes[this.#at];
    const at = this.#at + 1;
    this.#at = at;
    switch (tag) {
      case tags.int32:
        this.#at += 4;
        return bytes.readInt32LE(at);
      case tags.float64:
        this.#at += 8;
        return bytes.readDoubleLE(at);
      case tags.date:
        this.#at += 8;
        return new Date(bytes.readDoubleLE(at));
      case tags.true:
      case tags.false:
        return tag === tags.true;
      case tags.null:
        return null;
      case tags.undefined:
        return undefined;
      case tags.array: {
        const items: unknown[] = new Array(bytes.readUInt32LE(at));
        this.#at += 4;
        for (let i = 0; i < items.length; i++) items[i] = this.item();
        return items;
      }
      default: {
        const start = at + 4;
        const end = start + bytes.readUInt32LE(at);
        this.#at = end;
        return tag === tags.latin1
          ? bytes.toString("latin1", start, end)
          : bytes.toString("utf16le", start, end);
      }
    }
  }
}
