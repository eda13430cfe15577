import { packRecords, type FetchedRecord, type RecordBatch } from "./source/record-batch.ts";

/** What a function of the user's made of a batch's records. */
export interface ParsedRecords {
  /** JSON in place of each value; as many records as the batch, in their order. */
  readonly events: RecordBatch;
  /** Records that it refused: their indexes, and why. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Calls the user's function with each value that isn't null. It may do what it likes: the records stay as they came. */
export function parseRecords(
  records: readonly FetchedRecord[],
  parse: (value: Buffer) => unknown,
): ParsedRecords {
  const refused = new Map<number, string>();
  const events = records.map((record, index) => {
    const { value } = record;
    if (!value) return record;
    try {
      // A copy, for a function that writes into it.
      return { ...record, key: null, value: Buffer.from(jsonOf(parse(Buffer.from(value)))) };
    } catch (error) {
      refused.set(index, textOf(error));
      return { ...record, key: null, value: null };
    }
  });
  return { events: packRecords(events), refused };
}

function jsonOf(event: unknown): string {
  if (typeof (event as PromiseLike<unknown> | undefined)?.then === "function") {
    // Nobody waits for it, so nobody else would hear of its failure.
    Promise.resolve(event).catch(() => {});
    throw new TypeError("The parse function returned a promise. It must return the event itself.");
  }
  const json = JSON.stringify(event);
  if (json === undefined) throw new TypeError("The parse function returned no event.");
  return json;
}

function textOf(error: unknown): string {
  try {
    return String((error as Error | undefined)?.message ?? error);
  } catch {
    return "The parse function threw something that has no text.";
  }
}
