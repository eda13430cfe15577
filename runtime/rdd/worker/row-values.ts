// Rows, the values they hold that JavaScript doesn't have, and those of Node's that V8 can't copy: what makes them again
// on the other side.
import { Decimal } from "../../sql/decimal.ts";
import { Row, rowMaker, rowNames, rowValues } from "../../sql/row.ts";
import { Timestamp } from "../../sql/timestamp.ts";
import { CalendarInterval } from "../../sql/values/calendar-interval.ts";
import { DayTimeInterval } from "../../sql/values/day-time-interval.ts";
import { Geography, Geometry } from "../../sql/values/shape.ts";
import { Time } from "../../sql/values/time.ts";
import { VariantVal } from "../../sql/values/variant-val.ts";
import { YearMonthInterval } from "../../sql/values/year-month-interval.ts";

interface Kind<T> {
  readonly type: new (...args: never[]) => T;
  args(value: T): unknown[];
}

function kind<T>(type: new (...args: never[]) => T, args: (value: T) => unknown[]): Kind<unknown> {
  return { type, args } as Kind<unknown>;
}

const kinds: Readonly<Record<string, Kind<unknown>>> = {
  Decimal: kind(Decimal, (value) => [String(value)]),
  Timestamp: kind(Timestamp, ({ epochMicros }) => [epochMicros]),
  DayTimeInterval: kind(DayTimeInterval, ({ micros }) => [micros]),
  YearMonthInterval: kind(YearMonthInterval, ({ totalMonths }) => [totalMonths]),
  CalendarInterval: kind(CalendarInterval, ({ months, days, micros }) => [months, days, micros]),
  Time: kind(Time, ({ nanosOfDay }) => [nanosOfDay]),
  VariantVal: kind(VariantVal, ({ value, metadata }) => [value, metadata]),
  Geometry: kind(Geometry, (shape) => [shape.getBytes(), shape.getSrid()]),
  Geography: kind(Geography, (shape) => [shape.getBytes(), shape.getSrid()]),
  URL: kind(URL, ({ href }) => [href]),
  URLSearchParams: kind(URLSearchParams, (parameters) => [String(parameters)]),
};

const names = new Map<unknown, string>(Object.entries(kinds).map(([name, { type }]) => [type, name]));
const rowName = "Row";

export function isRowValue(value: object): boolean {
  return value instanceof Row || names.has(value.constructor);
}

/** The name of a value's kind and what it is made of; undefined for anything else. */
export function rowValueParts(
  value: object,
): { readonly name: string; readonly args: readonly unknown[] } | undefined {
  if (value instanceof Row) {
    const row = value as unknown as Row;
    return { name: rowName, args: [rowNames(row), rowValues(row)] };
  }
  const name = names.get(value.constructor);
  return name === undefined ? undefined : { name, args: kinds[name].args(value) };
}

export function restoredRowValue(name: string, args: readonly unknown[]): unknown {
  if (name === rowName) return rowMaker(args[0] as string[])(args[1] as unknown[]);
  const Type = kinds[name].type as new (...args: readonly unknown[]) => unknown;
  return new Type(...args);
}

/** What of a value says its place among others of its kind; undefined where there is no order. */
export function orderedPart(value: unknown): { readonly name: string; readonly value: unknown } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const parts = rowValueParts(value);
  switch (parts?.name) {
    case rowName:
      return { name: rowName, value: parts.args[1] };
    case "Decimal":
      return { name: "Decimal", value: scaled(parts.args[0] as string) };
    case "Timestamp":
    case "DayTimeInterval":
    case "YearMonthInterval":
    case "Time":
      return { name: parts.name, value: parts.args[0] };
    default:
      return undefined;
  }
}

/** Spark's decimals have at most 38 places. */
const places = 38;

function scaled(text: string): bigint {
  const [, sign, whole, fraction = "", power = "0"] =
    /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}${"0".repeat(Math.max(0, places - fraction.length + Number(power)))}`;
  const size = BigInt(digits === "" ? "0" : digits);
  return sign === "-" ? -size : size;
}
