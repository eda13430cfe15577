// Encoding runs to its end at once, so that one scratch serves all.
let scratch = Buffer.allocUnsafeSlow(1 << 16);
const maxKept = 8 << 20;

/** Bytes written one after the other. Only one is in use at a time. */
export class ByteWriter {
  length = 0;

  /** The scratch with room for so many more bytes; write at `length`, then add to it. */
  room(byteCount: number): Buffer {
    const needed = this.length + byteCount;
    if (needed > scratch.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, scratch.length * 2));
      scratch.copy(larger, 0, 0, this.length);
      scratch = larger;
    }
    return scratch;
  }

  uint8(value: number): void {
    this.room(1)[this.length++] = value;
  }

  uint32(value: number): void {
    this.length = this.room(4).writeUInt32LE(value, this.length);
  }

  bytes(value: ArrayBufferView): void {
    this.room(value.byteLength).set(
      new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
      this.length,
    );
    this.length += value.byteLength;
  }

  finish(): Buffer {
    const result = Buffer.allocUnsafeSlow(this.length);
    scratch.copy(result, 0, 0, this.length);
    if (scratch.length > maxKept) scratch = Buffer.allocUnsafeSlow(1 << 16);
    return result;
  }
}
