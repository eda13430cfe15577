import { rowMaker } from "../../sql/row.ts";
import { ColumnKind } from "./column-kinds.ts";
import { decodeByV8, type JobClasses } from "./v8-records.ts";

/** Longer texts get memory of their own: what is kept of a column shouldn't keep much more than itself. */
const maxShared = 64;
const maxBlock = 16 << 20;

/** Reads columns as {@link ColumnWriter} writes them. */
export class ColumnReader {
  readonly #bytes: Buffer;
  readonly #classes: JobClasses;
  #at: number;

  constructor(bytes: Uint8Array, start: number, classes: JobClasses) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#classes = classes;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  column(length: number): unknown[] {
    const kind = this.#bytes[this.#at++];
    switch (kind) {
      case ColumnKind.nulls:
        return Array<unknown>(length).fill(null);
      case ColumnKind.undefineds:
        return Array<unknown>(length).fill(undefined);
      case ColumnKind.boolean: {
        const mask = this.#take(length);
        return listed(length, (i) => mask[i] === 1);
      }
      case ColumnKind.date: {
        const times = this.#numbers(Float64Array, length);
        return listed(length, (i) => new Date(times[i]));
      }
      case ColumnKind.latin1:
        return this.#texts(length, "latin1", 1);
      case ColumnKind.utf16:
        return this.#texts(length, "utf16le", 2);
      case ColumnKind.optional:
        return this.#optional(length);
      case ColumnKind.tuple:
        return this.#tuples(length);
      case ColumnKind.list:
        return this.#lists(length);
      case ColumnKind.row:
        return this.#rows(length);
      case ColumnKind.object:
        return this.#objects(length);
      case ColumnKind.v8:
        return decodeByV8(this.#take(this.uint32()), this.#classes) as unknown[];
      default: {
        const numbers = this.#numeric(kind, length);
        const values = new Array<unknown>(length);
        for (let i = 0; i < length; i++) values[i] = numbers[i];
        return values;
      }
    }
  }

  #take(length: number): Buffer {
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  #numeric(kind: number, length: number): ArrayLike<number> {
    switch (kind) {
      case ColumnKind.sameInt:
        return new Int32Array(length).fill(this.uint32());
      case ColumnKind.int8: {
        const bytes = this.#take(length);
        return new Int8Array(bytes.buffer, bytes.byteOffset, length);
      }
      case ColumnKind.int16:
        return this.#numbers(Int16Array, length);
      case ColumnKind.int32:
        return this.#numbers(Int32Array, length);
      case ColumnKind.float64:
        return this.#numbers(Float64Array, length);
    }
    throw new Error(`A block of records has a column of the unknown kind ${kind}.`);
  }

  // Copied, because they may stand at odd addresses.
  #numbers<T extends Int16Array | Int32Array | Float64Array>(
    type: { readonly BYTES_PER_ELEMENT: number; new (length: number): T },
    length: number,
  ): T {
    const numbers = new type(length);
    new Uint8Array(numbers.buffer).set(this.#take(length * type.BYTES_PER_ELEMENT));
    return numbers;
  }

  #lengths(length: number): ArrayLike<number> {
    return this.#numeric(this.#bytes[this.#at++], length);
  }

  #texts(length: number, encoding: "latin1" | "utf16le", width: number): string[] {
    const lengths = this.#lengths(length);
    let size = 0;
    for (let i = 0; i < length; i++) size += lengths[i];
    const bytes = this.#take(size * width);
    const texts = new Array<string>(length);
    if (size > maxShared * length || size > maxBlock) {
      for (let i = 0, at = 0; i < length; i++)
        texts[i] = bytes.toString(encoding, at, (at += lengths[i] * width));
      return texts;
    }
    const all = bytes.toString(encoding);
    for (let i = 0, at = 0; i < length; i++) texts[i] = all.substring(at, (at += lengths[i]));
    return texts;
  }

  #optional(length: number): unknown[] {
    const mask = this.#take(length);
    const present = this.column(this.uint32());
    let at = 0;
    return listed(length, (i) => (mask[i] === 0 ? present[at++] : mask[i] === 1 ? null : undefined));
  }

  #tuples(length: number): unknown[] {
    const columns = Array.from({ length: this.uint32() }, () => this.column(length));
    const [a, b, c] = columns;
    switch (columns.length) {
      case 2:
        return listed(length, (i) => [a[i], b[i]]);
      case 3:
        return listed(length, (i) => [a[i], b[i], c[i]]);
      default:
        return listed(length, (i) => columns.map((column) => column[i]));
    }
  }

  #lists(length: number): unknown[] {
    const lengths = this.#lengths(length);
    const items = this.column(this.uint32());
    let at = 0;
    return listed(length, (i) => items.slice(at, (at += lengths[i])));
  }

  #rows(length: number): unknown[] {
    const count = this.uint32();
    const names = this.column(count) as string[];
    const columns = names.map(() => this.column(length));
    const make = rowMaker(names);
    return listed(length, (i) => make(columns.map((column) => column[i])));
  }

  #objects(length: number): unknown[] {
    const count = this.uint32();
    const names = this.column(count) as string[];
    const columns = names.map(() => this.column(length));
    return objectsOf(names)(columns, length);
  }
}

function listed<T>(length: number, item: (index: number) => T): T[] {
  const items = new Array<T>(length);
  for (let i = 0; i < length; i++) items[i] = item(i);
  return items;
}

type MakeObjects = (columns: readonly unknown[][], length: number) => unknown[];
const makers = new Map<string, MakeObjects>();
const maxMakers = 500;

/** A loop that makes objects with these names; V8 makes them several times faster from a literal than name by name. */
function objectsOf(names: readonly string[]): MakeObjects {
  const key = JSON.stringify(names);
  let make = makers.get(key);
  if (!make) {
    const fields = names.map((name, i) => `${nameText(name)}: c[${i}][i]`);
    const loop = `for (let i = 0; i < length; i++) items[i] = {${fields.join()}};`;
    make = new Function(
      "c",
      "length",
      `const items = new Array(length); ${loop} return items;`,
    ) as MakeObjects;
    if (makers.size >= maxMakers) makers.clear();
    makers.set(key, make);
  }
  return make;
}

function nameText(name: string): string {
  const text = JSON.stringify(name);
  return name === "__proto__" ? `[${text}]` : text; // which in a literal is no name
}
