import { PlanError } from "../../connect/plan-error.ts";
import { inspect } from "node:util";
import { dayTimeWords, microsOfUnits } from "./interval-parts.ts";

/** The parts of a {@link CalendarInterval}; each is 0 where it isn't given, and may be negative. */
export interface CalendarIntervalParts {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
  readonly microseconds?: number | bigint;
}

/**
 * Months, days and microseconds, each by itself, because months and days differ in length: what `make_interval` gives.
 * @example CalendarInterval.of({ months: 1, days: 2, hours: 3 }).toString() // 1 months 2 days 3 hours
 */
export class CalendarInterval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;

  constructor(months: number, days: number, micros: bigint) {
    if (![months, days].every((part) => Number.isInteger(part) && (part | 0) === part)) {
      throw new PlanError(
        `An interval of ${months} months and ${days} days isn't one.`,
        `Pass whole numbers below 2^31.`,
      );
    }
    this.months = months;
    this.days = days;
    this.micros = microsOfUnits({ microseconds: BigInt(micros) });
  }

  /** @throws PlanError for amounts that aren't whole */
  static of({
    years = 0,
    months = 0,
    weeks = 0,
    days = 0,
    ...time
  }: CalendarIntervalParts): CalendarInterval {
    return new CalendarInterval(years * 12 + months, weeks * 7 + days, microsOfUnits(time));
  }

  /** As Spark shows it. */
  toString(): string {
    const words: string[] = [];
    const years = Math.trunc(this.months / 12);
    if (years !== 0) words.push(`${years} years`);
    if (this.months % 12 !== 0) words.push(`${this.months % 12} months`);
    if (this.days !== 0) words.push(`${this.days} days`);
    words.push(...dayTimeWords(this.micros));
    return words.length === 0 ? "0 seconds" : words.join(" ");
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `CalendarInterval(${this})`;
  }
}
