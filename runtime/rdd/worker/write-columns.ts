import { ByteWriter } from "./byte-writer.ts";
import { Row, rowNames, rowValues } from "../../sql/row.ts";
import { ColumnKind } from "./column-kinds.ts";
import { encodeByV8, type JobClasses } from "./v8-records.ts";

type Values = readonly unknown[];

// Values that hold themselves would never end; what is nested or split this much is V8's.
const maxDepth = 12;
const maxColumns = 512;
/** Columns with texts longer than this are written text by text: joining them would only take memory. */
const maxJoined = 4096;

/** Writes columns of values, each in the narrowest form that gives the same values back. */
export class ColumnWriter {
  readonly #out = new ByteWriter();
  readonly #classes: JobClasses;
  #columns = 0;

  constructor(classes: JobClasses) {
    this.#classes = classes;
  }

  head(format: number, columns: number, length: number): void {
    this.#out.uint8(format);
    this.#out.uint32(columns);
    this.#out.uint32(length);
  }

  column(values: Values): void {
    const start = this.#out.length;
    this.#columns = 0;
    if (this.#write(values, 0)) return;
    this.#out.length = start;
    this.#byV8(values);
  }

  finish(): Buffer {
    return this.#out.finish();
  }

  /** False where the values are nested too deeply, and all of them have to go V8's way. */
  #write(values: Values, depth: number): boolean {
    if (depth > maxDepth || ++this.#columns > maxColumns) return false;
    const first = values.find((value) => value !== null && value !== undefined);
    if (first === undefined) return this.#writeEmpty(values);
    const start = this.#out.length;
    const written = this.#writeAs(first, values, depth);
    if (written !== undefined) return written;
    this.#out.length = start;
    if (isMissing(values)) return this.#optional(values, depth);
    this.#byV8(values);
    return true;
  }

  /** Undefined where a value is unlike the first. */
  #writeAs(first: unknown, values: Values, depth: number): boolean | undefined {
    switch (typeof first) {
      case "number":
        return this.#numbers(values);
      case "string":
        return this.#texts(values);
      case "boolean":
        return this.#booleans(values);
      case "object":
        if (Array.isArray(first)) return this.#arrays(first, values, depth);
        switch (Object.getPrototypeOf(first)) {
          case Object.prototype:
            return this.#objects(first!, values, depth);
          case Date.prototype:
            return this.#dates(values);
        }
        if (first instanceof Row) return this.#rows(first, values, depth);
    }
    return undefined;
  }

