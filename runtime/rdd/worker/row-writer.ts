import type { StructJson } from "../../plan/data-type.ts";
import { columnBuilder } from "../../sql/columns/column-builder.ts";
import type { BatchOutput } from "./batch-output.ts";
import type { ColumnBuilder } from "../../sql/columns/column-layouts.ts";
import { describeValue, RowError } from "../../sql/columns/row-error.ts";
import { Row, rowValues } from "../../sql/row.ts";
import type { StageSink } from "../stage.ts";
import type { Sink } from "./sinks.ts";

const maxRows = 8192;
const maxBytes = 4 << 20;
/** Positions are exact in a double up to 2^53: room for 2^17 partitions. */
const maxPartitionRows = 2 ** 36;

/** Writes records as rows of a DataFrame: arrays by position, objects by name. */
export class RowWriter implements Sink {
  readonly #fields: StructJson["fields"];
  readonly #columns: ColumnBuilder[];
  readonly #positions: ColumnBuilder | undefined;
  readonly #output: BatchOutput;
  readonly #isSingle: boolean;
  #firstPosition = 0;
  #rowCount = 0;
  #row = 0;

  constructor(
    { schema, isNumbered = false, isSingle = false }: Extract<StageSink, { kind: "rows" }>,
    output: BatchOutput,
  ) {
    this.#isSingle = isSingle;
    this.#fields = isNumbered ? schema.fields.slice(0, -1) : schema.fields;
    this.#columns = schema.fields.map(({ name, type, nullable }) => columnBuilder(type, nullable, name));
    this.#positions = isNumbered ? this.#columns.at(-1) : undefined;
    this.#output = output;
  }

  begin(partition: number): void {
    this.#firstPosition = partition * maxPartitionRows;
    this.#row = 0;
  }

  push(record: unknown): void {
    try {
      this.#append(record);
    } catch (error) {
      if (error instanceof RowError) error.atRow(this.#row);
      throw error;
    }
    this.#positions?.append(this.#firstPosition + this.#row);
    this.#row++;
    this.#rowCount++;
    const isLarge =
      this.#rowCount % 64 === 0 && this.#columns.reduce((sum, c) => sum + c.byteLength, 0) > maxBytes;
    if (this.#rowCount >= maxRows || isLarge) this.#flush();
  }

  end(): void {
    this.#flush();
  }

  #append(given: unknown): void {
    const fields = this.#fields;
    if (this.#isSingle) return this.#columns[0].append(given);
    const record = given instanceof Row ? rowValues(given as unknown as Row) : given;
    if (Array.isArray(record)) {
      if (record.length !== fields.length) {
        const names = fields.map(({ name }) => name).join(", ");
        throw new RowError(
          `has ${record.length} values, but the schema has ${fields.length} columns [${names}]`,
        );
      }
      for (let i = 0; i < fields.length; i++) this.#columns[i].append(record[i]);
    } else if (typeof record === "object" && record !== null) {
      const values = record as Record<string, unknown>;
      for (let i = 0; i < fields.length; i++) this.#columns[i].append(values[fields[i].name]);
    } else {
      throw new RowError(`is ${describeValue(record)}, not an array or an object`);
    }
  }

  #flush(): void {
    if (this.#rowCount === 0) return;
    this.#output.batch(
      this.#rowCount,
      this.#columns.map((column) => column.finish()),
    );
    this.#rowCount = 0;
  }
}
