import type { Event, JsonValue } from "./event.ts";
import type { FeedSpec } from "./feed-spec.ts";
import { parseTime } from "./parse-time.ts";

/**
 * Where SIEMs and log shippers put the time of an event: Elastic and Logstash; many; Sysmon; Windows event XML; Azure;
 * NXLog (a Windows machine's local time without a zone, so after Sysmon's); CloudTrail; Splunk; Zeek; many.
 */
const usualFields: readonly string[] = [
  "@timestamp",
  "timestamp",
  "UtcTime",
  "TimeCreated",
  "TimeGenerated",
  "EventTime",
  "eventTime",
  "_time",
  "ts",
  "time",
  "datetime",
  "date",
];

/** The fields of a feed's events that may hold the event's time, the preferred one first; `a.b` is `b` within `a`. */
export function timeFields(spec: FeedSpec): readonly string[] {
  if (spec.feed === "nessus") return ["host_start"];
  if (spec.feed === "stix") return [];
  const { time } = spec.options;
  return time === undefined ? usualFields : [time].flat();
}

/**
 * When an event happened, in milliseconds since 1970 UTC; undefined when none of its time fields says so, and the time
 * of its Kafka record counts.
 */
export function eventTime(event: Event, spec: FeedSpec): number | undefined {
  for (const field of timeFields(spec)) {
    const value = valueAt(event, field);
    if (typeof value !== "string" && typeof value !== "number") continue;
    const time = parseTime(value);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** The field of that very name, or else the one at that path. */
export function valueAt(event: JsonValue, path: string): JsonValue | undefined {
  const own = ownValue(event, path);
  if (own !== undefined || !path.includes(".")) return own;
  let value: JsonValue | undefined = event;
  for (const name of path.split(".")) value = ownValue(value, name);
  return value;
}

function ownValue(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, name) ? value[name] : undefined;
}
