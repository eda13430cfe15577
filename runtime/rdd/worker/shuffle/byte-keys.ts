import { hashBytes, readKeys } from "./key-bytes.ts";
import type { KeyColumn, Pairs } from "./pair-segment.ts";
import type { KeyPlaces } from "./value-keys.ts";

/**
 * The distinct keys of a bucket as bytes, each with its place: 0 for the first that came. Open addressing, outside the
 * heap; no string is made before the keys are read (findings, spikes/rdd).
 */
export class ByteKeys implements KeyPlaces {
  #slots = new Int32Array(1 << 12);
  #hashes = new Int32Array(1 << 11);
  /** Where each key ends in `#bytes`; it starts where the one before it ends. */
  #ends = new Int32Array(1 << 11);
  #bytes: Buffer = Buffer.allocUnsafeSlow(1 << 15);
  #used = 0;
  count = 0;

  /** About how much memory it takes. */
  get size(): number {
    return this.#bytes.length + 4 * (this.#slots.length + 2 * this.#hashes.length);
  }

  /** The place of each key; new ones get the next. */
  places(column: Pairs["keys"], places: Int32Array): void {
    if (!("bytes" in column)) throw new Error("These keys aren't bytes.");
    const { bytes, ends } = column;
    let start = column.start;
    for (let i = 0; i < column.count; i++) {
      const end = ends[i];
      places[i] = this.place(bytes, start, end, hashBytes(bytes, start, end));
      start = end;
    }
  }

  place(bytes: Buffer, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const place = slots[slot] - 1;
      if (place < 0) break;
      if (hashes[place] === hash && this.#isAt(place, bytes, start, end)) return place;
      slot = (slot + 1) & mask;
    }
    const place = this.count++;
    slots[slot] = place + 1;
    this.#append(place, bytes, start, end, hash);
    return place;
  }

  #isAt(place: number, bytes: Buffer, start: number, end: number): boolean {
    const own = this.#bytes;
    let at = place === 0 ? 0 : this.#ends[place - 1];
    if (this.#ends[place] - at !== end - start) return false;
    for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false;
    return true;
  }

  #append(place: number, bytes: Buffer, start: number, end: number, hash: number): void {
    const length = end - start;
    if (this.#used + length > this.#bytes.length) this.#growBytes(this.#used + length);
    if (place === this.#hashes.length) {
      this.#hashes = doubled(this.#hashes);
      this.#ends = doubled(this.#ends);
    }
    const own = this.#bytes;
    let used = this.#used;
    for (let i = start; i < end; i++) own[used++] = bytes[i];
    this.#used = used;
    this.#ends[place] = used;
    this.#hashes[place] = hash;
    if (this.count * 2 > this.#slots.length) this.#growSlots();
  }

  #growBytes(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let place = 0; place < this.count; place++) {
      let slot = this.#hashes[place] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    this.#slots = slots;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#used = 0;
    this.count = 0;
  }

  /** The keys of some places. */
  read(from: number, to: number): unknown[] {
    const start = from === 0 ? 0 : this.#ends[from - 1];
    return readKeys(this.#bytes, start, this.#ends.subarray(from, to), to - from);
  }

  /** The same keys as a column. */
  column(): KeyColumn {
    return { bytes: this.#bytes, start: 0, ends: this.#ends, count: this.count };
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
