import type { Event, JsonValue } from "./event.ts";
import { valueAt } from "./event-time.ts";
import { FeedError } from "./feed-error.ts";
import { readJson } from "./read-json.ts";

/** An object that JSON.stringify writes as the text given; TypeScript's library doesn't have it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): JsonValue };

/**
 * The events of a JSON document that wraps them, as `{ "vulnerabilities": [{…}, {…}] }`. A number that a double can't
 * hold as it was written (`9007199254740993`, `5.0`) is an object that JSON.stringify writes so again.
 * @param value a record's value
 * @param path where the array is; `a.b` is `b` within `a`
 * @throws FeedError when there is no array of objects
 */
export function parseJsonRecords(value: Uint8Array, path: string): Event[] {
  const root = readJson(value, rawJSON);
  const records = valueAt(root, path);
  if (!Array.isArray(records)) {
    const found = records === undefined ? whatIs(root) : `${whatIs(records)} there`;
    throw new FeedError(
      `The record has no array at \`${path}\`; it is ${found}.`,
      'Name where the array of events is: feeds.json({ records: "data.items" })',
    );
  }
  const at = records.findIndex((record) => !isEvent(record));
  if (at >= 0) {
    throw new FeedError(
      `\`${path}[${at}]\` is ${whatIs(records[at])}, not an object.`,
      'Each event must be an object, as { "name": "value" }.',
    );
  }
  return records as Event[];
}

export function isEvent(value: JsonValue | undefined): value is Event {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a value is, in words that name its first fields. */
export function whatIs(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object") return `the ${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
  const names = Object.keys(value);
  if (names.length === 0) return "an empty object";
  const shown = names.slice(0, 5).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  return `an object with ${shown.join(", ")}${names.length > 5 ? ", …" : ""}`;
}
