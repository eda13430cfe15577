import { Row, rowValues } from "./row.ts";
import { Timestamp } from "./timestamp.ts";

/** A value as Spark's tables show it: NULL, {a, 1}, [1, 2], {k -> v}; times in UTC. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (value instanceof Timestamp)
    return value
      .toISOString()
      .replace("T", " ")
      .replace(/(\.\d*?)0*Z$/, "$1")
      .replace(/\.$/, "");
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (value instanceof Uint8Array) {
    return `[${Array.from(value, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}]`;
  }
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (value instanceof Map) {
    return `{${Array.from(value, ([k, v]) => `${formatValue(k)} -> ${formatValue(v)}`).join(", ")}}`;
  }
  if (value instanceof Row) return `{${rowValues(value).map(formatValue).join(", ")}}`;
  return String(value);
}

/**
 * A double or float as Spark's tables show it: `1.0`, `-0.0`, `0.1` for the float next to it.
 * @param isSingle whether it was a float of 32 bits
 */
export function formatFloat(value: number, isSingle: boolean): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = isSingle ? shortestSingle(value) : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The fewest digits that are the same float. */
function shortestSingle(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
