import { parseTime } from "../feeds/parse-time.ts";
import type { Field } from "./field.ts";
import type { FieldTree } from "./field-tree.ts";
import { isoTimeUs } from "./iso-time.ts";

/** Numbers up to here are seconds, and a double has their microseconds too. */
const MAX_SECONDS = 9_223_372_036;

/** Finds the time in an event's own fields. */
export class EventTime {
  /** In order of preference; `a.b` is a key of that name, or `b` within `a`. */
  readonly #names: readonly string[];
  #fields: Field[] = [];
  #fieldCount = -1;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /**
   * @param event the number of the event, as the fields know it, and its row
   * @returns microseconds since 1970, or undefined where no field has a time
   */
  of(
    tree: FieldTree,
    event: number,
    row: number,
    partitionTexts: readonly (string | undefined)[],
  ): number | undefined {
    if (tree.fields.length !== this.#fieldCount) this.#find(tree);
    for (const field of this.#fields) {
      if (field.seenIn !== event) continue;
      const time = field.partition < 0 ? timeIn(field, row) : timeOf(partitionTexts[field.partition] ?? "");
      if (time !== undefined) return time;
    }
    return undefined;
  }

  #find(tree: FieldTree): void {
    this.#fieldCount = tree.fields.length;
    this.#fields = this.#names.flatMap((name) => {
      const within = name.split(".").reduce<Field | undefined>((at, key) => at?.children.get(key), tree.root);
      return [...new Set([tree.root.children.get(name), within])].filter((field) => field !== undefined);
    });
  }
}

function timeIn({ texts, longs, doubles }: Field, row: number): number | undefined {
  if (texts?.lastRow === row) {
    const index = texts.count - 1;
    return isoTimeUs(texts.bytes, texts.starts[index], texts.starts[index + 1]) ?? timeOf(texts.at(index));
  }
  if (longs?.lastRow === row) return timeOf(Number(longs.at(longs.count - 1)));
  if (doubles?.lastRow === row) return timeOf(doubles.doubles[doubles.count - 1]);
  return undefined;
}

function timeOf(value: string | number): number | undefined {
  const ms = parseTime(value);
  if (ms === undefined) return undefined;
  return typeof value === "number" && value <= MAX_SECONDS ? Math.round(value * 1e6) : ms * 1000;
}
