import { inspect } from "node:util";
import { type DayTimeUnit, microsOfUnits, microsPer, secondsText } from "./interval-parts.ts";

/**
 * A length of time in days to microseconds: what a column of type DAY TO SECOND holds, with nothing lost.
 * @example DayTimeInterval.of({ days: 1, hours: 2, microseconds: 5 }).toString() // INTERVAL '1 02:00:00.000005' DAY TO SECOND
 */
export class DayTimeInterval {
  /** The whole length in microseconds. */
  readonly micros: bigint;

  constructor(micros: bigint) {
    this.micros = microsOfUnits({ microseconds: BigInt(micros) });
  }

  /** @throws RangeError for amounts that aren't whole, and for other units */
  static of(amounts: Readonly<Partial<Record<DayTimeUnit, number | bigint>>>): DayTimeInterval {
    return new DayTimeInterval(microsOfUnits(amounts));
  }

  /** Whole days; this and the parts below are negative in a negative interval. */
  get days(): number {
    return Number(this.micros / microsPer.days);
  }
  /** Hours of the day. */
  get hours(): number {
    return Number((this.micros / microsPer.hours) % 24n);
  }
  /** Minutes of the hour. */
  get minutes(): number {
    return Number((this.micros / microsPer.minutes) % 60n);
  }
  /** Seconds of the minute. */
  get seconds(): number {
    return Number((this.micros / microsPer.seconds) % 60n);
  }
  /** Microseconds of the second. */
  get microseconds(): number {
    return Number(this.micros % microsPer.seconds);
  }

  /** Its length in a unit, with a fraction: `interval.total("hours")`. */
  total(unit: DayTimeUnit): number {
    return (
      Number(this.micros / microsPer[unit]) + Number(this.micros % microsPer[unit]) / Number(microsPer[unit])
    );
  }

  /** Milliseconds, so that intervals compare with `<` and add to a Date's time. */
  valueOf(): number {
    return this.total("milliseconds");
  }

  /** As SQL writes it. */
  toString(): string {
    const size = this.micros < 0n ? -this.micros : this.micros;
    const part = (unit: "hours" | "minutes", of: bigint) =>
      String((size / microsPer[unit]) % of).padStart(2, "0");
    const time = `${part("hours", 24n)}:${part("minutes", 60n)}:${secondsText(size % microsPer.minutes)}`;
    return `INTERVAL '${this.micros < 0n ? "-" : ""}${size / microsPer.days} ${time}' DAY TO SECOND`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
