import { BooleanValues, DoubleValues, LongValues, type Meter, TextValues, type Values } from "./values.ts";

/** What a value of an event can be. A number that neither a long nor a double holds counts as a string: its text. */
export type Kind = "long" | "double" | "boolean" | "string";

const kinds: readonly Kind[] = ["long", "double", "boolean", "string"];

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
  longs: LongValues | undefined;
  doubles: DoubleValues | undefined;
  booleans: BooleanValues | undefined;
  texts: TextValues | undefined;

  /** Which fields came here, and after this one, the last time: most often they come again. */
  firstChild: Field | undefined;
  nextField: Field | undefined;
  /** The key and its colon as they are in JSON without escapes and spaces; empty where they can't be. */
  readonly #written: Uint8Array;

  constructor(key: string, parent?: Field) {
    this.key = key;
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    const isPlain = JSON.stringify(key) === `"${key}"` && key.isWellFormed();
    this.#written = isPlain ? Buffer.from(`"${key}":`) : new Uint8Array();
  }

  /** @returns the place after the key and its colon if they stand there, else -1 */
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
    return (this.longs ??= new LongValues(meter));
  }

  doublesOf(meter: Meter): DoubleValues {
    return (this.doubles ??= new DoubleValues(meter));
  }

  booleansOf(meter: Meter): BooleanValues {
    return (this.booleans ??= new BooleanValues(meter));
  }

  textsOf(meter: Meter): TextValues {
    return (this.texts ??= new TextValues(meter));
  }

  valuesOf(kind: Kind): Values | undefined {
    if (kind === "long") return this.longs;
    if (kind === "double") return this.doubles;
    return kind === "boolean" ? this.booleans : this.texts;
  }

  /** The kinds of its values, in the order in which they were first seen. */
  get kinds(): Kind[] {
    const first = (kind: Kind): number => this.valuesOf(kind)!.rowAt(0);
    return kinds.filter((kind) => (this.valuesOf(kind)?.count ?? 0) > 0).sort((a, b) => first(a) - first(b));
  }

  /** Whether one of its doubles isn't a whole number that a long holds. */
  get isFractional(): boolean {
    return this.doubles?.some((value) => !Number.isSafeInteger(value)) ?? false;
  }

  /** Whether one of its longs isn't exact as a double. */
  get isInexact(): boolean {
    return this.longs?.someIsInexact() ?? false;
  }

  /** Forgets the values of `row` and later ones, here and within. */
  dropFrom(row: number): void {
    for (const kind of kinds) this.valuesOf(kind)?.dropFrom(row);
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
