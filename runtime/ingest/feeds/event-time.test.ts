import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Event } from "./event.ts";
import { eventTime, timeFields } from "./event-time.ts";
import { feeds } from "./feeds.ts";

const siem = join(import.meta.dirname, "../../../../shared/data/siem");
const iso = (event: Event, spec = feeds.json()) => {
  const ms = eventTime(event, spec);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

test("the first field that holds a time counts, the machine's local time after the others", () => {
  const event = {
    EventTime: "2020-10-22 04:29:46",
    EventReceivedTime: "2020-10-22 04:29:48",
    UtcTime: "2020-10-22 08:29:46.562",
    "@timestamp": "2020-10-22T08:29:48.785Z",
  };
  expect(iso(event)).toBe("2020-10-22T08:29:48.785Z");
  expect(iso({ ...event, "@timestamp": "soon" })).toBe("2020-10-22T08:29:46.562Z");
  expect(iso({ ...event, "@timestamp": null, UtcTime: {} })).toBe("2020-10-22T04:29:46.000Z");
  expect(iso({ message: "no time" })).toBeUndefined();
  expect(iso({ time: 0.25, date: true })).toBeUndefined();
});

test("a feed's own time fields replace the usual ones, and reach into objects", () => {
  const spec = feeds.json({ time: ["event.created", "seen"] });
  expect(timeFields(spec)).toEqual(["event.created", "seen"]);
  const event = { "@timestamp": "2020-01-01T00:00:00Z", event: { created: 1588205199 }, seen: "2021-01-01" };
  expect(iso(event, spec)).toBe("2020-04-30T00:06:39.000Z");
  expect(iso({ ...event, "event.created": "2022-01-01" }, spec)).toBe("2022-01-01T00:00:00.000Z");
  expect(iso({ ...event, event: "created" }, spec)).toBe("2021-01-01T00:00:00.000Z");
  expect(iso({ "@timestamp": "2020-01-01T00:00:00Z" }, spec)).toBeUndefined();
});

test("names of JavaScript's own are names like others", () => {
  expect(iso({}, feeds.json({ time: ["constructor.name", "__proto__.time", "toString"] }))).toBeUndefined();
  const event = JSON.parse('{"__proto__": {"time": "2021-01-01"}}') as Event;
  expect(iso(event, feeds.json({ time: "__proto__.time" }))).toBe("2021-01-01T00:00:00.000Z");
});

test("a finding's time is its host's, an intelligence object's that of its record", () => {
  expect(iso({ host_start: "2022-03-23T13:31:51Z" }, feeds.nessus())).toBe("2022-03-23T13:31:51.000Z");
  expect(iso({ host_start: "mercredi" }, feeds.nessus())).toBeUndefined();
  expect(iso({ created: "2022-03-23T13:31:51Z" }, feeds.stix())).toBeUndefined();
});

const files = [
  ["apt29-day1-zeek", 2140, "2020-04-30T00:06:38.899Z", "2020-04-30T00:45:00.760Z"],
  ["empire-dcom-shellwindows", 32706, "2020-09-18T17:07:52.019Z", "2020-09-18T17:09:45.304Z"],
  ["empire-wmic-add-user", 12278, "2020-09-14T12:05:46.455Z", "2020-09-14T12:06:49.809Z"],
  ["purplesharp-ad-playbook", 25993, "2020-10-22T08:29:48.785Z", "2020-10-22T08:30:42.832Z"],
] as const;

test.for(files)("every event of %s has its time", ([name, count, first, last], context) => {
  const path = join(siem, `${name}.ndjson.gz`);
  if (!existsSync(path)) context.skip(`put the real events at ${path}`);
  const times = gunzipSync(readFileSync(path))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => iso(JSON.parse(line) as Event) ?? line);
  expect(times.length).toBe(count);
  times.sort();
  expect([times[0], times.at(-1)]).toEqual([first, last]);
});
