import { PlanError } from "../../connect/plan-error.ts";
import { inspect } from "node:util";

const nanosPerDay = 86_400_000_000_000;

/**
 * A time of day: what a column of type TIME holds.
 * @example Time.of("12:34:56.789").toString() // 12:34:56.789
 */
export class Time {
  /** Nanoseconds since midnight. */
  readonly nanosOfDay: number;

  /** @throws PlanError for what is no time of a day */
  constructor(nanosOfDay: number) {
    if (!Number.isInteger(nanosOfDay) || nanosOfDay < 0 || nanosOfDay >= nanosPerDay) {
      throw new PlanError(
        `${nanosOfDay} nanoseconds after midnight is no time of a day.`,
        `Pass a whole number from 0 to below ${nanosPerDay}.`,
      );
    }
    this.nanosOfDay = nanosOfDay;
  }

  /** @param text hours, minutes, and if need be seconds with at most nine digits after the point */
  static of(text: string): Time {
    const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(text);
    const [hour, minute, second] = [match?.[1], match?.[2], match?.[3] ?? 0].map(Number);
    if (!match || hour > 23 || minute > 59 || second > 59) {
      throw new PlanError(`"${text}" is no time of a day.`, `Write it as in "12:34:56.789".`);
    }
    return new Time(
      ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + Number((match[4] ?? "").padEnd(9, "0")),
    );
  }

  /** From 0 to 23. */
  get hour(): number {
    return Math.floor(this.nanosOfDay / 3_600_000_000_000);
  }
  /** From 0 to 59. */
  get minute(): number {
    return Math.floor(this.nanosOfDay / 60_000_000_000) % 60;
  }
  /** From 0 to 59, without its fraction. */
  get second(): number {
    return Math.floor(this.nanosOfDay / 1_000_000_000) % 60;
  }
  /** Nanoseconds of the second. */
  get nanosecond(): number {
    return this.nanosOfDay % 1_000_000_000;
  }

  valueOf(): number {
    return this.nanosOfDay;
  }

  toString(): string {
    const text = [this.hour, this.minute, this.second].map((part) => String(part).padStart(2, "0")).join(":");
    const fraction = String(this.nanosecond).padStart(9, "0").replace(/0+$/, "");
    return fraction === "" ? text : `${text}.${fraction}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
