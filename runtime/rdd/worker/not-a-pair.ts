import { showValue } from "../../sql/columns/row-error.ts";

export function notAPair(method: string, record: unknown): TypeError {
  const what = Array.isArray(record)
    ? `an array of ${record.length}: ${showValue(record, 80)}`
    : record === null
      ? "null"
      : typeof record;
  return new TypeError(
    `${method} needs [key, value] records, but got ${what}. Make pairs first, with map or keyBy.`,
  );
}
