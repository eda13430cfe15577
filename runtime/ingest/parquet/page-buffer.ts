/** Up to here a loop copies faster than a call into the engine. */
const LOOP_COPY_BYTES = 96;

/** The bytes of a page before compression, and the encodings that they are made of. */
export class PageBuffer {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  int32(value: number): void {
    this.#reserve(4);
    this.setInt32(this.#length, value);
    this.#length += 4;
  }

  setInt32(at: number, value: number): void {
    const bytes = this.#bytes;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  varint(value: number): void {
    while (value >= 0x80) {
      this.byte((value & 0x7f) | 0x80);
      value >>>= 7;
    }
    this.byte(value);
  }

  append(from: Uint8Array, start = 0, end: number = from.length): void {
    this.#reserve(end - start);
    if (end - start > LOOP_COPY_BYTES) {
      this.#bytes.set(from.subarray(start, end), this.#length);
      this.#length += end - start;
    } else {
      const bytes = this.#bytes;
      let at = this.#length;
      while (start < end) bytes[at++] = from[start++];
      this.#length = at;
    }
  }

  /** A length and that many bytes: a text in the PLAIN encoding. */
  text(from: Uint8Array, start: number, end: number): void {
    this.int32(end - start);
    this.append(from, start, end);
  }

  /** A run of the RLE encoding: the same value `count` times. */
  run(count: number, value: number, bitWidth: number): void {
    this.varint(count << 1);
    for (let shift = 0; shift < bitWidth; shift += 8) this.byte(value >>> shift);
  }

  /** A bit-packed run of the RLE encoding: values of at most 24 bits. */
  packed(values: Int32Array | Uint8Array, start: number, end: number, bitWidth: number): void {
    const groups = (end - start + 7) >> 3;
    this.varint((groups << 1) | 1);
    const stop = this.#length + groups * bitWidth;
    this.#pack(values, start, end, bitWidth);
    this.#reserve(stop - this.#length);
    while (this.#length < stop) this.#bytes[this.#length++] = 0;
  }

  /** Bits, the first one lowest: booleans in the PLAIN encoding. */
  bits(values: Uint8Array, start: number, end: number): void {
    this.#pack(values, start, end, 1);
  }

  #pack(values: Int32Array | Uint8Array, start: number, end: number, bitWidth: number): void {
    this.#reserve((((end - start) * bitWidth) >> 3) + 1);
    const bytes = this.#bytes;
    let at = this.#length;
    let waiting = 0;
    let bits = 0;
    for (let i = start; i < end; i++) {
      waiting |= values[i] << bits;
      bits += bitWidth;
      while (bits >= 8) {
        bytes[at++] = waiting;
        waiting >>>= 8;
        bits -= 8;
      }
    }
    if (bits > 0) bytes[at++] = waiting;
    this.#length = at;
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
