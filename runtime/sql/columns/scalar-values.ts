// What JavaScript values mean as values of Spark's types; undefined when they don't fit.

/** A whole number of at most `bits` bits. */
export function integerOf(value: unknown, bits: 8 | 16 | 32): number | undefined {
  const limit = 2 ** (bits - 1);
  const number = typeof value === "bigint" && BigInt.asIntN(32, value) === value ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) return undefined;
  return number >= -limit && number < limit ? number : undefined;
}

/** A whole number of 64 bits. A `number` above 2^53 has lost digits already and doesn't fit. */
export function longOf(value: unknown): bigint | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value ? value : undefined;
}

export function doubleOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

const msPerDay = 86_400_000;

/** Days since 1970, from the UTC day of a Date, or from text such as "2020-02-29". */
export function dayOf(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const date = new Date(`${value}T00:00:00Z`);
    // JavaScript takes the 30th of February for the 1st of March.
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? dayOf(date) : undefined;
  }
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  return Math.floor(value.getTime() / msPerDay);
}

/** Microseconds since 1970, from a Date or from the number itself as a bigint. */
export function microsOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return longOf(value);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const { epochMicros } = value as { epochMicros?: unknown };
  return typeof epochMicros === "bigint" ? epochMicros : BigInt(value.getTime()) * 1000n;
}

/** Text that can be written as UTF-8: without half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  // TypeScript's library doesn't know it yet.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** The microseconds of a DayTimeInterval, or the number itself as a bigint. */
export function durationOf(value: unknown): bigint | undefined {
  const micros =
    typeof value === "object" && value !== null && !("months" in value) ? part(value, "micros") : value;
  return typeof micros === "bigint" ? longOf(micros) : undefined;
}

/** The months of a YearMonthInterval, or the number itself. */
export function monthsOf(value: unknown): number | undefined {
  return integerOf(typeof value === "object" ? part(value, "totalMonths") : value, 32);
}

/** The parts of a CalendarInterval. */
export function calendarOf(value: unknown): { months: number; days: number; micros: bigint } | undefined {
  const months = integerOf(part(value, "months"), 32);
  const days = integerOf(part(value, "days"), 32);
  const micros = part(value, "micros");
  if (months === undefined || days === undefined || typeof micros !== "bigint") return undefined;
  return { months, days, micros };
}

/** Nanoseconds since midnight, from a Time or from text such as "12:34:56.789". */
export function nanosOf(value: unknown): bigint | undefined {
  const match = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/.exec(typeof value === "string" ? value : "");
  if (match) {
    const [hour, minute, second] = [match[1], match[2], match[3] ?? 0].map(Number);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    return (
      BigInt((hour * 60 + minute) * 60 + second) * 1_000_000_000n + BigInt((match[4] ?? "").padEnd(9, "0"))
    );
  }
  const nanos = part(value, "nanosOfDay");
  return typeof nanos === "number" ? longOf(nanos) : undefined;
}

/** The named byte strings of a value such as a VariantVal. */
export function bytesOf(value: unknown, name: string): Uint8Array | undefined {
  const bytes = part(value, name);
  return bytes instanceof Uint8Array ? bytes : undefined;
}

// By the names of its parts: the classes themselves aren't bundled into workers.
function part(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The digits without the point. Numbers are taken as they print; digits are never rounded away. */
export function decimalOf(value: unknown, precision: number, scale: number): bigint | undefined {
  const isText = ["string", "number", "bigint"].includes(typeof value) || isDecimal(value);
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(isText ? String(value).trim() : "");
  if (!match) return undefined;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > scale) return undefined;
  const digits = BigInt(match[2] + fraction.padEnd(scale, "0"));
  if (digits >= 10n ** BigInt(precision)) return undefined;
  return match[1] === "-" ? -digits : digits;
}

// By its name: the class itself isn't bundled into workers.
function isDecimal(value: unknown): boolean {
  return typeof value === "object" && value !== null && value.constructor?.name === "Decimal";
}
