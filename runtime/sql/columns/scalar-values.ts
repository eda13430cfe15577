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
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return dayOf(new Date(`${value}T00:00:00Z`));
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
