import { BooleanValues, DoubleValues, LongValues, type Meter, TextValues } from "./values.ts";

/** What a value of an event can be. A number that neither a long nor a double holds counts as a string: its text. */
export type Kind = "long" | "double" | "boolean" | "string";

/** One place in events, as `a` or `b` within `a`: the values found there, by kind, and the places within it. */
export class Field {
  readonly parent: Field | undefined;
  readonly key: string;
  /** How many keys lead here. */
  readonly depth: number;
  readonly children = new Map<string, Field>();
  /** Which of the table's partition columns this is, if one. */
  partition = -1;
  /** The last event that had it: a second time in the same one is a duplicate key. */
  seenIn = -1;
  /** In the order in which they were first seen. */
  readonly kinds: Kind[] = [];
  /** Whether one of its doubles isn't a whole number that a long holds. */
  isFractional = false;
  /** Whether one of its longs isn't exact as a double. */
  isInexact = false;
  longs: LongValues | undefined;
  doubles: DoubleValues | undefined;
  booleans: BooleanValues | undefined;
  texts: TextValues | undefined;

  /** Which fields came here, and after this one, the last time: most often they come again. */
  firstChild: Field | undefined;
  nextField: Field | undefined;
  /** The key as it is in JSON without escapes; empty where it can't be. */
  readonly #written: Uint8Array;

  constructor(key: string, parent?: Field) {
    this.key = key;
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    const isPlain = JSON.stringify(key) === `"${key}"` && key.isWellFormed();
    this.#written = isPlain ? Buffer.from(`"${key}"`) : new Uint8Array();
  }

  /** @returns the place after the key if it stands there, else -1 */
  matchAt(bytes: Uint8Array, at: number): number {
    const written = this.#written;
    const { length } = written;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== written[i]) return -1;
    return length === 0 ? -1 : at + length;
  }

  /** The keys that lead here. */
  get path(): string[] {
    return this.parent ? [...this.parent.path, this.key] : [];
  }

  isWithin(other: Field): boolean {
    return this === other || (this.parent?.isWithin(other) ?? false);
  }

  longsOf(meter: Meter): LongValues {
    return (this.longs ??= this.#begin("long", new LongValues(meter)));
  }

  doublesOf(meter: Meter): DoubleValues {
    return (this.doubles ??= this.#begin("double", new DoubleValues(meter)));
  }

  booleansOf(meter: Meter): BooleanValues {
    return (this.booleans ??= this.#begin("boolean", new BooleanValues(meter)));
  }

  textsOf(meter: Meter): TextValues {
    return (this.texts ??= this.#begin("string", new TextValues(meter)));
  }

  #begin<V>(kind: Kind, values: V): V {
    this.kinds.push(kind);
    return values;
  }

  get hasValues(): boolean {
    return [this.longs, this.doubles, this.booleans, this.texts].some((values) => values && values.count > 0);
  }

  /** Forgets the values of `row` and later ones, here and within. */
  dropFrom(row: number): void {
    this.longs?.dropFrom(row);
    this.doubles?.dropFrom(row);
    this.booleans?.dropFrom(row);
    this.texts?.dropFrom(row);
    for (const child of this.children.values()) child.dropFrom(row);
  }
}

/** A field's name as an address: RFC 6901, `/a/b`. It tells `b` within `a` from `a_b`. */
export function pointerTo(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The keys that a pointer names. */
export function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
