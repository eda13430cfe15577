import { utf8Text } from "./byte-text.ts";
import type { Field } from "./field.ts";
import { FieldTree } from "./field-tree.ts";
import { JsonError } from "./json-error.ts";
import { DOUBLE, JsonScanner, LONG } from "./json-scanner.ts";
import { Overflow } from "./overflow.ts";
import { fitsFolder } from "./partition-groups.ts";
import { Meter } from "./values.ts";

/** Objects this deep and deeper are kept as text of JSON. */
const MAX_FLATTENED_DEPTH = 16;
const MAX_DUPLICATES = 1000;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Reads events straight into the values of their fields: each byte is looked at once, and no object is made. */
export class EventReader {
  readonly meter = new Meter();
  readonly tree: FieldTree;
  readonly overflow = new Overflow(this.meter);
  /** The last event's values of partition columns, as text. */
  readonly partitionTexts: (string | undefined)[];
  rowCount = 0;
  /** Which event was read last; not its row, because an event may be taken back. */
  event = 0;
  #duplicates = 0;
  readonly #scanner = new JsonScanner();

  constructor(maxColumns: number, partitionBy: readonly string[]) {
    this.tree = new FieldTree(maxColumns, partitionBy);
    this.partitionTexts = partitionBy.map(() => undefined);
  }

  /**
   * Reads one object, or an array of objects, each to be a row.
   * @param onRow called after each object, before `rowCount` counts it
   * @throws JsonError and keeps nothing of the text
   */
  read(bytes: Uint8Array, start: number, end: number, onRow: () => void): void {
    const { rowCount } = this;
    const fieldCount = this.tree.fields.length;
    try {
      const scanner = this.#scanner;
      let at = scanner.open(bytes, start, end);
      at = bytes[at] === OPEN_BRACKET ? this.#rows(at, onRow) : this.#row(at, 0, onRow);
      scanner.finish(at);
    } catch (error) {
      this.overflow.dropFrom(rowCount);
      this.tree.rollBack(rowCount, fieldCount);
      this.rowCount = rowCount;
      throw error;
    }
  }

  #rows(at: number, onRow: () => void): number {
    const scanner = this.#scanner;
    const { bytes } = scanner;
    at = scanner.space(at + 1);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      at = scanner.space(this.#row(at, 1, onRow));
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) throw scanner.unexpected(at);
      at = scanner.space(at + 1);
    }
  }

  #row(at: number, depth: number, onRow: () => void): number {
    const scanner = this.#scanner;
    const from = at;
    this.event++;
    this.#duplicates = 0;
    this.partitionTexts.fill(undefined);
    if (scanner.bytes[at] !== OPEN_BRACE || at >= scanner.end) {
      scanner.value(at, depth);
      throw new JsonError("An event must be a JSON object; this is another value", from - scanner.start);
    }
    at = scanner.space(at + 1);
    at = scanner.bytes[at] === CLOSE_BRACE ? at + 1 : this.#members(this.tree.root, at, depth + 1);
    onRow();
    this.rowCount++;
    return at;
  }

  /** From the first key to after the closing brace. */
  #members(parent: Field, at: number, depth: number): number {
    const scanner = this.#scanner;
    const { bytes } = scanner;
    let previous: Field | undefined;
    for (;;) {
      let field = previous === undefined ? parent.firstChild : previous.nextField;
      const after = field === undefined ? -1 : field.matchAt(bytes, at);
      let key = "";
      if (after > 0) {
        at = bytes[after] <= SPACE ? scanner.space(after) : after;
      } else {
        at = scanner.string(at);
        key = this.#textOfString();
        field = this.tree.child(parent, key);
        if (field) {
          if (previous === undefined) parent.firstChild = field;
          else previous.nextField = field;
        }
        at = scanner.colon(at);
      }
      if (field === undefined) {
        const from = at;
        at = scanner.value(at, depth);
        this.overflow.add(this.rowCount, parent, key, utf8Text(bytes, from, at));
      } else {
        if (field.seenIn === this.event) this.#forget(field);
        field.seenIn = this.event;
        at = this.#value(field, at, depth);
        previous = field;
      }
      if (bytes[at] <= SPACE) at = scanner.space(at);
      const next = bytes[at];
      if (next === CLOSE_BRACE) return at + 1;
      if (next !== COMMA) throw scanner.unexpected(at);
      if (bytes[++at] <= SPACE) at = scanner.space(at);
    }
  }

  #value(field: Field, at: number, depth: number): number {
    const scanner = this.#scanner;
    const { bytes } = scanner;
    const row = this.rowCount;
    const byte = bytes[at];
    if (field.partition >= 0) return this.#partitionValue(field, at, depth);
    if (byte === QUOTE) {
      at = scanner.string(at);
      const texts = field.textsOf(this.meter);
      if (scanner.hasEscape) texts.addEscaped(row, bytes, scanner.textStart, scanner.textEnd);
      else texts.add(row, bytes, scanner.textStart, scanner.textEnd);
      return at;
    }
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const from = at;
      at = scanner.number(at);
      if (scanner.kind === LONG) {
        field.longsOf(this.meter).add(row, scanner.low, scanner.high);
      } else if (scanner.kind === DOUBLE) {
        field.doublesOf(this.meter).add(row, scanner.double);
      } else {
        field.textsOf(this.meter).add(row, bytes, from, at);
      }
      return at;
    }
    if (byte === OPEN_BRACE && field.depth < MAX_FLATTENED_DEPTH) {
      const first = scanner.space(at + 1);
      if (bytes[first] !== CLOSE_BRACE) return this.#members(field, first, depth + 1);
      field.textsOf(this.meter).addText(row, "{}");
      return first + 1;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      const end = scanner.value(at, depth);
      field.textsOf(this.meter).add(row, bytes, at, end);
      return end;
    }
    const end = scanner.word(at);
    if (byte !== 0x6e) field.booleansOf(this.meter).add(row, byte === 0x74);
    return end;
  }

  #partitionValue(field: Field, at: number, depth: number): number {
    const scanner = this.#scanner;
    const end = scanner.value(at, depth);
    let text: string | undefined;
    if (scanner.bytes[at] === QUOTE) text = this.#textOfString();
    else if (scanner.bytes[at] !== 0x6e) text = utf8Text(scanner.bytes, at, end);
    text = text?.toWellFormed();
    if (text !== undefined && !fitsFolder(text)) {
      this.overflow.add(this.rowCount, this.tree.root, field.key, utf8Text(scanner.bytes, at, end));
      text = undefined;
    }
    this.partitionTexts[field.partition] = text;
    return end;
  }

  /** The string that the scanner passed last. */
  #textOfString(): string {
    const { bytes, textStart, textEnd, hasEscape } = this.#scanner;
    if (!hasEscape) return utf8Text(bytes, textStart, textEnd);
    return JSON.parse(utf8Text(bytes, textStart - 1, textEnd + 1));
  }

  /** Of a key that comes twice in an object the last value counts, as with JSON.parse. */
  #forget(field: Field): void {
    // Each time costs a walk over what the field holds, which nobody may have us do a million times.
    if (++this.#duplicates > MAX_DUPLICATES) {
      throw new JsonError(`An event repeats its keys more than ${MAX_DUPLICATES} times`, 0);
    }
    field.dropFrom(this.rowCount);
    this.overflow.dropWithin(field, this.rowCount);
    if (field.partition < 0) return;
    this.partitionTexts[field.partition] = undefined;
    this.overflow.dropKey(field.key, this.rowCount);
  }
}
