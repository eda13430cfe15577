// Values into the buffers of Arrow's columnar format: https://arrow.apache.org/docs/format/Columnar.html
import type { TypeJson } from "../stage.ts";
import type { ColumnLayout } from "./batch-output.ts";
import { Bitmap, Growing } from "./growing.ts";
import { describeValue, RowError } from "./row-error.ts";
import { dayOf, decimalOf, doubleOf, integerOf, longOf, microsOf } from "./scalar-values.ts";

/** Collects one column's values; null and undefined are null. */
export interface ColumnBuilder {
  append(value: unknown): void;
  /** Takes the place of a value inside a null struct, whatever the schema says. */
  appendHidden(): void;
  /** About how much it holds. */
  readonly byteLength: number;
  /** The column so far; the builder starts anew. */
  finish(): ColumnLayout;
}

/**
 * @param type a type as Spark writes it in JSON
 * @param name for messages: the column, with the path inside it
 */
export function columnBuilder(type: TypeJson, nullable: boolean, name: string): ColumnBuilder {
  if (typeof type !== "string") return nestedBuilder(type, nullable, name);
  const mismatch = (value: unknown) =>
    new RowError(`has ${describeValue(value)} in column \`${name}\`, a ${type}`);
  const decimal = /^decimal\((\d+),(-?\d+)\)$/.exec(type);
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
    return new FixedColumn(name, nullable, 16, (value, into) => {
      const unscaled = decimalOf(value, precision, scale) ?? fail(mismatch(value));
      into.int64(BigInt.asIntN(64, unscaled));
      into.int64(unscaled >> 64n);
    });
  }
  const fixed = <T>(
    bytes: number,
    read: (value: unknown) => T | undefined,
    write: (into: Growing, value: T) => void,
  ) =>
    new FixedColumn(name, nullable, bytes, (value, into) =>
      write(into, read(value) ?? fail(mismatch(value))),
    );
  switch (type) {
    case "string":
      return new BytesColumn(name, nullable, (value, into) => {
        if (typeof value !== "string") throw mismatch(value);
        into.text(value);
      });
    case "binary":
      return new BytesColumn(name, nullable, (value, into) => {
        if (!(value instanceof Uint8Array)) throw mismatch(value);
        into.bytes(value);
      });
    case "boolean":
      return new BooleanColumn(name, nullable, mismatch);
    case "byte":
      return fixed(
        1,
        (value) => integerOf(value, 8),
        (into, value) => into.int8(value),
      );
    case "short":
      return fixed(
        2,
        (value) => integerOf(value, 16),
        (into, value) => into.int16(value),
      );
    case "integer":
      return fixed(
        4,
        (value) => integerOf(value, 32),
        (into, value) => into.int32(value),
      );
    case "long":
      return fixed(8, longOf, (into, value) => into.int64(value));
    case "float":
      return fixed(4, doubleOf, (into, value) => into.float(value));
    case "double":
      return fixed(8, doubleOf, (into, value) => into.double(value));
    case "date":
      return fixed(4, dayOf, (into, value) => into.int32(value));
    case "timestamp":
    case "timestamp_ntz":
      return fixed(8, microsOf, (into, value) => into.int64(value));
    default:
      throw new Error(`Column \`${name}\` has type ${type}, which an RDD can't become.`);
  }
}

function fail(error: Error): never {
  throw error;
}

function nestedBuilder(type: Exclude<TypeJson, string>, nullable: boolean, name: string): ColumnBuilder {
  switch (type.type) {
    case "struct":
      return new StructColumn(
        name,
        nullable,
        type.fields.map((field) => [
          field.name,
          columnBuilder(field.type, field.nullable, `${name}.${field.name}`),
        ]),
      );
    case "array":
      return new ListColumn(name, nullable, columnBuilder(type.elementType, type.containsNull, `${name}[]`));
    case "map": {
      const key = columnBuilder(type.keyType, false, `${name}.key`);
      const value = columnBuilder(type.valueType, type.valueContainsNull, `${name}.value`);
      return new MapColumn(
        name,
        nullable,
        new StructColumn(name, false, [
          ["key", key],
          ["value", value],
        ]),
      );
    }
  }
}

abstract class Column implements ColumnBuilder {
  readonly #name: string;
  readonly #nullable: boolean;
  readonly #validity = new Bitmap();

  constructor(name: string, nullable: boolean) {
    this.#name = name;
    this.#nullable = nullable;
  }

  append(value: unknown): void {
    const isNull = value === null || value === undefined;
    if (isNull && !this.#nullable) {
      throw new RowError(`has ${value} in column \`${this.#name}\`, which the schema says is never null`);
    }
    if (isNull) this.appendNull();
    else this.appendValue(value);
    this.#validity.push(!isNull);
  }

  appendHidden(): void {
    this.appendNull();
    this.#validity.push(false);
  }

  finish(): ColumnLayout {
    const { length, zeroCount } = this.#validity;
    const bits = this.#validity.take();
    return { length, nullCount: zeroCount, ...this.content(zeroCount === 0 ? new Uint8Array() : bits) };
  }

  protected mismatch(value: unknown, expected: string): RowError {
    return new RowError(`has ${describeValue(value)} in column \`${this.#name}\`, ${expected}`);
  }

