/** A buffer that doubles when it is full. Little endian, as Arrow is. */
export class Growing {
  #buffer = Buffer.allocUnsafeSlow(1 << 9);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  int8(value: number): void {
    this.#reserve(1);
    this.#length = this.#buffer.writeInt8(value, this.#length);
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16LE(value, this.#length);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeInt32LE(value, this.#length);
  }

  int64(value: bigint): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeBigInt64LE(value, this.#length);
  }

  float(value: number): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeFloatLE(value, this.#length);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  text(value: string): void {
    this.#reserve(value.length * 3);
    this.#length += this.#buffer.write(value, this.#length);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  /** Zero bytes. */
  skip(count: number): void {
    this.#reserve(count);
    this.#buffer.fill(0, this.#length, this.#length + count);
    this.#length += count;
  }

  /** What was written; valid until the next write. */
  take(): Uint8Array {
    const content = this.#buffer.subarray(0, this.#length);
    this.#length = 0;
    return content;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + count));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/** Bits, the least significant first. */
export class Bitmap {
  readonly #bytes = new Growing();
  #pending = 0;
  #length = 0;
  #zeroCount = 0;

  get length(): number {
    return this.#length;
  }

  get zeroCount(): number {
    return this.#zeroCount;
  }

  push(isSet: boolean): void {
    if (isSet) this.#pending |= 1 << (this.#length & 7);
    else this.#zeroCount++;
    if ((++this.#length & 7) === 0) this.#flush();
  }

  take(): Uint8Array {
    if ((this.#length & 7) !== 0) this.#flush();
    this.#length = 0;
    this.#zeroCount = 0;
    return this.#bytes.take();
  }

  #flush(): void {
    this.#bytes.int8((this.#pending << 24) >> 24);
    this.#pending = 0;
  }
}
