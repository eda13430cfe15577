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

  override toISOString(): string {
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
