// Values into the buffers of Arrow's columnar format: https://arrow.apache.org/docs/format/Columnar.html
import type { TypeJson } from "../../plan/map-partitions.ts";
import {
  BooleanColumn,
  BytesColumn,
  type ColumnBuilder,
  FixedColumn,
  ListColumn,
  MapColumn,
  StructColumn,
} from "./column-layouts.ts";
import type { Growing } from "./growing.ts";
import { describeValue, RowError } from "./row-error.ts";
import { dayOf, decimalOf, doubleOf, integerOf, longOf, microsOf } from "./scalar-values.ts";

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
  const fixed = <T>(
    bytes: number,
    read: (value: unknown) => T | undefined,
    write: (into: Growing, value: T) => void,
  ) =>
    new FixedColumn(name, nullable, bytes, (value, into) =>
      write(into, read(value) ?? fail(mismatch(value))),
    );
  switch (type) {
    case "string":
      return new BytesColumn(name, nullable, (value, into) => {
        if (typeof value !== "string") throw mismatch(value);
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
    default:
      throw new Error(`Column \`${name}\` has type ${type}, which an RDD can't become.`);
  }
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
