import type { RecordBatch, Table, Vector } from "apache-arrow";
import type { StructJson } from "../../plan/data-type.ts";
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import { columnBuilder } from "../../sql/columns/column-builder.ts";
import type { ColumnLayout } from "../../sql/columns/column-layouts.ts";
import { RowError } from "../../sql/columns/row-error.ts";
import { columnValues } from "./column-values.ts";
import { layoutOf } from "./vector-layout.ts";

/** Writes an Arrow table as rows of a schema: columns by name, or by position where names repeat. */
export function writeTable(
  name: string,
  schema: StructJson,
  table: Table | RecordBatch,
  output: BatchOutput,
): void {
  const columns = matched(name, schema, table);
  const parts = "batches" in table ? table.batches : [table];
  for (const part of parts) {
    if (part.numRows === 0) continue;
    const layouts = schema.fields.map((field, i) => layout(field, part.getChildAt(columns[i])!));
    output.batch(part.numRows, layouts);
  }
}

function layout({ name, type, nullable }: StructJson["fields"][number], vector: Vector): ColumnLayout {
  const direct = nullable || vector.nullCount === 0 ? layoutOf(vector, type) : undefined;
  if (direct) return direct;
  const builder = columnBuilder(type, nullable, name);
  const values = columnValues(vector);
  for (let row = 0; row < values.length; row++) {
    try {
      builder.append(values[row]);
    } catch (error) {
      if (error instanceof RowError) error.atRow(row);
      throw error;
    }
  }
  return builder.finish();
}

/** For each field of the schema, the place of its column in the table. */
function matched(name: string, { fields }: StructJson, { schema }: Table | RecordBatch): number[] {
  const given = schema.fields.map((field) => field.name);
  const wanted = fields.map((field) => field.name);
  const byName = new Set(wanted).size === wanted.length && new Set(given).size === given.length;
  const places = wanted.map((column, i) => (byName ? given.indexOf(column) : i));
  if (given.length === wanted.length && !places.includes(-1)) return places;
  const error = new RowError("");
  error.message = `${name}() gave the columns [${given.join(", ")}], but its schema has [${wanted.join(", ")}].`;
  throw error;
}
