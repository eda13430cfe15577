const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * Writes structs in Thrift's compact protocol, as Parquet's headers and footers are. Fields are written in rising order
 * of their ids.
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class ThriftWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  #lastId = 0;

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  bool(id: number, value: boolean): this {
    return this.#field(id, value ? TRUE : FALSE);
  }

  i32(id: number, value: number): this {
    return this.#field(id, I32).#zigzag(value);
  }

  i64(id: number, value: number): this {
    return this.#field(id, I64).#zigzag(value);
  }

  binary(id: number, value: Uint8Array | string): this {
    return this.#field(id, BINARY).#binary(value);
  }

  struct(id: number, write: (writer: this) => void): this {
    return this.#field(id, STRUCT).#struct(write);
  }

  i32List(id: number, values: readonly number[]): this {
    this.#list(id, I32, values.length);
    for (const value of values) this.#zigzag(value);
    return this;
  }

  stringList(id: number, values: readonly string[]): this {
    this.#list(id, BINARY, values.length);
    for (const value of values) this.#binary(value);
    return this;
  }

  structList<T>(id: number, values: readonly T[], write: (writer: this, value: T) => void): this {
    this.#list(id, STRUCT, values.length);
    for (const value of values) this.#struct((writer) => write(writer, value));
    return this;
  }

  /** Ends the outermost struct. */
  end(): Uint8Array {
    this.#byte(STOP);
    return this.bytes;
  }

  #struct(write: (writer: this) => void): this {
    const outer = this.#lastId;
    this.#lastId = 0;
    write(this);
    this.#byte(STOP);
    this.#lastId = outer;
    return this;
  }

  #list(id: number, type: number, length: number): void {
    this.#field(id, LIST);
    if (length < 15) this.#byte((length << 4) | type);
    else this.#byte(0xf0 | type).#varint(length);
  }

  #field(id: number, type: number): this {
    const step = id - this.#lastId;
    this.#lastId = id;
    return this.#byte((step << 4) | type);
  }

  #binary(value: Uint8Array | string): this {
    const bytes = typeof value === "string" ? Buffer.from(value) : value;
    this.#varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Of whole numbers up to 2^52. */
  #zigzag(value: number): this {
    return this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #varint(value: number): this {
    while (value >= 0x80) {
      this.#byte((value % 0x80) | 0x80);
      value = Math.floor(value / 0x80);
    }
    return this.#byte(value);
  }

  #byte(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
