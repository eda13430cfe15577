import { PlanError } from "../../connect/plan-error.ts";
import { inspect } from "node:util";

/**
 * A length of time in years and months: what a column of type YEAR TO MONTH holds.
 * @example YearMonthInterval.of({ years: 1, months: 2 }).toString() // INTERVAL '1-2' YEAR TO MONTH
 */
export class YearMonthInterval {
  /** The whole length in months. */
  readonly totalMonths: number;

  constructor(totalMonths: number) {
    if (!Number.isInteger(totalMonths) || (totalMonths | 0) !== totalMonths) {
      throw new PlanError(
        `An interval of ${totalMonths} months isn't one.`,
        `Pass a whole number below 2^31.`,
      );
    }
    this.totalMonths = totalMonths;
  }

  /** @throws PlanError for amounts that aren't whole */
  static of({
    years = 0,
    months = 0,
  }: {
    readonly years?: number;
    readonly months?: number;
  }): YearMonthInterval {
    return new YearMonthInterval(years * 12 + months);
  }

  /** Whole years; negative in a negative interval. */
  get years(): number {
    return Math.trunc(this.totalMonths / 12);
  }
  /** Months of the year. */
  get months(): number {
    return this.totalMonths % 12;
  }

  /** Months, so that intervals compare with `<`. */
  valueOf(): number {
    return this.totalMonths;
  }

  /** As SQL writes it. */
  toString(): string {
    const size = Math.abs(this.totalMonths);
    const sign = this.totalMonths < 0 ? "-" : "";
    return `INTERVAL '${sign}${Math.floor(size / 12)}-${size % 12}' YEAR TO MONTH`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
