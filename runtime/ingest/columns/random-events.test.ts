// Random events, written in random ways, must come back as JSON.parse reads them.
import { expect, test } from "vitest";
import { parquetRows } from "../../../tests/support/parquet-rows.ts";
import { randomFrom } from "../../../tests/support/random.ts";
import { CutBuilder } from "./cut-builder.ts";
import { pointerTo } from "./field.ts";
import { resolveSchema, type TableSchema } from "./table-schema.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

// No backslash: once JSON.parse has seen it as a key, it takes an escape in its place for it too (V8 of Node 24.21).
const keys = ["a", "b", "A", "a_b", "", "größe", "x.y", "\u0000", '"', "\ud800", "__proto__", "source", "😀"];
const numbers = [
  "0",
  "-0",
  "7",
  "-12345678901",
  "9007199254740993",
  "1.5",
  "-2.50",
  "1e3",
  "0.1e-7",
  "1E400",
  "3.0",
];
const strings = [
  "",
  "x",
  "é€😀",
  '"\\/\b\n',
  "\u0000\u001f",
  "\ud83d",
  "\ude00\ud83d",
  "12",
  "null",
  "{}",
  "y".repeat(300),
];

/** Writes random JSON as text, so that numbers, escapes and repeated keys are as no serializer would have them. */
class Writer {
  readonly #random: (limit: number) => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random(items.length)];
  }

  #space(): string {
    return this.#random(4) === 0 ? this.#pick([" ", "\n", "\t", "\r", "  "]) : "";
  }

  #string(text: string): string {
    const units = [...text].map((character) => {
      if (this.#random(6) > 0) return JSON.stringify(character).slice(1, -1);
      return character
        .split("")
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
        .join("");
    });
    return `"${units.join("")}"`;
  }

  #value(depth: number): string {
    const kind = this.#random(depth > 3 ? 6 : 8);
    if (kind === 0) return this.#pick(["null", "true", "false"]);
    if (kind < 3) return this.#pick(numbers);
    if (kind < 5) return this.#string(this.#pick(strings));
    if (kind === 6) return this.object(depth + 1);
    const items = Array.from({ length: this.#random(4) }, () => `${this.#space()}${this.#value(depth + 1)}`);
    return `[${items.join(",")}${this.#space()}]`;
  }

  object(depth = 0): string {
    const members = Array.from({ length: this.#random(6) }, () => {
      const key = this.#string(this.#pick(keys));
      return `${this.#space()}${key}${this.#space()}:${this.#space()}${this.#value(depth)}${this.#space()}`;
    });
    return `{${members.join(",")}${this.#space()}}`;
  }
}

/** The values of an event by their pointers; arrays and empty objects stay whole. */
function* flattened(object: { [key: string]: Json }, path: string[] = []): Generator<[string, Json]> {
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    const here = [...path, key];
    const isObject = typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0;
    if (isObject) yield* flattened(value as { [key: string]: Json }, here);
    else yield [pointerTo(here), value];
  }
}

/** What a cell of a column holds, as a value that JSON.parse could have given. */
function asJson(cell: bigint | number | boolean | string, like: Json): Json {
  if (typeof cell === "bigint") return Number(cell);
  if (typeof cell !== "string" || typeof like === "string") return cell;
  return JSON.parse(cell) as Json;
}

/** What a column can hold of a value: UTF-8 has no half of a surrogate pair, and a whole number no sign at 0. */
function asHeld(value: Json): Json {
  if (value === 0) return 0;
  return typeof value === "string" ? value.toWellFormed() : value;
}

test.each([1, 2, 3, 4, 5, 6])("300 events of seed %i in three cuts", (seed) => {
  const writer = new Writer(seed);
  const builder = new CutBuilder({ partitionBy: ["date"], source: "s", timeFields: [] });
  let schema: TableSchema = { version: 0, columns: [] };
  let values = 0;
  for (let cut = 0; cut < 3; cut++) {
    const texts = Array.from({ length: 100 }, () => writer.object());
    for (const [offset, text] of texts.entries()) {
      const bytes = Buffer.from(text);
      builder.add(bytes, 0, bytes.length, { topic: "t", partition: 0, offset, timestampMs: 0 });
    }
    schema = resolveSchema(schema, builder.fields());
    const [{ bytes }] = builder.finish(schema);
    const { rows } = parquetRows(bytes);
    for (const [index, text] of texts.entries()) {
      const row = rows[index];
      const cells = new Map<string, bigint | number | boolean | string>();
      for (const { name, field } of schema.columns) {
        const cell = Object.hasOwn(row, name) ? row[name] : null;
        if (!field.startsWith("/") || cell === null) continue;
        expect(cells.has(field)).toBe(false);
        cells.set(field, cell);
      }
      const expected = new Map(flattened(JSON.parse(text)));
      expect([text, [...cells.keys()].sort()]).toEqual([text, [...expected.keys()].sort()]);
      for (const [field, value] of expected) {
        values++;
        expect([text, field, asJson(cells.get(field)!, value)]).toEqual([text, field, asHeld(value)]);
      }
    }
  }
  expect(values).toBeGreaterThan(500);
});
