import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { feeds } from "./feeds.ts";
import { parseFeed } from "./parse-feed.ts";

const parse = (spec: Parameters<typeof parseFeed>[0], text: string) =>
  JSON.stringify(parseFeed(spec)!(Buffer.from(text)));

test("JSON events as they are need no parsing here", () => {
  expect(parseFeed(feeds.json())).toBeUndefined();
  expect(parseFeed(feeds.json({ time: "seen" }))).toBeUndefined();
});

test("a feed that crossed to a worker still parses", () => {
  const spec = structuredClone(feeds.json({ records: "data.rows" }));
  expect(parse(spec, '{"data":{"rows":[{"id":9007199254740993}]}}')).toBe('[{"id":9007199254740993}]');
  expect(parse(structuredClone(feeds.stix()), '{"type":"tool","id":"tool--1"}')).toBe(
    '[{"type":"tool","id":"tool--1"}]',
  );
});

test("a whole score is written with a fraction, so that its column is one of fractions", () => {
  const item =
    '<ReportItem port="80" severity="4"><vpr_score>9</vpr_score><cvss_base_score>7.5</cvss_base_score></ReportItem>';
  const xml = `<NessusClientData_v2><Report><ReportHost>${item}</ReportHost></Report></NessusClientData_v2>`;
  expect(parse(feeds.nessus(), xml)).toBe('[{"port":80,"severity":4,"vpr_score":9.0,"cvss_base_score":7.5}]');
});

test.for([
  ["web-server.nessus", feeds.nessus(), 49],
  ["firewall.nessus", feeds.nessus(), 7],
  ["ics-attack.stix.json", feeds.stix(), 513],
  ["known-exploited.json", feeds.json({ records: "vulnerabilities" }), 294],
] as const)("reads all of the example %s", ([name, spec, count]) => {
  const value = readFileSync(join(import.meta.dirname, "../../../examples/data", name));
  expect(parseFeed(spec)!(value).length).toBe(count);
});
