import { PlanError } from "../connect/plan-error.ts";
import { Decimal } from "./decimal.ts";
import type { LocalRow } from "./local-rows.ts";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  CalendarIntervalType,
  type DataType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  GeographyType,
  GeometryType,
  LongType,
  MapType,
  NullType,
  StringType,
  StructField,
  StructType,
  TimestampType,
  TimeType,
  VariantType,
  YearMonthIntervalType,
} from "./types.ts";
import { CalendarInterval } from "./values/calendar-interval.ts";
import { DayTimeInterval } from "./values/day-time-interval.ts";
import { Geography, Geometry } from "./values/shape.ts";
import { Time } from "./values/time.ts";
import { VariantVal } from "./values/variant-val.ts";
import { YearMonthInterval } from "./values/year-month-interval.ts";

/**
 * The schema that the values of rows have: whole numbers are bigint, others double, dates timestamps.
 * Looks at every row, so that a null in the first says nothing.
 * @param names of the columns; default: those of the objects, or `_1`, `_2`, …
 * @throws PlanError when there are no rows, or values of one column have different types
 */
export function inferSchema(rows: readonly LocalRow[], names?: readonly string[]): StructType {
  if (rows.length === 0) {
    throw new PlanError(
      "There are no rows to tell the types from.",
      'Pass a schema: createDataFrame([], "host string, n int")',
    );
  }
  const columns = names ? completed(names, rows) : namesOf(rows);
  return new StructType(
    columns.map((name, position) => {
      const values = rows.map((row) =>
        Array.isArray(row) ? (row as unknown[])[position] : (row as Record<string, unknown> | null)?.[name],
      );
      return new StructField(
        name,
        values.reduce<DataType>((type, value) => merge(type, typeOf(value), name), new NullType()),
      );
    }),
  );
}

// Columns after the named ones are `_2`, `_3` and so on, as in PySpark.
function completed(names: readonly string[], [first]: readonly LocalRow[]): readonly string[] {
  const count = Array.isArray(first) ? first.length : names.length;
  return [
    ...names,
    ...Array.from({ length: Math.max(0, count - names.length) }, (_, i) => `_${names.length + i + 1}`),
  ];
}

function namesOf(rows: readonly LocalRow[]): string[] {
  const [first] = rows;
  if (Array.isArray(first)) return first.map((_, i) => `_${i + 1}`);
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function typeOf(value: unknown): DataType {
  switch (typeof value) {
    case "undefined":
      return new NullType();
    case "string":
      return new StringType();
    case "boolean":
      return new BooleanType();
    case "bigint":
      return new LongType();
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? new LongType() : new DoubleType();
    case "object":
      return typeOfObject(value);
    default:
      throw new PlanError(
        `A ${typeof value} can't be a value of a row.`,
        "Convert it to text or a number first.",
      );
  }
}

function typeOfObject(value: object | null): DataType {
  if (value === null) return new NullType();
  if (value instanceof Date) return new TimestampType();
  if (value instanceof Uint8Array) return new BinaryType();
  if (value instanceof Decimal) return new DecimalType(38, 18);
  if (value instanceof DayTimeInterval) return new DayTimeIntervalType();
  if (value instanceof YearMonthInterval) return new YearMonthIntervalType();
  if (value instanceof CalendarInterval) return new CalendarIntervalType();
  if (value instanceof Time) return new TimeType();
  if (value instanceof VariantVal) return new VariantType();
  if (value instanceof Geometry) return new GeometryType(value.srid);
  if (value instanceof Geography) return new GeographyType(value.srid);
  const merged = (values: Iterable<unknown>, path: string) =>
    Array.from(values, typeOf).reduce<DataType>((a, b) => merge(a, b, path), new NullType());
  if (Array.isArray(value)) return new ArrayType(merged(value, "element"));
  if (value instanceof Map) return new MapType(merged(value.keys(), "key"), merged(value.values(), "value"));
  return new StructType(Object.entries(value).map(([name, v]) => new StructField(name, typeOf(v))));
}

function merge(a: DataType, b: DataType, path: string): DataType {
  if (a.typeName === "void" || a.simpleString() === b.simpleString()) return b;
  if (b.typeName === "void") return a;
  const isNumber = (type: DataType) => type.typeName === "long" || type.typeName === "double";
  if (isNumber(a) && isNumber(b)) return new DoubleType();
  if (a.typeName === "array" && b.typeName === "array") {
    return new ArrayType(merge(a.elementType, b.elementType, `${path}[]`));
  }
  if (a.typeName === "map" && b.typeName === "map") {
    return new MapType(merge(a.keyType, b.keyType, path), merge(a.valueType, b.valueType, path));
  }
  if (a.typeName === "struct" && b.typeName === "struct") return mergeStructs(a, b, path);
  throw new PlanError(
    `Column \`${path}\` has values of type ${a.simpleString()} and of type ${b.simpleString()}.`,
    "Make them one type, or pass a schema that says which.",
  );
}

function mergeStructs(a: StructType, b: StructType, path: string): StructType {
  const names = [...new Set([...a.names, ...b.names])];
  const typeIn = (struct: StructType, name: string) =>
    struct.fields.find((field) => field.name === name)?.dataType ?? new NullType();
  return new StructType(
    names.map((name) => new StructField(name, merge(typeIn(a, name), typeIn(b, name), `${path}.${name}`))),
  );
}
