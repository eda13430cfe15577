import type { Field } from "./field.ts";
import type { Meter } from "./values.ts";

interface Entry {
  readonly row: number;
  readonly within: Field;
  readonly key: string;
  /** JSON */
  readonly value: string;
}

type Tree = Map<string, string | Tree>;

/** What found no column: by row, as text of JSON. */
export class Overflow {
  #entries: Entry[] = [];
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  get count(): number {
    return this.#entries.length;
  }

  /** @param value its JSON */
  add(row: number, within: Field, key: string, value: string): void {
    this.#entries.push({ row, within, key, value });
    this.#meter.bytes += 64 + 2 * (key.length + value.length);
  }

  dropFrom(row: number): void {
    while ((this.#entries.at(-1)?.row ?? -1) >= row) this.#entries.pop();
  }

  /** Forgets what the last row has within a field, because the same key came again. */
  dropWithin(field: Field, row: number): void {
    this.#dropWhere(row, ({ within }) => within.isWithin(field));
  }

  /** Forgets what the last row has by that key of the event itself. */
  dropKey(key: string, row: number): void {
    this.#dropWhere(row, ({ within, key: known }) => !within.parent && known === key);
  }

  /** The last row's are the last ones. */
  #dropWhere(row: number, isDropped: (entry: Entry) => boolean): void {
    const first = this.#entries.findLastIndex((entry) => entry.row < row) + 1;
    for (const entry of this.#entries.splice(first)) if (!isDropped(entry)) this.#entries.push(entry);
  }

  /** One JSON object a row, with the objects that its fields were in; by row. */
  texts(): Map<number, string> {
    const rows = new Map<number, Tree>();
    for (const { row, within, key, value } of this.#entries) {
      let tree: Tree = rows.get(row) ?? new Map();
      rows.set(row, tree);
      for (const step of within.path) {
        const known = tree.get(step);
        const next: Tree = known instanceof Map ? known : new Map();
        tree.set(step, next);
        tree = next;
      }
      tree.set(key, value);
    }
    return new Map([...rows].map(([row, tree]) => [row, textOf(tree)]));
  }
}

function textOf(tree: Tree): string {
  const members = [...tree].map(
    ([key, value]) => `${JSON.stringify(key)}:${typeof value === "string" ? value : textOf(value)}`,
  );
  return `{${members.join(",")}}`;
}
