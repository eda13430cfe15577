import type { Event, JsonValue } from "./event.ts";
import type { FeedSpec } from "./feed-spec.ts";
import { parseJsonRecords } from "./json-records.ts";
import { parseNessus } from "./nessus.ts";
import { nessusScores } from "./nessus-value.ts";
import { parseStix } from "./stix.ts";

/** An object that JSON.stringify writes as the text given; TypeScript's library doesn't have it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): JsonValue };

/**
 * What turns a record's value into events, ready for JSON.stringify; undefined for a feed whose values are JSON events
 * as they are, so that nobody has to parse them here.
 */
export function parseFeed(spec: FeedSpec): ((value: Uint8Array) => Event[]) | undefined {
  if (spec.feed === "stix") return parseStix;
  if (spec.feed === "nessus") return (value) => parseNessus(value).map(withFractions);
  const { records } = spec.options;
  return records === undefined ? undefined : (value) => parseJsonRecords(value, records);
}

/** A score of 9 is written 9.0: a column of scores holds fractions, also where its first ones have none. */
function withFractions(event: Event): Event {
  for (const name of nessusScores) {
    const score = event[name];
    if (Number.isInteger(score)) event[name] = rawJSON(`${score}.0`);
  }
  return event;
}
