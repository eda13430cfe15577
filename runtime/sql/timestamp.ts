import { PlanError } from "../connect/plan-error.ts";
import { inspect } from "node:util";

/**
 * A moment to the microsecond: a `Date` (to the millisecond) that keeps the rest in `epochMicros`.
 * @example row.time.toISOString() // 2020-09-14T12:05:46.455123Z
 */
export class Timestamp extends Date {
  /** Microseconds since 1970-01-01T00:00:00Z. */
  readonly epochMicros: bigint;

  constructor(epochMicros: bigint) {
    // Floor, so that moments before 1970 keep a part of a millisecond that is positive.
    super(Number((epochMicros - (((epochMicros % 1000n) + 1000n) % 1000n)) / 1000n));
    this.epochMicros = epochMicros;
  }

  /**
   * A moment from text in ISO 8601, or from a Date.
   * @param moment "2020-01-01T00:00:00.123456Z"; without a zone it is read as UTC
   * @throws PlanError for text that is no moment
   */
  static of(moment: string | Date): Timestamp {
    if (typeof moment !== "string") return new Timestamp(BigInt(moment.getTime()) * 1000n);
    const match =
      /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
        moment,
      );
    const seconds = match && Date.parse(`${match[1]}T${match[2] ?? "00:00"}${match[4] ?? "Z"}`);
    if (!match || Number.isNaN(seconds)) {
      throw new PlanError(`"${moment}" is no moment.`, `Write it as in "2020-01-01T00:00:00.123456Z".`);
    }
    return new Timestamp(BigInt(seconds!) * 1000n + BigInt((match[3] ?? "").padEnd(6, "0")));
  }

  override toISOString(): string {
    // Spark's moments reach to the year 294247, those of Date to 275760.
    if (Number.isNaN(this.getTime())) return `${this.epochMicros} µs since 1970-01-01T00:00:00Z`;
    const micros = Number(((this.epochMicros % 1000n) + 1000n) % 1000n);
    const text = super.toISOString();
    return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  }

  override toJSON(): string {
    return this.toISOString();
  }

  [inspect.custom](): string {
    return this.toISOString();
  }
}
