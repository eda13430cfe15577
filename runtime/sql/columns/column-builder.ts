// Values into the buffers of Arrow's columnar format: https://arrow.apache.org/docs/format/Columnar.html
import type { TypeJson } from "../../plan/data-type.ts";
import {
  BooleanColumn,
  BytesColumn,
  type ColumnBuilder,
  FixedColumn,
  ListColumn,
  MapColumn,
  NullColumn,
  StructColumn,
} from "./column-layouts.ts";
import type { Growing } from "./growing.ts";
import { describeValue, RowError } from "./row-error.ts";
import {
  bytesOf,
  calendarOf,
  dayOf,
  decimalOf,
  doubleOf,
  durationOf,
  integerOf,
  isWellFormed,
  longOf,
  microsOf,
  monthsOf,
  nanosOf,
} from "./scalar-values.ts";

/**
 * @param type a type as Spark writes it in JSON
 * @param name for messages: the column, with the path inside it
 */
export function columnBuilder(type: TypeJson, nullable: boolean, name: string): ColumnBuilder {
  if (typeof type !== "string") return nestedBuilder(type, nullable, name);
  const mismatch = (value: unknown) =>
    new RowError(`has ${describeValue(value)} in column \`${name}\` of type ${type}`);
  const decimal = /^decimal\((\d+),(-?\d+)\)$/.exec(type);
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
    return new FixedColumn(name, nullable, 16, (value, into) => {
      const unscaled = decimalOf(value, precision, scale) ?? fail(mismatch(value));
      into.int64(BigInt.asIntN(64, unscaled));
      into.int64(unscaled >> 64n);
    });
  }
  const fixed: MakeFixed = (bytes, read, write) =>
    new FixedColumn(name, nullable, bytes, (value, into) =>
      write(into, read(value) ?? fail(mismatch(value))),
    );
  const [word] = /^\w+/.exec(type)!;
  switch (word) {
    case "char":
    case "varchar":
    case "string":
      return new BytesColumn(name, nullable, (value, into) => {
        if (typeof value !== "string") throw mismatch(value);
        if (!isWellFormed(value)) {
          throw new RowError(
            `has half of a surrogate pair in column \`${name}\`, which UTF-8 has no bytes for`,
          );
        }
        into.text(value);
      });
    case "binary":
      return new BytesColumn(name, nullable, (value, into) => {
        if (!(value instanceof Uint8Array)) throw mismatch(value);
        into.bytes(value);
      });
    case "boolean":
      return new BooleanColumn(name, nullable, mismatch);
    case "byte":
      return fixed(
        1,
        (value) => integerOf(value, 8),
        (into, value) => into.int8(value),
      );
    case "short":
      return fixed(
        2,
        (value) => integerOf(value, 16),
        (into, value) => into.int16(value),
      );
    case "integer":
      return fixed(
        4,
        (value) => integerOf(value, 32),
        (into, value) => into.int32(value),
      );
    case "long":
      return fixed(8, longOf, (into, value) => into.int64(value));
    case "float":
      return fixed(4, doubleOf, (into, value) => into.float(value));
    case "double":
      return fixed(8, doubleOf, (into, value) => into.double(value));
    case "date":
      return fixed(4, dayOf, (into, value) => into.int32(value));
    case "timestamp":
    case "timestamp_ntz":
      return fixed(8, microsOf, (into, value) => into.int64(value));
    case "time":
      return fixed(8, nanosOf, (into, value) => into.int64(value));
    case "interval":
      return intervalBuilder(type, fixed);
    case "void":
      return new NullColumn(name, mismatch);
    case "variant":
      return partsBuilder(nullable, name, mismatch, [
        ["value", "binary"],
        ["metadata", "binary"],
      ]);
    case "geometry":
    case "geography":
      return partsBuilder(nullable, name, mismatch, [
        ["srid", "integer"],
        ["wkb", "binary"],
      ]);
    default:
      throw new RowError(`has column \`${name}\` of type ${type}, for which this client has no values`);
  }
}

type MakeFixed = <T>(
  bytes: number,
  read: (value: unknown) => T | undefined,
  write: (into: Growing, value: T) => void,
) => ColumnBuilder;

function intervalBuilder(type: string, fixed: MakeFixed): ColumnBuilder {
  if (type === "interval") {
    return fixed(16, calendarOf, (into, { months, days, micros }) => {
      into.int32(months);
      into.int32(days);
      into.int64(micros * 1000n);
    });
  }
  return /year|month/.test(type)
    ? fixed(4, monthsOf, (into, value) => into.int32(value))
    : fixed(8, durationOf, (into, value) => into.int64(value));
}

// Types that travel as a struct, and are objects with these parts in rows.
function partsBuilder(
  nullable: boolean,
  name: string,
  mismatch: (value: unknown) => RowError,
  parts: readonly (readonly [string, "binary" | "integer"])[],
): ColumnBuilder {
  const fields = parts.map(([part, type]) => [part, columnBuilder(type, false, `${name}.${part}`)] as const);
  const hasParts = (value: unknown) =>
    parts.every(([part, type]) =>
      type === "binary"
        ? bytesOf(value, part)
        : integerOf((value as Record<string, unknown>)[part], 32) !== undefined,
    );
  return new StructColumn(name, nullable, fields, (value) => {
    if (!hasParts(value)) throw mismatch(value);
  });
}

function fail(error: Error): never {
  throw error;
}

function nestedBuilder(type: Exclude<TypeJson, string>, nullable: boolean, name: string): ColumnBuilder {
  switch (type.type) {
    case "struct":
      return new StructColumn(
        name,
        nullable,
        type.fields.map((field) => [
          field.name,
          columnBuilder(field.type, field.nullable, `${name}.${field.name}`),
        ]),
      );
    case "udt":
      return columnBuilder(type.sqlType, nullable, name);
    case "array":
      return new ListColumn(name, nullable, columnBuilder(type.elementType, type.containsNull, `${name}[]`));
    case "map": {
      const key = columnBuilder(type.keyType, false, `${name}.key`);
      const value = columnBuilder(type.valueType, type.valueContainsNull, `${name}.value`);
      return new MapColumn(
        name,
        nullable,
        new StructColumn(name, false, [
          ["key", key],
          ["value", value],
        ]),
      );
    }
  }
}
