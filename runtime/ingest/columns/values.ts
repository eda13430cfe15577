// The values of one field that have one kind: the row of each, and the value, in arrays that grow.
import { utf8Text } from "./byte-text.ts";
import { unescape } from "./unescape.ts";

const FIRST_CAPACITY = 16;
/** Up to here a loop copies faster than a call into the engine. */
const LOOP_COPY_BYTES = 96;

/** Offsets are of 32 bits. */
const MAX_TEXT_BYTES = 2 ** 31 - 1;

/** Counts what arrays take, so that nobody has to go through all of them to know. */
export class Meter {
  bytes = 0;
}

/** What all kinds share. */
export abstract class Values {
  count = 0;
  /** The row of each value, rising; undefined as long as each row up to the last one has a value. */
  rows: Int32Array | undefined;
  protected readonly meter: Meter;

  constructor(meter: Meter) {
    this.meter = meter;
    meter.bytes += FIRST_CAPACITY * 20;
  }

  protected abstract get capacity(): number;
  protected abstract growTo(capacity: number): void;

  protected grow<A extends Int32Array | Float64Array | Uint8Array>(array: A, length: number): A {
    const larger = new (array.constructor as new (length: number) => A)(length);
    larger.set(array as never);
    this.meter.bytes += larger.byteLength - array.byteLength;
    return larger;
  }

  /** Makes room for one more, which belongs to `row`, and says where it goes. */
  protected place(row: number): number {
    const at = this.count++;
    if (at === this.capacity) {
      this.growTo(2 * at);
      if (this.rows) this.rows = this.grow(this.rows, 2 * at);
    }
    if (this.rows) this.rows[at] = row;
    else if (row !== at) this.#beginRows(at, row);
    return at;
  }

  #beginRows(at: number, row: number): void {
    this.rows = new Int32Array(this.capacity);
    this.meter.bytes += this.rows.byteLength;
    for (let i = 0; i < at; i++) this.rows[i] = i;
    this.rows[at] = row;
  }

  rowAt(index: number): number {
    return this.rows ? this.rows[index] : index;
  }

  get lastRow(): number {
    return this.count === 0 ? -1 : this.rowAt(this.count - 1);
  }

  /** Forgets what belongs to `row` and those after it. */
  dropFrom(row: number): void {
    while (this.count > 0 && this.lastRow >= row) this.count--;
  }
}

/** 64-bit integers, as two's complement in two halves: the low one first, as in memory. */
export class LongValues extends Values {
  halves = new Int32Array(2 * FIRST_CAPACITY);

  add(row: number, low: number, high: number): void {
    const at = this.place(row);
    this.halves[2 * at] = low;
    this.halves[2 * at + 1] = high;
  }

  /** @param value whole, of at most 2^53 */
  addNumber(row: number, value: number): void {
    this.add(row, value | 0, Math.floor(value / 2 ** 32));
  }

  at(index: number): bigint {
    return (BigInt(this.halves[2 * index + 1]) << 32n) | BigInt(this.halves[2 * index] >>> 0);
  }

  /** Whether a double can't hold one of them as it is. */
  someIsInexact(): boolean {
    for (let index = 0; index < this.count; index++) {
      const high = this.halves[2 * index + 1];
      if (high >= -(2 ** 21) && high < 2 ** 21) continue;
      if (BigInt(Number(this.at(index))) !== this.at(index)) return true;
    }
    return false;
  }

  protected override get capacity(): number {
    return this.halves.length >> 1;
  }

  protected override growTo(capacity: number): void {
    this.halves = this.grow(this.halves, 2 * capacity);
  }
}

export class DoubleValues extends Values {
  doubles = new Float64Array(FIRST_CAPACITY);

  add(row: number, value: number): void {
    const at = this.place(row);
    this.doubles[at] = value;
  }

  some(isSo: (value: number) => boolean): boolean {
    for (let index = 0; index < this.count; index++) if (isSo(this.doubles[index])) return true;
    return false;
  }

  protected override get capacity(): number {
    return this.doubles.length;
  }

  protected override growTo(capacity: number): void {
    this.doubles = this.grow(this.doubles, capacity);
  }
}

export class BooleanValues extends Values {
  bits = new Uint8Array(FIRST_CAPACITY);

  add(row: number, value: boolean): void {
    const at = this.place(row);
    this.bits[at] = value ? 1 : 0;
  }

  protected override get capacity(): number {
    return this.bits.length;
  }

  protected override growTo(capacity: number): void {
    this.bits = this.grow(this.bits, capacity);
  }
}

/** Texts in UTF-8, one after the other. */
export class TextValues extends Values {
  /** Where the text of each index begins; the next one's beginning is its end. */
  starts = new Int32Array(FIRST_CAPACITY + 1);
  bytes = new Uint8Array(8 * FIRST_CAPACITY);

  /** Adds bytes that are UTF-8 already. */
  add(row: number, from: Uint8Array, start: number, end: number): void {
    const index = this.place(row);
    let at = this.#room(index, end - start);
    const into = this.bytes;
    if (end - start > LOOP_COPY_BYTES) {
      into.set(from.subarray(start, end), at);
      at += end - start;
    } else {
      while (start < end) into[at++] = from[start++];
    }
    this.starts[index + 1] = at;
  }

  /** Adds a JSON string, given without its quotes. */
  addEscaped(row: number, from: Uint8Array, start: number, end: number): void {
    const index = this.place(row);
    const at = this.#room(index, end - start);
    this.starts[index + 1] = unescape(from, start, end, this.bytes, at);
  }

  addText(row: number, text: string): void {
    const bytes = Buffer.from(text);
    this.add(row, bytes, 0, bytes.length);
  }

  at(index: number): string {
    return utf8Text(this.bytes, this.starts[index], this.starts[index + 1]);
  }

  #room(index: number, length: number): number {
    const at = this.starts[index];
    if (at + length > this.bytes.length) {
      if (at + length > MAX_TEXT_BYTES) {
        throw new RangeError("One column of a cut has 2 GiB of text.\nCut earlier: watch byteCount.");
      }
      this.bytes = this.grow(this.bytes, Math.max(2 * this.bytes.length, at + length));
    }
    return at;
  }

  protected override get capacity(): number {
    return this.starts.length - 1;
  }

  protected override growTo(capacity: number): void {
    this.starts = this.grow(this.starts, capacity + 1);
  }
}
