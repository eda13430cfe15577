import { appendFileSync } from "node:fs";
import { deserialize } from "node:v8";
import type { Adding } from "../accumulator-param.ts";
import type { ClosureBundle } from "../closures/bundle.ts";
import { accumulatorPrimitive } from "./accumulator-primitive.ts";
import type { ReviveValue } from "./broadcast-value.ts";
import { encodeRecords, type JobClasses } from "./records.ts";

export interface AccumulatorCopyOptions {
  readonly id: number;
  /** Of the client's captures, the one that brought it. */
  readonly capture: number;
  /** Asked for when a term is added: it may not be made yet. */
  readonly param: () => Adding<unknown>;
  /** Makes the value that a partition begins with. */
  readonly zero: () => unknown;
  /** The classes of the job. */
  readonly classes: JobClasses;
  /** Where to write what was added, where no rows can take it; "" for nowhere. */
  readonly file: string;
}

/** An accumulator on an executor: it takes terms, and tells its value to nobody. */
export class AccumulatorCopy {
  readonly #options: AccumulatorCopyOptions;
  #sum: [unknown] | undefined;

  constructor(options: AccumulatorCopyOptions) {
    this.#options = options;
  }

  get value(): never {
    throw new Error(
      "The value of an accumulator was read in a function on an executor, which only adds to it. " +
        "Read it after the action, where it was made.",
    );
  }

  set value(_value: unknown) {
    throw new Error(
      "The value of an accumulator was set in a function on an executor, which only adds to it. Use add(term).",
    );
  }

  add(term: unknown): void {
    const { param, zero } = this.#options;
    if (!this.#sum) {
      this.#sum = [zero()];
      accumulatorUpdates.note(this);
    }
    this.#sum[0] = param().addInPlace(this.#sum[0], term);
  }

  /** What was added since this was asked for before. For {@link AccumulatorUpdates}. */
  taken(): { readonly sum: unknown; readonly options: AccumulatorCopyOptions } {
    const sum = this.#sum?.[0];
    this.#sum = undefined;
    return { sum, options: this.#options };
  }

  toString(): string {
    return "an accumulator on an executor";
  }

  [Symbol.toPrimitive](hint: string): string {
    return accumulatorPrimitive(this, hint);
  }
}

/** What the accumulators of this process were given since somebody took it: at the end of a partition, or of a call. */
class AccumulatorUpdates {
  readonly #added = new Set<AccumulatorCopy>();

  note(copy: AccumulatorCopy): void {
    this.#added.add(copy);
  }

  /** For `applyAccumulatorUpdates`: uint32 number of the capture, then [id, sum] pairs as records. Undefined when there is nothing. */
  take(): Buffer | undefined {
    return this.#taken()?.bytes;
  }

  /** Writes it to the client's file, as a line, where functions over columns count: their rows are the user's alone. */
  write(): void {
    const taken = this.#taken();
    if (taken && taken.file !== "")
      appendFileSync(taken.file, `${taken.bytes.toString("base64")}\n`, { mode: 0o600 });
  }

  /** Forgets it: the task has failed. */
  drop(): void {
    for (const copy of this.#added) copy.taken();
    this.#added.clear();
  }

  #taken(): { readonly bytes: Buffer; readonly file: string } | undefined {
    if (this.#added.size === 0) return undefined;
    const all = [...this.#added].map((copy) => copy.taken());
    this.#added.clear();
    const { capture, classes, file } = all[0].options;
    const head = Buffer.alloc(4);
    head.writeUInt32LE(capture);
    const pairs = all.map(({ sum, options }) => [options.id, sum]);
    return { bytes: Buffer.concat([head, encodeRecords(pairs, classes)]), file };
  }
}

export const accumulatorUpdates = new AccumulatorUpdates();

/** Makes copies of an accumulator's zero, each a new one: what is added to one must not be in the next. */
export function zeroMaker(
  bytes: Uint8Array,
  classes: () => readonly { prototype: object }[],
  revive: ReviveValue,
): () => unknown {
  return () => revive(deserialize(bytes) as ClosureBundle, classes());
}
