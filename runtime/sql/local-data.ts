// Data of this process as a relation: rows, Arrow tables and batches, local frames.
import { RecordBatch, type Schema as ArrowSchema, Table } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { pendingRelation, fill, localRelation } from "../plan/relation.ts";
import { arrowBatchesOf } from "./arrow-input.ts";
import type { GivenSchema, PreparedRelation } from "./relation-source.ts";
import { inferSchema } from "./infer-schema.ts";
import { isLocalFrame, type LocalFrame, tableOfFrame } from "./local-frame.ts";
import { encodeRows, type LocalRow, streamOf } from "./local-rows.ts";
import { DataType, StructField, StructType } from "./types.ts";
import { cachedRelation, isWorthCaching } from "./upload-batches.ts";
import { CalendarInterval } from "./values/calendar-interval.ts";
import { DayTimeInterval } from "./values/day-time-interval.ts";
import { Geography, Geometry } from "./values/shape.ts";
import { Time } from "./values/time.ts";
import { VariantVal } from "./values/variant-val.ts";
import { YearMonthInterval } from "./values/year-month-interval.ts";

/** What {@link SparkSession.createDataFrame} takes for a schema: DDL, a type, or the names of the columns. */
export type SchemaLike = string | DataType | readonly string[];

/** Data that is in this process: rows, single values, an Arrow table or batch, or a nodejs-polars frame. */
export type LocalData =
  | readonly LocalRow[]
  | Iterable<LocalRow>
  | readonly (string | number | bigint | boolean | Date)[]
  | Table
  | RecordBatch
  | LocalFrame;

/**
 * The relation of local data. Encodes it at the call; sends nothing.
 * @throws PlanError for data that doesn't fit the schema, with row, column and value
 */
export function localData(data: LocalData, schema: SchemaLike | undefined): PreparedRelation {
  const { batches, struct } = encode(data, schema);
  const json = struct.json();
  if (batches.every((batch) => batch.numRows === 0)) {
    return { relation: localRelation(undefined, json), prerequisites: [] };
  }
  if (!isWorthCaching(batches)) {
    return { relation: localRelation(streamOf(batches), json), prerequisites: [] };
  }
  const relation = pendingRelation();
  return { relation, prerequisites: [cachedRelation(batches, json, (content) => fill(relation, content))] };
}

interface Encoded {
  readonly batches: readonly RecordBatch[];
  readonly struct: StructType;
}

function encode(data: LocalData, schema: SchemaLike | undefined): Encoded {
  const { type, names } = parseSchema(schema);
  const table = asTable(data);
  if (table) return arrowBatchesOf(table, type && asStruct(type), names);
  if (typeof data !== "object" || data === null || !(Symbol.iterator in data)) {
    throw new PlanError(
      `createDataFrame() was given ${data === null ? "null" : typeof data}.`,
      'Pass rows, as in createDataFrame([["a", 1]], "host string, n int"), an Arrow table, a local frame or an RDD.',
    );
  }
  const given = Array.isArray(data) ? (data as readonly unknown[]) : Array.from(data as Iterable<unknown>);
  const rows = given.length > 0 && !isRow(given[0]) ? given.map((value) => [value]) : (given as LocalRow[]);
  const isSingle = rows !== given;
  const struct = type
    ? asStruct(type)
    : inferSchema(rows as LocalRow[], names ?? (isSingle ? ["value"] : undefined));
  return { batches: encodeRows(rows as LocalRow[], struct), struct };
}

/** Objects that are one value; any other object is a row, by its names. */
const values = [
  Date,
  Uint8Array,
  Map,
  DayTimeInterval,
  YearMonthInterval,
  CalendarInterval,
  Time,
  VariantVal,
  Geometry,
  Geography,
];

function isRow(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return !values.some((kind) => value instanceof kind) && value.constructor?.name !== "Decimal";
}

function asTable(data: unknown): Table | undefined {
  if (isLocalFrame(data)) return tableOfFrame(data);
  // By their shape: a notebook may have another copy of apache-arrow.
  const { schema, batches, data: content } = Object(data) as Partial<Table> & { data?: unknown };
  if (!(schema as ArrowSchema | undefined)?.fields) return undefined;
  if (data instanceof Table) return data;
  if (data instanceof RecordBatch || (batches === undefined && content))
    return new Table([data as RecordBatch]);
  return data as Table;
}

/** What `createDataFrame` was given for a schema. @throws PlanError for what is none */
export function parseSchema(schema: SchemaLike | undefined): GivenSchema {
  if (schema === undefined) return {};
  if (typeof schema === "string") return { type: DataType.fromDDL(schema) };
  if (schema instanceof DataType) return { type: schema as DataType };
  if (Array.isArray(schema) && schema.every((name) => typeof name === "string")) return { names: schema };
  throw new PlanError(
    `createDataFrame() was given ${Array.isArray(schema) ? "a list that isn't of names" : typeof schema} for a schema.`,
    'Pass DDL such as "host string, n int", a StructType, or names: ["host", "n"].',
  );
}

function asStruct(type: DataType): StructType {
  return type instanceof StructType ? type : new StructType([new StructField("value", type)]);
}
