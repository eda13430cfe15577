/**
 * A record as a line: numbers and the like as String() writes them, what has a text of its own by its toString(), dates in
 * ISO 8601, arrays and plain objects as JSON.
 */
export function textOf(record: unknown): string {
  if (typeof record !== "object" || record === null) return String(record);
  if (record instanceof Date) return Number.isNaN(record.getTime()) ? String(record) : record.toISOString();
  const { toString } = record;
  const isPlain = toString === Object.prototype.toString || toString === Array.prototype.toString;
  if (!isPlain && typeof toString === "function") return String(record);
  return JSON.stringify(record, writable);
}

/** What JSON has no word for. */
function writable(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map || value instanceof Set) return [...value];
  return value;
}
