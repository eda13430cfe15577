import { PlanError } from "../../connect/plan-error.ts";
import * as atomic from "./atomic-types.ts";
import { CalendarIntervalType, DayTimeIntervalType, YearMonthIntervalType } from "./interval-types.ts";
import { type GeographyType, type GeometryType, spatialType } from "./spatial-types.ts";

const byName = {
  void: atomic.NullType,
  null: atomic.NullType,
  string: atomic.StringType,
  binary: atomic.BinaryType,
  boolean: atomic.BooleanType,
  byte: atomic.ByteType,
  short: atomic.ShortType,
  integer: atomic.IntegerType,
  long: atomic.LongType,
  float: atomic.FloatType,
  double: atomic.DoubleType,
  decimal: atomic.DecimalType,
  date: atomic.DateType,
  time: atomic.TimeType,
  timestamp: atomic.TimestampType,
  timestamp_ltz: atomic.TimestampType,
  timestamp_ntz: atomic.TimestampNTZType,
  interval: CalendarIntervalType,
  variant: atomic.VariantType,
};

type PlainType =
  | InstanceType<(typeof byName)[keyof typeof byName]>
  | atomic.CharType
  | atomic.VarcharType
  | DayTimeIntervalType
  | YearMonthIntervalType
  | GeometryType
  | GeographyType;

/**
 * The type without parts that Spark's JSON has this name for: "long", "decimal(10,2)", "interval day to second".
 * @throws PlanError for another name
 */
export function plainType(name: string): PlainType {
  if (Object.hasOwn(byName, name)) return new byName[name as keyof typeof byName]();
  const [, word, rest = ""] = /^(\w+)\s*(.*)$/s.exec(name) ?? ["", name];
  const numbers = Array.from(rest.matchAll(/-?\d+/g), ([digits]) => Number(digits));
  switch (word) {
    case "string":
      return new atomic.StringType(rest.replace(/^collate\s+/i, ""));
    case "decimal":
      return new atomic.DecimalType(numbers[0], numbers[1]);
    case "char":
      return new atomic.CharType(numbers[0]);
    case "varchar":
      return new atomic.VarcharType(numbers[0]);
    case "time":
      return new atomic.TimeType(numbers[0]);
    case "interval":
      return intervalType(rest.split(" to ")) ?? fail(name);
    default:
      return spatialType(name) ?? fail(name);
  }
}

function intervalType([start, end]: string[]): DayTimeIntervalType | YearMonthIntervalType | undefined {
  for (const type of [DayTimeIntervalType, YearMonthIntervalType]) {
    const at = (name: string) => (type.fieldNames as readonly string[]).indexOf(name);
    if (at(start) >= 0 && (end === undefined || at(end) >= 0)) {
      return new type(at(start), end === undefined ? undefined : at(end));
    }
  }
  return undefined;
}

function fail(name: string): never {
  throw new PlanError(
    `"${name}" is no type in Spark's JSON.`,
    'Pass a name such as "long" or "decimal(10,2)", or use DataType.fromDDL for SQL\'s names such as "bigint".',
  );
}
