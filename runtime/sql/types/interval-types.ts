// Lengths of time: https://spark.apache.org/docs/latest/sql-ref-datatypes.html
import { shown } from "../argument-error.ts";
import { PlanError } from "../../connect/plan-error.ts";
import { AnyType } from "./data-type.ts";

function fieldName(names: readonly string[], field: number, type: string): string {
  if (typeof field === "number" && names[field] !== undefined) return names[field];
  const known = names.map((name, i) => `${type}.${name.toUpperCase()} (${i})`).join(", ");
  throw new PlanError(`${type} has no field ${shown(field)}.`, `Pass one of ${known}.`);
}

function intervalName(
  names: readonly string[],
  startField: number,
  endField: number,
  typeName: string,
): string {
  const [start, end] = [fieldName(names, startField, typeName), fieldName(names, endField, typeName)];
  if (startField > endField) {
    throw new PlanError(`An interval can't go from ${start} to ${end}.`, `Pass the larger unit first.`);
  }
  return start === end ? `interval ${start}` : `interval ${start} to ${end}`;
}

/**
 * Days to microseconds. In rows: {@link DayTimeInterval}. Default: DAY TO SECOND; with one field, that alone.
 * @example new DayTimeIntervalType(DayTimeIntervalType.HOUR, DayTimeIntervalType.SECOND)
 */
export class DayTimeIntervalType extends AnyType {
  static readonly DAY = 0;
  static readonly HOUR = 1;
  static readonly MINUTE = 2;
  static readonly SECOND = 3;
  /** The names of the fields, by their numbers. */
  static readonly fieldNames = ["day", "hour", "minute", "second"] as const;
  readonly typeName = "daytimeinterval";
  readonly startField: number;
  readonly endField: number;
  readonly #name: string;
  constructor(startField?: number, endField?: number) {
    super();
    this.startField = startField ?? 0;
    this.endField = endField ?? startField ?? 3;
    this.#name = intervalName(
      DayTimeIntervalType.fieldNames,
      this.startField,
      this.endField,
      "DayTimeIntervalType",
    );
  }
  simpleString(): string {
    return this.#name;
  }
  jsonValue(): string {
    return this.#name;
  }
}

/** Years and months. In rows: {@link YearMonthInterval}. Default: YEAR TO MONTH; with one field, that alone. */
export class YearMonthIntervalType extends AnyType {
  static readonly YEAR = 0;
  static readonly MONTH = 1;
  /** The names of the fields, by their numbers. */
  static readonly fieldNames = ["year", "month"] as const;
  readonly typeName = "yearmonthinterval";
  readonly startField: number;
  readonly endField: number;
  readonly #name: string;
  constructor(startField?: number, endField?: number) {
    super();
    this.startField = startField ?? 0;
    this.endField = endField ?? startField ?? 1;
    this.#name = intervalName(
      YearMonthIntervalType.fieldNames,
      this.startField,
      this.endField,
      "YearMonthIntervalType",
    );
  }
  simpleString(): string {
    return this.#name;
  }
  jsonValue(): string {
    return this.#name;
  }
}

/** Months, days and microseconds, each by itself. In rows: {@link CalendarInterval}. */
export class CalendarIntervalType extends AnyType {
  readonly typeName = "interval";
  simpleString(): string {
    return "interval";
  }
  jsonValue(): string {
    return "interval";
  }
}
