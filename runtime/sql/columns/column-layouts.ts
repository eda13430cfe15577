// Columns that are being filled, one class for each of Arrow's layouts.
import { Bitmap, Growing } from "./growing.ts";
import { describeValue, RowError } from "./row-error.ts";

/** The Arrow layout of a column: its length, its nulls and its buffers, then its children's. */
export interface ColumnLayout {
  readonly length: number;
  readonly nullCount: number;
  readonly buffers: readonly Uint8Array[];
  readonly children: readonly ColumnLayout[];
}

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

export class FixedColumn extends Column {
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

export class BytesColumn extends Column {
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

export class BooleanColumn extends Column {
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

/** Only nulls, which take no bytes. */
export class NullColumn extends Column {
  readonly #mismatch: (value: unknown) => RowError;

  constructor(name: string, mismatch: (value: unknown) => RowError) {
    super(name, true);
    this.#mismatch = mismatch;
  }

  get byteLength(): number {
    return 0;
  }

  protected appendValue(value: unknown): void {
    throw this.#mismatch(value);
  }

  protected appendNull(): void {}

  protected content() {
    return { buffers: [], children: [] };
  }
}

export class StructColumn extends Column {
  readonly #fields: readonly (readonly [string, ColumnBuilder])[];
  readonly #check: ((value: unknown) => void) | undefined;

  /** @param check refuses what isn't a value of the type that the struct stands for */
  constructor(
    name: string,
    nullable: boolean,
    fields: readonly (readonly [string, ColumnBuilder])[],
    check?: (value: unknown) => void,
  ) {
    super(name, nullable);
    this.#fields = fields;
    this.#check = check;
  }

  get byteLength(): number {
    return this.#fields.reduce((sum, [, field]) => sum + field.byteLength, 0);
  }

  protected appendValue(value: unknown): void {
    this.#check?.(value);
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

export class ListColumn extends Column {
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
export class MapColumn extends ListColumn {
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