  abstract readonly byteLength: number;
  protected abstract appendValue(value: unknown): void;
  protected abstract appendNull(): void;
  protected abstract content(validity: Uint8Array): Pick<ColumnLayout, "buffers" | "children">;
}

type Write = (value: unknown, into: Growing) => void;

class FixedColumn extends Column {
  readonly #write: Write;
  readonly #width: number;
  readonly #data = new Growing();

  constructor(name: string, nullable: boolean, width: number, write: Write) {
    super(name, nullable);
    this.#width = width;
    this.#write = write;
  }

  get byteLength(): number {
    return this.#data.length;
  }

  protected appendValue(value: unknown): void {
    this.#write(value, this.#data);
  }

  protected appendNull(): void {
    this.#data.skip(this.#width);
  }

  protected content(validity: Uint8Array) {
    return { buffers: [validity, this.#data.take()], children: [] };
  }
}

class BytesColumn extends Column {
  readonly #write: Write;
  readonly #offsets = new Offsets();
  readonly #data = new Growing();

  constructor(name: string, nullable: boolean, write: Write) {
    super(name, nullable);
    this.#write = write;
  }

  get byteLength(): number {
    return this.#data.length;
  }

  protected appendValue(value: unknown): void {
    this.#write(value, this.#data);
    this.#offsets.push(this.#data.length);
  }

  protected appendNull(): void {
    this.#offsets.push(this.#data.length);
  }

  protected content(validity: Uint8Array) {
    return { buffers: [validity, this.#offsets.take(), this.#data.take()], children: [] };
  }
}

class BooleanColumn extends Column {
  readonly #bits = new Bitmap();
  readonly #mismatch: (value: unknown) => RowError;

  constructor(name: string, nullable: boolean, mismatch: (value: unknown) => RowError) {
    super(name, nullable);
    this.#mismatch = mismatch;
  }

  get byteLength(): number {
    return this.#bits.length >> 3;
  }

  protected appendValue(value: unknown): void {
    if (typeof value !== "boolean") throw this.#mismatch(value);
    this.#bits.push(value);
  }

  protected appendNull(): void {
    this.#bits.push(false);
  }

  protected content(validity: Uint8Array) {
    return { buffers: [validity, this.#bits.take()], children: [] };
  }
}

class StructColumn extends Column {
  readonly #fields: readonly (readonly [string, ColumnBuilder])[];

  constructor(name: string, nullable: boolean, fields: readonly (readonly [string, ColumnBuilder])[]) {
    super(name, nullable);
    this.#fields = fields;
  }

  get byteLength(): number {
    return this.#fields.reduce((sum, [, field]) => sum + field.byteLength, 0);
  }

  protected appendValue(value: unknown): void {
    if (typeof value !== "object" || (Array.isArray(value) && value.length !== this.#fields.length)) {
      throw this.mismatch(value, `a struct of ${this.#fields.length} fields`);
    }
    const record = value as Record<string, unknown>;
    const isList = Array.isArray(value);
    this.#fields.forEach(([name, field], index) => field.append(isList ? value[index] : record[name]));
  }

  // A null struct has nulls below it, also where the schema has none: nobody reads them.
  protected appendNull(): void {
    for (const [, field] of this.#fields) field.appendHidden();
  }

  protected content(validity: Uint8Array) {
    return { buffers: [validity], children: this.#fields.map(([, field]) => field.finish()) };
  }
}

class ListColumn extends Column {
  readonly #offsets = new Offsets();
  readonly #items: ColumnBuilder;
  #count = 0;

  constructor(name: string, nullable: boolean, items: ColumnBuilder) {
    super(name, nullable);
    this.#items = items;
  }

  get byteLength(): number {
    return this.#items.byteLength + 4 * this.#count;
  }

  protected appendValue(value: unknown): void {
    for (const item of this.itemsOf(value)) {
      this.#items.append(item);
      this.#count++;
    }
    this.#offsets.push(this.#count);
  }

  protected itemsOf(value: unknown): Iterable<unknown> {
    if (
      Array.isArray(value) ||
      value instanceof Set ||
      (ArrayBuffer.isView(value) && !(value instanceof DataView))
    ) {
      return value as Iterable<unknown>;
    }
    throw this.mismatch(value, "an array");
  }

  protected appendNull(): void {
    this.#offsets.push(this.#count);
  }

  protected content(validity: Uint8Array) {
    this.#count = 0;
    return { buffers: [validity, this.#offsets.take()], children: [this.#items.finish()] };
  }
}

/** A map is a list of (key, value) structs. */
class MapColumn extends ListColumn {
  protected override itemsOf(value: unknown): Iterable<unknown> {
    if (value instanceof Map) return value.entries();
    if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value as object);
    throw this.mismatch(value, "a map: pass a Map or an object");
  }
}

class Offsets {
  readonly #data = new Growing();

  push(offset: number): void {
    if (this.#data.length === 0) this.#data.int32(0);
    this.#data.int32(offset);
  }

  take(): Uint8Array {
    if (this.#data.length === 0) this.#data.int32(0);
    return this.#data.take();
  }
}
