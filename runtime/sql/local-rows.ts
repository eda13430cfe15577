// Rows of this process as Arrow streams that travel with the plan.
import { Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { arrowDataOf, arrowTypeOf } from "./columns/arrow-data.ts";
import type { TypeJson } from "../plan/data-type.ts";
import type { ColumnLayout } from "./columns/column-layouts.ts";
import { columnBuilder } from "./columns/column-builder.ts";
import { plainColumn } from "./columns/plain-column.ts";
import { RowError } from "./columns/row-error.ts";
import { isWellFormed } from "./columns/scalar-values.ts";
import type { StructType } from "./types.ts";

/** A row: its values in order, or by the names of the columns. */
export type LocalRow = readonly unknown[] | Readonly<Record<string, unknown>>;

/** About how many bytes one batch has. */
const batchBytes = 8 << 20;
const maxBatchRows = 1 << 17;

/**
 * The rows in Arrow batches of some megabytes.
 * @throws PlanError for a row that doesn't fit, with its index, column and value
 */
export function encodeRows(rows: readonly LocalRow[], struct: StructType): RecordBatch[] {
  checkNames(struct);
  rows.forEach((row, index) => checkRow(row, index, struct));
  const { fields } = struct.jsonValue();
  const arrow = fields.map(({ name, type, nullable }) => new Field(name, arrowTypeOf(type), nullable));
  const schema = new Schema(arrow);
  const batches: RecordBatch[] = [];
  // Little at first: what a row takes isn't known yet, and one may have a text of ten megabytes.
  let rowCount = 64;
  for (let from = 0; from === 0 || from < rows.length;) {
    const portion = rows.slice(from, from + rowCount);
    let bytes = 0;
    const children = fields.map((field, position) => {
      const values = portion.map((row) =>
        Array.isArray(row) ? (row as unknown[])[position] : (row as Record<string, unknown>)[field.name],
      );
      const column = buildColumn(field, values, from);
      bytes += sizeOf(column);
      return arrowDataOf(column, arrow[position].type);
    });
    batches.push(batchOf(schema, portion.length, children));
    from += portion.length;
    const perRow = Math.max(bytes, 1) / Math.max(portion.length, 1);
    rowCount = Math.max(1, Math.min(maxBatchRows, Math.floor(batchBytes / perRow), rowCount * 64));
    if (rows.length === 0) break;
  }
  return batches;
}

function batchOf(schema: Schema, length: number, children: ReturnType<typeof arrowDataOf>[]): RecordBatch {
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }),
  );
}

/** Batches as one Arrow stream. */
export function streamOf(batches: readonly RecordBatch[]): Uint8Array {
  return RecordBatchStreamWriter.writeAll([...batches]).toUint8Array(true);
}

/**
 * A column of values.
 * @param from the index of the first value's row, for messages
 * @throws PlanError for a value that isn't of the type
 */
export function buildColumn(
  { name, type, nullable }: { name: string; type: TypeJson; nullable: boolean },
  values: readonly unknown[],
  from: number,
): ColumnLayout {
  const plain = plainColumn(type, nullable, values);
  if (plain) return plain;
  const builder = makeBuilder(type, nullable, name);
  fill(builder, values, from);
  return builder.finish();
}

type Builder = ReturnType<typeof columnBuilder>;

function makeBuilder(...args: Parameters<typeof columnBuilder>): Builder {
  try {
    return columnBuilder(...args);
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new PlanError(`The schema ${error.what}.`, "Cast the column to a type that rows have values for.");
  }
}

function fill(builder: Builder, values: readonly unknown[], from: number): void {
  let index = from;
  try {
    for (const value of values) {
      builder.append(value);
      index++;
    }
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new PlanError(
      `Row ${index} ${error.what}.`,
      "Convert the value, or give the column another type.",
      { cause: error },
    );
  }
}

function sizeOf({ buffers, children }: ColumnLayout): number {
  const own = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return children.reduce((sum, child) => sum + sizeOf(child), own);
}

function checkNames({ names }: StructType): void {
  const broken = names.find((name) => !isWellFormed(name));
  if (broken === undefined) return;
  throw new PlanError(
    `The column name ${JSON.stringify(broken)} has half of a surrogate pair, which UTF-8 has no bytes for.`,
    "Give it another name, for instance name.toWellFormed().",
  );
}

function checkRow(row: LocalRow, index: number, struct: StructType): void {
  if (typeof row !== "object" || row === null) {
    throw new PlanError(
      `Row ${index} is ${row === null ? "null" : `${typeof row} ${String(row)}`}, not a row.`,
      'Pass rows as arrays or objects, as in [["a", 1]] or [{ host: "a", n: 1 }].',
    );
  }
  if (Array.isArray(row) && row.length !== struct.length) {
    throw new PlanError(
      `Row ${index} has ${row.length} values, and the schema ${struct.length} columns: ${struct.names.slice(0, 20).join(", ")}.`,
      "Give each row one value a column; null where there is none.",
    );
  }
}
