// Columns that were filled, as Apache Arrow's own objects.
import {
  Binary,
  Bool,
  type Data,
  type DataType as ArrowType,
  DateDay,
  Decimal as ArrowDecimal,
  DurationMicrosecond,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  IntervalMonthDayNano,
  IntervalYearMonth,
  List,
  makeData,
  Map_,
  Null,
  Struct,
  TimeNanosecond,
  TimestampMicrosecond,
  Utf8,
} from "apache-arrow";
import type { TypeJson } from "../../plan/data-type.ts";
import type { ColumnLayout } from "./column-layouts.ts";

/** The Arrow type that Spark takes a type's values in. */
export function arrowTypeOf(type: TypeJson): ArrowType {
  if (typeof type === "string") return plainTypeOf(type);
  switch (type.type) {
    case "struct":
      return new Struct(
        type.fields.map(({ name, type: child, nullable }) => new Field(name, arrowTypeOf(child), nullable)),
      );
    case "array":
      return new List(new Field("element", arrowTypeOf(type.elementType), type.containsNull));
    case "map": {
      const entries = new Struct([
        new Field("key", arrowTypeOf(type.keyType), false),
        new Field("value", arrowTypeOf(type.valueType), type.valueContainsNull),
      ]);
      return new Map_(new Field("entries", entries, false) as never);
    }
    case "udt":
      return arrowTypeOf(type.sqlType);
  }
}

function plainTypeOf(type: string): ArrowType {
  switch (/^\w+/.exec(type)![0]) {
    case "void":
      return new Null();
    case "string":
    case "char":
    case "varchar":
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
    case "time":
      return new TimeNanosecond();
    case "timestamp":
      return new TimestampMicrosecond("UTC");
    case "timestamp_ntz":
      return new TimestampMicrosecond();
    case "decimal": {
      const [precision, scale] = Array.from(type.matchAll(/\d+/g), Number);
      return new ArrowDecimal(scale, precision, 128);
    }
    case "interval":
      if (type === "interval") return new IntervalMonthDayNano();
      return /year|month/.test(type) ? new IntervalYearMonth() : new DurationMicrosecond();
    case "variant":
      return new Struct<Record<string, ArrowType>>([
        new Field("value", new Binary(), false),
        new Field("metadata", new Binary(), false, new Map([["variant", "true"]])),
      ]);
    case "geometry":
    case "geography":
      return shapeType(type);
    default:
      throw new TypeError(`Values of type ${type} can't be sent.`);
  }
}

function shapeType(type: string): ArrowType {
  const srid = /any/i.test(type) ? "-1" : /CRS84/.test(type) ? "4326" : (/:(\d+)/.exec(type)?.[1] ?? "0");
  const notes = new Map([
    [/^\w+/.exec(type)![0], "true"],
    ["srid", srid],
  ]);
  return new Struct<Record<string, ArrowType>>([
    new Field("srid", new Int32(), false),
    new Field("wkb", new Binary(), false, notes),
  ]);
}

/** The column as Arrow's data, without a copy. */
export function arrowDataOf({ length, nullCount, buffers, children }: ColumnLayout, type: ArrowType): Data {
  const fields = (type.children ?? []) as readonly Field[];
  const childData = fields.map((field, i) => arrowDataOf(children[i], field.type));
  const [validity, first, second] = buffers;
  const values = second ?? first;
  const hasOffsets = first !== undefined && (second !== undefined || fields.length > 0);
  return makeData({
    type: type as never,
    length,
    nullCount,
    nullBitmap: nullCount > 0 && validity?.length ? validity : undefined,
    valueOffsets: hasOffsets ? new Int32Array(first.buffer, first.byteOffset, length + 1) : undefined,
    data: values && fields.length === 0 ? typed(type, values) : undefined,
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
