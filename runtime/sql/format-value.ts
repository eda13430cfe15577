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
