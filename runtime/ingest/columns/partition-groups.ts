import { DEFAULT_PARTITION, escapeName } from "./partition-path.ts";

const MICROSECONDS_A_DAY = 86_400e6;
/** File systems take names of 255 bytes, and a temporary file's is longer. */
const MAX_VALUE_BYTES = 200;

/** Whether a partition column is a field of the events; `source` and `date` aren't, whatever the events have. */
export function isFieldPartition(name: string): boolean {
  return name !== "source" && name !== "date";
}

/** Numbers the table's partitions that the rows of a cut belong to. */
export class PartitionGroups {
  /** By number: the values of the partition columns, in the order of `partitionBy`. */
  readonly groups: Record<string, string>[] = [];
  readonly #partitionBy: readonly string[];
  readonly #source: string;
  readonly #hasFields: boolean;
  readonly #hasDate: boolean;
  readonly #numbers = new Map<string | number, number>();
  #lastDay = Number.NaN;
  #lastNumber = 0;

  constructor(partitionBy: readonly string[], source: string) {
    this.#partitionBy = partitionBy;
    this.#source = source;
    this.#hasDate = partitionBy.includes("date");
    this.#hasFields = partitionBy.some(isFieldPartition);
  }

  /** @param texts the row's values of partition columns that are fields of the events */
  numberOf(eventTimeUs: number, texts: readonly (string | undefined)[]): number {
    const day = this.#hasDate ? Math.floor(eventTimeUs / MICROSECONDS_A_DAY) : 0;
    if (!this.#hasFields) {
      if (day === this.#lastDay) return this.#lastNumber;
      this.#lastDay = day;
      return (this.#lastNumber = this.#number(day, day, texts));
    }
    const values = texts.map((text) => text || DEFAULT_PARTITION);
    return this.#number(JSON.stringify([day, ...values]), day, values);
  }

  #number(key: string | number, day: number, texts: readonly (string | undefined)[]): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const values = this.#partitionBy.map((name, index): [string, string] => {
      if (name === "source") return [name, this.#source];
      if (name === "date") return [name, new Date(day * 86_400_000).toISOString().slice(0, 10)];
      return [name, texts[index] ?? DEFAULT_PARTITION];
    });
    this.#numbers.set(key, this.groups.length);
    return this.groups.push(Object.fromEntries(values)) - 1;
  }
}

/** Whether a folder can be called so; else the row has no value there, and the text goes to the overflow. */
export function fitsFolder(text: string): boolean {
  return Buffer.byteLength(escapeName(text)) <= MAX_VALUE_BYTES;
}
