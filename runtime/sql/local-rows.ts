// Rows of this process as a relation: an Arrow stream that travels with the plan.
import {
  Binary,
  Bool,
  type Data,
  type DataType as ArrowType,
  DateDay,
  Decimal as ArrowDecimal,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  makeData,
  Map_,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
} from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { localRelation, type Relation } from "../plan/relation.ts";
import type { StructJson } from "../plan/map-partitions.ts";
import { columnBuilder } from "./columns/column-builder.ts";
import type { ColumnLayout } from "./columns/column-layouts.ts";
import { RowError } from "./columns/row-error.ts";
import { inferSchema } from "./infer-schema.ts";
import { type DataType, StructType } from "./types.ts";

/** A row: its values in order, or by the names of the columns. */
export type LocalRow = readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * The relation with these rows.
 * @param schema the schema, or the names of the columns, or nothing: types then are those of the values
 * @throws PlanError for a row that doesn't fit
 */
export function localRows(
  rows: readonly LocalRow[],
  schema: StructType | readonly string[] | undefined,
): Relation {
  const struct = schema instanceof StructType ? schema : inferSchema(rows, schema);
  return localRelation(encodeRows(rows, struct), struct.json);
}

function encodeRows(rows: readonly LocalRow[], struct: StructType): Uint8Array {
  const { fields: types } = JSON.parse(struct.json) as StructJson;
  const builders = types.map(({ name, type, nullable }) => columnBuilder(type, nullable, name));
  rows.forEach((row, index) => {
    checkRow(row, index, struct);
    try {
      const values = row as Readonly<Record<string, unknown>>;
      builders.forEach((builder, i) => builder.append(Array.isArray(row) ? row[i] : values[types[i].name]));
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new PlanError(
        `Row ${index} ${error.what}.`,
        "Convert the value, or give the column another type.",
        {
          cause: error,
        },
      );
    }
  });
  const columns = struct.fields.map(({ dataType }, i) => dataOf(builders[i].finish(), dataType));
  const fields = struct.fields.map(({ name, nullable }, i) => new Field(name, columns[i].type, nullable));
  const batch = new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children: columns }),
  );
  return tableToIPC(new Table(batch), "stream");
}

function checkRow(row: LocalRow, index: number, { names }: StructType): void {
  if (typeof row !== "object" || row === null) {
    throw new PlanError(
      `Row ${index} is ${row === null ? "null" : `${typeof row} ${String(row)}`}, not a row.`,
      'Pass rows as arrays or objects, as in [["a", 1]] or [{ host: "a", n: 1 }].',
    );
  }
  if (Array.isArray(row) && row.length !== names.length) {
    throw new PlanError(
      `Row ${index} has ${row.length} values, and the schema ${names.length} columns: ${names.join(", ")}.`,
      "Give each row one value a column; null where there is none.",
    );
  }
}

function dataOf({ length, nullCount, buffers, children }: ColumnLayout, type: DataType): Data {
  const childData = childTypes(type).map((child, i) => dataOf(children[i], child.dataType));
  const arrow = arrowType(type, childData);
  const [validity, first, second] = buffers;
  const values = second ?? first;
  const hasOffsets = second !== undefined || type.typeName === "array" || type.typeName === "map";
  return makeData({
    type: arrow as never,
    length,
    nullCount,
    nullBitmap: nullCount > 0 ? validity : undefined,
    valueOffsets: hasOffsets ? new Int32Array(first.buffer, first.byteOffset, length + 1) : undefined,
    data: values && typed(arrow, values),
    children: childData,
    child: childData[0],
  } as never) as Data;
}

// The bytes as the array that arrow's classes read that type by.
function typed(type: ArrowType, bytes: Uint8Array): ArrayBufferView {
  const view = type.ArrayType as {
    new (buffer: ArrayBufferLike, offset: number, length: number): ArrayBufferView;
    BYTES_PER_ELEMENT: number;
  };
  return new view(bytes.buffer, bytes.byteOffset, bytes.byteLength / view.BYTES_PER_ELEMENT);
}

interface Child {
  readonly name: string;
  readonly dataType: DataType;
}

function childTypes(type: DataType): readonly Child[] {
  switch (type.typeName) {
    case "array":
      return [{ name: "element", dataType: type.elementType }];
    case "map":
      return [
        {
          name: "entries",
          dataType: new StructType().add("key", type.keyType, false).add("value", type.valueType),
        },
      ];
    case "struct":
      return type.fields;
    default:
      return [];
  }
}

function arrowType(type: DataType, children: readonly Data[]): ArrowType {
  switch (type.typeName) {
    case "null":
      return new Null();
    case "string":
      // Explicit: a dictionary would arrive as its indexes.
      return new Utf8();
    case "binary":
      return new Binary();
    case "boolean":
      return new Bool();
    case "byte":
      return new Int8();
    case "short":
      return new Int16();
    case "integer":
      return new Int32();
    case "long":
      return new Int64();
    case "float":
      return new Float32();
    case "double":
      return new Float64();
    case "date":
      return new DateDay();
    case "timestamp":
      return new TimestampMicrosecond("UTC");
    case "timestamp_ntz":
      return new TimestampMicrosecond();
    case "decimal":
      return new ArrowDecimal(type.scale, type.precision, 128);
    case "array":
      return new List(new Field("element", children[0].type, type.containsNull));
    case "map":
      return new Map_(new Field("entries", children[0].type, false) as never);
    case "struct":
      return new Struct(
        type.fields.map((field, i) => new Field(field.name, children[i].type, field.nullable)),
      );
    case "other":
      throw new TypeError(`Values of type ${type.simpleString} can't be sent.`);
  }
}
