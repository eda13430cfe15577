// The binary form of VARIANT: https://github.com/apache/parquet-format/blob/master/VariantEncoding.md
import { PlanError } from "../../connect/plan-error.ts";
import { Decimal } from "../decimal.ts";
import { Timestamp } from "../timestamp.ts";

/** What a variant has that isn't an object or a list, with Spark's word for it. */
export interface VariantScalar {
  readonly kind:
    | "null"
    | "boolean"
    | "integer"
    | "double"
    | "decimal"
    | "date"
    | "timestamp"
    | "timestamp_ntz"
    | "text"
    | "binary"
    | "time"
    | "uuid";
  readonly value: unknown;
}

/** Builds something from a variant, from the leaves up. */
export interface VariantVisitor<T> {
  scalar(scalar: VariantScalar): T;
  list(items: T[]): T;
  object(fields: [name: string, value: T][]): T;
}

/** @throws PlanError for bytes that are no variant */
export function readVariant<T>(value: Uint8Array, metadata: Uint8Array, visitor: VariantVisitor<T>): T {
  return new Reader(
    Buffer.from(value.buffer, value.byteOffset, value.byteLength),
    namesOf(metadata),
    visitor,
  ).at(0);
}

function malformed(): PlanError {
  return new PlanError(
    "These bytes are no VARIANT.",
    "Pass the value and the metadata as Spark writes them.",
  );
}

function unsigned(bytes: Buffer, at: number, width: number): number {
  if (at + width > bytes.length) throw malformed();
  return bytes.readUIntLE(at, width);
}

function namesOf(metadata: Uint8Array): string[] {
  const bytes = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  if (bytes.length === 0) throw malformed();
  const width = (bytes[0] >> 6) + 1;
  const count = unsigned(bytes, 1, width);
  const start = 1 + (count + 2) * width;
  if (start > bytes.length) throw malformed();
  const offset = (i: number) => start + unsigned(bytes, 1 + (i + 1) * width, width);
  return Array.from({ length: count }, (_, i) => bytes.toString("utf8", offset(i), offset(i + 1)));
}

class Reader<T> {
  readonly #bytes: Buffer;
  readonly #names: readonly string[];
  readonly #visitor: VariantVisitor<T>;

  constructor(bytes: Buffer, names: readonly string[], visitor: VariantVisitor<T>) {
    this.#bytes = bytes;
    this.#names = names;
    this.#visitor = visitor;
  }

  at(position: number): T {
    const header = unsigned(this.#bytes, position, 1);
    const info = header >> 2;
    switch (header & 3) {
      case 0:
        return this.#visitor.scalar(this.#primitive(info, position + 1));
      case 1:
        return this.#visitor.scalar({ kind: "text", value: this.#text(position + 1, info) });
      case 2:
        return this.#object(info, position + 1);
      default:
        return this.#list(info, position + 1);
    }
  }

  #object(info: number, position: number): T {
    const countWidth = info & 16 ? 4 : 1;
    const idWidth = ((info >> 2) & 3) + 1;
    const offsetWidth = (info & 3) + 1;
    const count = unsigned(this.#bytes, position, countWidth);
    const ids = position + countWidth;
    const offsets = ids + count * idWidth;
    const data = offsets + (count + 1) * offsetWidth;
    if (data > this.#bytes.length) throw malformed();
    return this.#visitor.object(
      Array.from({ length: count }, (_, i): [string, T] => {
        const name = this.#names[unsigned(this.#bytes, ids + i * idWidth, idWidth)];
        if (name === undefined) throw malformed();
        return [name, this.#child(data, offsets + i * offsetWidth, offsetWidth)];
      }),
    );
  }

  #list(info: number, position: number): T {
    const countWidth = info & 4 ? 4 : 1;
    const offsetWidth = (info & 3) + 1;
    const count = unsigned(this.#bytes, position, countWidth);
    const offsets = position + countWidth;
    const data = offsets + (count + 1) * offsetWidth;
    if (data > this.#bytes.length) throw malformed();
    return this.#visitor.list(
      Array.from({ length: count }, (_, i) => this.#child(data, offsets + i * offsetWidth, offsetWidth)),
    );
  }

  #child(data: number, offsetAt: number, offsetWidth: number): T {
    return this.at(data + unsigned(this.#bytes, offsetAt, offsetWidth));
  }

  #text(start: number, length: number): string {
    return this.#part(start, length).toString("utf8");
  }

  #part(start: number, length: number): Buffer {
    if (start + length > this.#bytes.length) throw malformed();
    return this.#bytes.subarray(start, start + length);
  }

  #primitive(info: number, at: number): VariantScalar {
    const signed = (width: number) => this.#part(at, width).readIntLE(0, width);
    const long = () => this.#part(at, 8).readBigInt64LE(0);
    const sized = () => this.#part(at + 4, unsigned(this.#bytes, at, 4));
    const decimal = (unscaled: bigint): VariantScalar => ({
      kind: "decimal",
      value: Decimal.fromUnscaled(unscaled, this.#bytes[at]),
    });
    switch (info) {
      case 0:
        return { kind: "null", value: null };
      case 1:
      case 2:
        return { kind: "boolean", value: info === 1 };
      case 3:
        return { kind: "integer", value: signed(1) };
      case 4:
        return { kind: "integer", value: signed(2) };
      case 5:
        return { kind: "integer", value: signed(4) };
      case 6: {
        const value = long();
        return { kind: "integer", value: Number.isSafeInteger(Number(value)) ? Number(value) : value };
      }
      case 7:
        return { kind: "double", value: this.#part(at, 8).readDoubleLE(0) };
      case 8:
        return decimal(BigInt(this.#part(at + 1, 4).readInt32LE(0)));
      case 9:
        return decimal(this.#part(at + 1, 8).readBigInt64LE(0));
      case 10: {
        const part = this.#part(at + 1, 16);
        return decimal((part.readBigInt64LE(8) << 64n) | part.readBigUInt64LE(0));
      }
      case 11:
        return { kind: "date", value: new Date(signed(4) * 86_400_000) };
      case 12:
        return { kind: "timestamp", value: new Timestamp(long()) };
      case 13:
        return { kind: "timestamp_ntz", value: new Timestamp(long()) };
      case 14:
        return { kind: "double", value: this.#part(at, 4).readFloatLE(0) };
      case 15:
        return { kind: "binary", value: new Uint8Array(sized()) };
      case 16:
        return { kind: "text", value: sized().toString("utf8") };
      default:
        throw malformed();
    }
  }
}
