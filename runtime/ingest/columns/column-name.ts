// What fields are called as columns: what Parquet, Spark's SQL and folders of partitions take without quoting trouble.

/** Refused or trouble in one of Spark's readers, writers and SQL paths; control characters help nobody. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\s,;{}()=.`"\\/\u0000-\u001f\u007f]/gu;

/**
 * A column's name for the keys that lead to a field, joined by `_`. Whitespace, control characters, dots, slashes, quotes
 * and `,;{}()=` become `_`, and so does an empty key; other characters of Unicode stay.
 */
export function columnName(path: readonly string[]): string {
  return path.map((key) => key.toWellFormed().replaceAll(unsafe, "_") || "_").join("_");
}

/** Names that a table has given, which it never gives again, whatever their case. */
export class TakenNames {
  readonly #taken = new Set<string>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.#taken.add(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  /** @returns the name, or that with the first number from 2 on that is free */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.has(free); number++) free = `${name}_${number}`;
    this.#taken.add(free.toLowerCase());
    return free;
  }
}
