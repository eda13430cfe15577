import { Row, rowMaker, rowValues } from "../sql/row.ts";

/**
 * Rows that a function gets on an executor, where `applyInPandas` and `mapInPandas` of PySpark have a pandas frame:
 * iterate it for {@link Row}s, or take a whole column.
 * @example (events) => [{ host: events.row(0).host, n: events.length }]
 */
export class RowFrame implements Iterable<Row> {
  /** The names of the columns, in order. */
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly length: number;
  readonly #values: readonly (readonly unknown[])[];
  readonly #make: (values: readonly unknown[]) => Row;

  /** @param values of each column, one array a column */
  constructor(columns: readonly string[], values: readonly (readonly unknown[])[], length: number) {
    this.columns = columns;
    this.length = length;
    this.#values = values;
    this.#make = rowMaker(columns);
  }

  /** A row by its position from 0. */
  row(index: number): Row {
    if (!Number.isInteger(index) || index < 0 || index >= this.length)
      throw new RangeError(`row(${index}) of ${this.length} rows.\nPositions begin at 0.`);
    return this.#make(this.#values.map((values) => values[index]));
  }

  /** The values of a column, by its name or its position from 0. */
  column(name: string | number): readonly unknown[] {
    const index = typeof name === "number" ? name : this.columns.indexOf(name);
    const values = this.#values[index];
    if (!values)
      throw new RangeError(`No column \`${name}\` in [${this.columns.join(", ")}].\nPass one of these.`);
    return values;
  }

  /** All rows. */
  rows(): Row[] {
    return [...this];
  }

  /** What a function makes of each row, in an array. */
  map<T>(f: (row: Row, index: number) => T): T[] {
    return this.rows().map((row, index) => f(row, index));
  }

  /** The rows for which a function says yes, in an array. */
  filter(f: (row: Row, index: number) => boolean): Row[] {
    return this.rows().filter((row, index) => f(row, index));
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let index = 0; index < this.length; index++) yield this.row(index);
  }
}

/** A row as an array, where it is one of ours: by position it also keeps columns of one name. */
export function recordOf(row: unknown): unknown {
  return row instanceof Row ? rowValues(row) : row;
}
