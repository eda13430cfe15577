// Arrow tables of this process in the types that Spark takes.
import { type Data, Field, makeData, RecordBatch, Schema, Struct, type Table } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { typeFromArrow } from "./arrow-schema.ts";
import { valuesOf } from "./arrow-rows.ts";
import { arrowDataOf, arrowTypeOf } from "./columns/arrow-data.ts";
import { buildColumn } from "./local-rows.ts";
import { StructField, StructType } from "./types.ts";

/** Batches above this are cut, so that each fits into a message. */
const maxBatchBytes = 16 << 20;

/**
 * The table's batches and their schema.
 * @param struct the types to bring the columns to, by position; default: what the table's own are in Spark
 * @param names of the columns, the first ones or all
 * @throws PlanError for a column that isn't of its type, or of a type that Spark lacks
 */
export function arrowBatchesOf(
  table: Table,
  struct: StructType | undefined,
  names: readonly string[] = [],
): { batches: RecordBatch[]; struct: StructType } {
  const { fields } = table.schema;
  if ((struct && struct.length !== fields.length) || names.length > fields.length) {
    throw new PlanError(
      `The table has ${fields.length} columns, and the schema ${struct?.length ?? names.length}.`,
      "Give each column of the table one in the schema.",
    );
  }
  const nameOf = (field: Field, i: number) => (names.length === 0 ? field.name : (names[i] ?? `_${i + 1}`));
  const target =
    struct ??
    new StructType(
      fields.map((field, i) => new StructField(nameOf(field, i), typeFromArrow(field), field.nullable)),
    );
  const json = target.jsonValue().fields;
  const schema = new Schema(json.map((f) => new Field(f.name, arrowTypeOf(f.type), f.nullable)));
  let from = 0;
  const batches = table.batches.flatMap(cut).map((batch) => {
    const children = json.map((field, i) => column(batch, i, field, schema.fields[i], from));
    from += batch.numRows;
    const type = new Struct(schema.fields);
    return new RecordBatch(schema, makeData({ type, length: batch.numRows, nullCount: 0, children }));
  });
  return { batches, struct: target };
}

type ColumnJson = ReturnType<StructType["jsonValue"]>["fields"][number];

function column(batch: RecordBatch, index: number, json: ColumnJson, to: Field, from: number): Data {
  const vector = batch.getChildAt(index)!;
  const source = batch.schema.fields[index];
  const [data] = vector.data;
  if (data.nullCount > 0 && !json.nullable) {
    throw new PlanError(
      `Column \`${json.name}\` has nulls, and the schema says that it is never null.`,
      "Let it be nullable in the schema, or fill the nulls first.",
    );
  }
  if (layoutOf(source) === layoutOf(to)) return data.clone(to.type as never) as Data;
  return arrowDataOf(buildColumn(json, valuesOf(vector, source), from), to.type);
}

// The same bytes mean the same; a time zone is a note beside them.
function layoutOf({ type }: Field): string {
  return String(type).replace(/(Timestamp<\w+), [^>]*>/g, "$1, UTC>");
}

function cut(batch: RecordBatch): RecordBatch[] {
  const parts = Math.ceil(batch.data.byteLength / maxBatchBytes);
  if (parts <= 1 || batch.numRows <= 1) return [batch];
  const rowCount = Math.max(1, Math.ceil(batch.numRows / parts));
  return Array.from({ length: Math.ceil(batch.numRows / rowCount) }, (_, i) =>
    batch.slice(i * rowCount, (i + 1) * rowCount),
  );
}
