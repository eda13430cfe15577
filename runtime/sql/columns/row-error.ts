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
  const type = typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
  return `${showValue(value)} (${type})`;
}

export function showValue(value: unknown, maxLength = 60): string {
  let text: string;
  try {
    text = typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value));
  } catch {
    text = String(value);
  }
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