  #writeEmpty(values: Values): boolean {
    if (hasHoles(values)) this.#byV8(values);
    else if (!values.includes(null)) this.#out.uint8(ColumnKind.undefineds);
    else if (!values.includes(undefined)) this.#out.uint8(ColumnKind.nulls);
    else return this.#optional(values, 0);
    return true;
  }

  #byV8(values: Values): void {
    const bytes = encodeByV8(values, this.#classes);
    this.#out.uint8(ColumnKind.v8);
    this.#out.uint32(bytes.length);
    this.#out.bytes(bytes);
  }

  #optional(values: Values, depth: number): boolean {
    if (hasHoles(values)) {
      this.#byV8(values);
      return true;
    }
    const mask = new Uint8Array(values.length);
    const present: unknown[] = [];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null) mask[i] = 1;
      else if (value === undefined) mask[i] = 2;
      else present.push(value);
    }
    this.#out.uint8(ColumnKind.optional);
    this.#out.bytes(mask);
    this.#out.uint32(present.length);
    return this.#write(present, depth + 1);
  }

  #numbers(values: Values): true | undefined {
    let min = 0;
    let max = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value !== "number") return undefined;
      if ((value | 0) !== value || (value === 0 && 1 / value < 0)) return this.#floats(values);
      if (value < min) min = value;
      else if (value > max) max = value;
    }
    this.#ints(values as readonly number[], min, max);
    return true;
  }

  #ints(values: ArrayLike<number>, min: number, max: number): void {
    const { length } = values;
    const first = values[0];
    if ((first === min || first === max) && isConstant(values)) {
      this.#out.uint8(ColumnKind.sameInt);
      this.#out.uint32(first >>> 0);
    } else if (min >= -128 && max <= 127) {
      this.#out.uint8(ColumnKind.int8);
      const bytes = this.#out.room(length);
      const at = this.#out.length;
      for (let i = 0; i < length; i++) bytes[at + i] = values[i];
      this.#out.length += length;
    } else {
      const isShort = min >= -32768 && max <= 32767;
      const ints = isShort ? new Int16Array(length) : new Int32Array(length);
      for (let i = 0; i < length; i++) ints[i] = values[i];
      this.#out.uint8(isShort ? ColumnKind.int16 : ColumnKind.int32);
      this.#out.bytes(ints);
    }
  }

  #floats(values: Values): true | undefined {
    const floats = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value !== "number") return undefined;
      floats[i] = value;
    }
    this.#out.uint8(ColumnKind.float64);
    this.#out.bytes(floats);
    return true;
  }

  #booleans(values: Values): true | undefined {
    const bytes = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value !== "boolean") return undefined;
      bytes[i] = value ? 1 : 0;
    }
    this.#out.uint8(ColumnKind.boolean);
    this.#out.bytes(bytes);
    return true;
  }

  #dates(values: Values): true | undefined {
    const times = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!hasPrototype(value, Date.prototype)) return undefined;
      times[i] = (value as Date).getTime();
    }
    this.#out.uint8(ColumnKind.date);
    this.#out.bytes(times);
    return true;
  }

  #texts(values: Values): true | undefined {
    const lengths = new Int32Array(values.length);
    let max = 0;
    for (let i = 0; i < values.length; i++) {
      const text = values[i];
      if (typeof text !== "string") return undefined;
      lengths[i] = text.length;
      if (text.length > max) max = text.length;
    }
    const out = this.#out;
    const texts = values as readonly string[];
    // One text is written several times faster than its many pieces.
    const whole = max > maxJoined ? undefined : texts.join("");
    const size = whole?.length ?? lengths.reduce((sum, length) => sum + length, 0);
    const isLatin1 = whole === undefined ? texts.every(fitsLatin1) : fitsLatin1(whole);
    out.uint8(isLatin1 ? ColumnKind.latin1 : ColumnKind.utf16);
    this.#ints(lengths, max, max);
    const encoding = isLatin1 ? "latin1" : "utf16le";
    const bytes = out.room(isLatin1 ? size : 2 * size);
    for (const text of whole === undefined ? texts : [whole])
      out.length += bytes.write(text, out.length, encoding);
    return true;
  }

  #arrays(first: Values, values: Values, depth: number): boolean | undefined {
    let isTuple = true;
    // Arrays may have names beside their items, as the match of a pattern has.
    if (Object.keys(first).length !== first.length) return undefined;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!Array.isArray(value) || "input" in value || Object.getPrototypeOf(value) !== Array.prototype)
        return undefined;
      if (value.length !== first.length) isTuple = false;
    }
    return isTuple
      ? this.#tuples(first.length, values as readonly Values[], depth)
      : this.#lists(values as readonly Values[], depth);
  }

  #tuples(length: number, values: readonly Values[], depth: number): boolean | undefined {
    if (length > maxColumns) return this.#lists(values, depth);
    this.#out.uint8(ColumnKind.tuple);
    this.#out.uint32(length);
    for (let place = 0; place < length; place++) {
      const items = new Array<unknown>(values.length);
      for (let i = 0; i < values.length; i++) {
        const item = values[i][place];
        if (item === undefined && !(place in values[i])) return undefined;
        items[i] = item;
      }
      if (!this.#write(items, depth + 1)) return false;
    }
    return true;
  }

  #lists(values: readonly Values[], depth: number): boolean | undefined {
    this.#out.uint8(ColumnKind.list);
    const lengths = Int32Array.from(values, (list) => list.length);
    const max = lengths.reduce((a, b) => Math.max(a, b), 0);
    this.#ints(lengths, max, max);
    const items = new Array<unknown>(lengths.reduce((sum, length) => sum + length, 0));
    this.#out.uint32(items.length);
    let at = 0;
    for (const list of values) {
      for (let place = 0; place < list.length; place++) {
        const item = list[place];
        if (item === undefined && !(place in list)) return undefined;
        items[at++] = item;
      }
    }
    return this.#write(items, depth + 1);
  }

  #rows(first: Row, values: Values, depth: number): boolean | undefined {
    const names = rowNames(first);
    if (names.length > maxColumns) return undefined;
    const columns = names.map(() => new Array<unknown>(values.length));
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!(value instanceof Row)) return undefined;
      const own = rowNames(value as unknown as Row);
      if (own !== names && (own.length !== names.length || own.some((name, at) => name !== names[at])))
        return undefined;
      const row = rowValues(value as unknown as Row);
      for (let field = 0; field < row.length; field++) columns[field][i] = row[field];
    }
    this.#out.uint8(ColumnKind.row);
    this.#out.uint32(names.length);
    this.#write(names, 0);
    return columns.every((column) => this.#write(column, depth + 1));
  }

  #objects(first: object, values: Values, depth: number): boolean | undefined {
    const names = Object.keys(first);
    if (names.length > maxColumns) return undefined;
    const columns = names.map(() => new Array<unknown>(values.length));
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!hasPrototype(value, Object.prototype)) return undefined;
      let field = 0;
      for (const name in value as Record<string, unknown>) {
        if (name !== names[field]) return undefined;
        columns[field++][i] = (value as Record<string, unknown>)[name];
      }
      if (field !== names.length) return undefined;
    }
    this.#out.uint8(ColumnKind.object);
    this.#out.uint32(names.length);
    this.#write(names, 0);
    return columns.every((column) => this.#write(column, depth + 1));
  }
}

function hasPrototype(value: unknown, prototype: object): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === prototype;
}

const beyondLatin1 = /[\u0100-\uffff]/;

function fitsLatin1(text: string): boolean {
  // The first is quicker, and says yes to ASCII alone.
  return Buffer.byteLength(text) === text.length || !beyondLatin1.test(text);
}

function isConstant(values: ArrayLike<number>): boolean {
  const first = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] !== first) return false;
  return true;
}

function isMissing(values: Values): boolean {
  return values.includes(null) || values.includes(undefined);
}

function hasHoles(values: Values): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] === undefined && !(i in values)) return true;
  return false;
}
