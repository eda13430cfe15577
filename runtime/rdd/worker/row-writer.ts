import type { StructJson } from "../../plan/map-partitions.ts";
import { columnBuilder } from "../../sql/columns/column-builder.ts";
import type { BatchOutput } from "./batch-output.ts";
import type { ColumnBuilder } from "../../sql/columns/column-layouts.ts";
import { describeValue, RowError } from "../../sql/columns/row-error.ts";
import type { Sink } from "./sinks.ts";

const maxRows = 8192;
const maxBytes = 4 << 20;

/** Writes records as rows of a DataFrame: arrays by position, objects by name. */
export class RowWriter implements Sink {
  readonly #fields: StructJson["fields"];
  readonly #columns: ColumnBuilder[];
  readonly #output: BatchOutput;
  #rowCount = 0;
  #row = 0;

  constructor(schema: StructJson, output: BatchOutput) {
    this.#fields = schema.fields;
    this.#columns = schema.fields.map(({ name, type, nullable }) => columnBuilder(type, nullable, name));
    this.#output = output;
  }

  begin(): void {
    this.#row = 0;
  }

  push(record: unknown): void {
    try {
      this.#append(record);
    } catch (error) {
      if (error instanceof RowError) error.atRow(this.#row);
      throw error;
    }
    this.#row++;
    this.#rowCount++;
    const isLarge =
      this.#rowCount % 64 === 0 && this.#columns.reduce((sum, c) => sum + c.byteLength, 0) > maxBytes;
    if (this.#rowCount >= maxRows || isLarge) this.#flush();
  }

  end(): void {
    this.#flush();
  }

  #append(record: unknown): void {
    const fields = this.#fields;
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
