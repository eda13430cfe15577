/** A record doesn't fit the schema of the DataFrame it becomes a row of. */
export class RowError extends Error {
  /** What is wrong, as a continuation of "The record …". */
  readonly what: string;
  #row: number | undefined;

  constructor(what: string) {
    super(`The record ${what}.`);
    this.what = what;
  }

  atRow(row: number): void {
    this.#row ??= row;
    this.message = `Record ${this.#row} of the partition ${this.what}.`;
  }
}

/** A value and what it is, for a message: `"abc" (string)`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const name: unknown = typeof value === "object" ? value.constructor?.name : undefined;
  const type = typeof name === "string" && name !== "" ? name : typeof value;
  return `${showValue(value)} (${type})`;
}

/** A value as JSON, with what JSON has no word for as JavaScript writes it: NaN, 5n, Invalid Date. */
export function showValue(value: unknown, maxLength = 60): string {
  const text = jsonOf(value) ?? `${Object.prototype.toString.call(value)}`;
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

// Stands before words in JSON's strings that are to lose their quotes.
const bare = "\u0000";

function jsonOf(value: unknown): string | undefined {
  try {
    const json = JSON.stringify(value, function (this: Record<string, unknown>, key: string, item: unknown) {
      const own = this[key]; // before toJSON
      const isNoDate = own instanceof Date && Number.isNaN(own.getTime());
      if (typeof own === "bigint") return `${bare}${own}n`;
      return isNoDate || (typeof own === "number" && !Number.isFinite(own)) ? bare + String(own) : item;
    });
    return json === undefined ? String(value) : json.replace(/"\\u0000([^"]*)"/g, "$1");
  } catch {
    return undefined; // it holds itself, or throws
  }
}
