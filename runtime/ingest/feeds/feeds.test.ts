import { expect, test } from "vitest";
import { FeedError } from "./feed-error.ts";
import { feeds } from "./feeds.ts";

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

test("a feed is plain data, which a worker can be given", () => {
  for (const feed of [feeds.json({ time: "a.b", records: "rows" }), feeds.nessus(), feeds.stix()])
    expect(structuredClone(feed)).toEqual(feed);
  expect(feeds.json()).toEqual({ feed: "json", options: {} });
  expect(feeds.json({ time: "a.b", records: "rows" })).toEqual({
    feed: "json",
    options: { time: ["a.b"], records: "rows" },
  });
  expect(feeds.json({ time: ["a", "b"] }).options).toEqual({ time: ["a", "b"] });
});

test("an option that doesn't exist is refused, with the one that was meant", () => {
  expect(messageOf(() => feeds.json({ record: "x" } as never))).toBe(
    "feeds.json has no option `record`.\nDid you mean `records`? It has: time, records.",
  );
  expect(messageOf(() => feeds.stix({ version: "2.1" } as never))).toBe(
    "feeds.stix has no option `version`.\nWrite feeds.stix()",
  );
  expect(messageOf(() => feeds.nessus("scan.nessus" as never))).toBe(
    'feeds.nessus was given "scan.nessus", not options.\nWrite feeds.nessus()',
  );
});

test("an option that isn't a name is refused", () => {
  expect(messageOf(() => feeds.json({ time: 5 as never }))).toBe(
    "feeds.json can't take its time from 5.\n" +
      'Name a field or several, the preferred one first: feeds.json({ time: ["event.created", "@timestamp"] })',
  );
  expect(messageOf(() => feeds.json({ time: [] }))).toContain("can't take its time from [].");
  expect(messageOf(() => feeds.json({ records: "" }))).toBe(
    'feeds.json can\'t find records at "".\nName the field that holds the array: feeds.json({ records: "vulnerabilities" })',
  );
  expect(messageOf(() => feeds.json("@timestamp" as never))).toContain("Write feeds.json({ time: … })");
});
