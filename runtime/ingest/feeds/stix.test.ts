import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FeedError } from "./feed-error.ts";
import { parseStix } from "./stix.ts";

const path = join(import.meta.dirname, "../../../../shared/data/threat-intel/mitre-ics-attack.stix.json");
const parse = (value: unknown) =>
  parseStix(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)));
const messageOf = (value: unknown): string => {
  try {
    parse(value);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};
const remedy = "Send a STIX 2.1 bundle, one STIX object or an envelope of TAXII 2.1 as a record's value.";
const malware = { type: "malware", id: "malware--1", name: "Stuxnet", aliases: ["W32"], is_family: true };
const uses = {
  type: "relationship",
  id: "relationship--2",
  relationship_type: "uses",
  source_ref: "malware--1",
  target_ref: "attack-pattern--3",
};

test("a bundle, an envelope and one object alone give their objects", () => {
  expect(parse({ type: "bundle", id: "bundle--0", objects: [malware, uses] })).toEqual([malware, uses]);
  expect(parse({ more: true, next: "2", objects: [malware] })).toEqual([malware]);
  expect(parse(malware)).toEqual([malware]);
  for (const empty of [
    { type: "bundle", id: "bundle--0" },
    { type: "bundle", objects: [] },
    { more: false },
    {},
  ])
    expect(parse(empty)).toEqual([]);
});

test("MITRE's id and the CVEs stand in columns of their own", () => {
  const references = [
    { source_name: "Dragos", url: "https://example.com/CVE-2020-1234" },
    { source_name: "mitre-attack", external_id: "T0803" },
    { source_name: "cve", external_id: "cve-2012-1823" },
    { source_name: "CVE", external_id: "CVE-2012-1823" },
    { source_name: "cve", external_id: "unknown" },
    { source_name: "cve" },
  ];
  const object = {
    type: "vulnerability",
    id: "vulnerability--1",
    name: "CVE-2021-44228",
    external_references: references,
  };
  expect(parse(object)).toEqual([{ ...object, mitre_id: "T0803", cve: ["CVE-2012-1823", "CVE-2021-44228"] }]);
  expect(parse({ ...malware, name: "CVE-2021-44228", external_references: "none" })[0]).not.toHaveProperty(
    "cve",
  );
  expect(parse({ ...object, mitre_id: "own", cve: "own" })[0]).toMatchObject({ mitre_id: "own", cve: "own" });
});

test("objects of 2.0 get their bundle's version", () => {
  const events = parse({
    type: "bundle",
    spec_version: "2.0",
    objects: [malware, { ...malware, spec_version: "2.1" }],
  });
  expect(events.map((event) => event.spec_version)).toEqual(["2.0", "2.1"]);
});

test("dictionaries with keys of anyone's choice are arrays", () => {
  const event = parse({
    ...malware,
    extensions: { "extension-definition--9": { rank: 5 } },
    hashes: { MD5: "0f" },
    objects: { 0: { type: "file" } },
  })[0];
  expect(event.extensions).toEqual([{ name: "extension-definition--9", value: { rank: 5 } }]);
  expect(event.objects).toEqual([{ name: "0", value: { type: "file" } }]);
  expect(event.hashes).toEqual({ MD5: "0f" });
});

test("no number is rounded", () => {
  const [event] = parse(
    '{"type":"file","id":"file--1","size":9007199254740993,"low":-9007199254740993,"fits":9007199254740991,"half":0.5,"big":1e400,"one":1.0}',
  );
  expect(event).toMatchObject({ size: "9007199254740993", low: "-9007199254740993", fits: 9007199254740991 });
  expect(event).toMatchObject({ half: 0.5, big: "1e400", one: 1 });
});

test("names of JavaScript's own are plain data", () => {
  const text = '{"type":"malware","id":"malware--1","__proto__":{"mitre_id":"T1"},"constructor":"x"}';
  const [event] = parse(text);
  expect(JSON.stringify(event)).toBe(text);
  expect(event.mitre_id).toBeUndefined();
});

test("what isn't STIX is refused, saying what it is", () => {
  expect(messageOf({ title: "KEV", count: 1, vulnerabilities: [{}] })).toBe(
    "The record is no STIX: it is an object with title, count, vulnerabilities.\n" +
      `${remedy} For JSON of another kind: feeds.json({ records: "vulnerabilities" })`,
  );
  expect(messageOf([malware])).toBe(`The record is no STIX: it is an array of 1.\n${remedy}`);
  expect(messageOf("null")).toBe(`The record is no STIX: it is null.\n${remedy}`);
  expect(messageOf({ type: "malware", id: "tool--1" })).toBe(
    `The record is no STIX: it is an object with type, id.\n${remedy}`,
  );
  expect(messageOf({ type: "bundle", objects: {} })).toBe(
    `The bundle's \`objects\` is an empty object, not an array.\n${remedy}`,
  );
  for (const [object, found] of [
    [{ type: "malware" }, "an object with type"],
    [[], "an array of 0"],
    [7, "the number 7"],
    [null, "null"],
  ] as const) {
    expect(messageOf({ type: "bundle", objects: [malware, object] })).toBe(
      `\`objects[1]\` is no STIX object: it is ${found}.\n` +
        'Each needs a `type` and an `id` that begins with it, as "malware--…".',
    );
  }
});

test("bytes that aren't a JSON document are refused", () => {
  expect(messageOf("")).toBe("The record is empty, not JSON.\nSend one JSON document as a record's value.");
  expect(messageOf('{"type":"bundle","objects":[')).toMatch(
    /^The record isn't JSON: .*\nSend one whole JSON document/,
  );
  expect(messageOf("<stix:STIX_Package/>")).toMatch(/\nIt begins like XML: /);
  expect(messageOf(`{"type":"bundle","objects":${"[".repeat(100_000)}`)).toContain("nested deeper than 256");
  expect(messageOf(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`)).toContain("nested deeper than 256");
});

test("reads every object of MITRE's ATT&CK for ICS", (context) => {
  if (!existsSync(path)) context.skip(`put MITRE's bundle at ${path}`);
  const text = readFileSync(path, "utf8");
  const events = parse(text);
  expect(events.length).toBe(text.match(/^ {12}"type": "/gm)?.length);
  expect(events.length).toBe(1826);
  const countOf = (type: string) => events.filter((event) => event.type === type).length;
  expect(["relationship", "attack-pattern", "malware", "x-mitre-asset"].map(countOf)).toEqual([
    1373, 95, 30, 18,
  ]);
  expect(
    events
      .filter((event) => event.type === "attack-pattern")
      .every((event) => /^T\d{4}$/.test(String(event.mitre_id))),
  ).toBe(true);
  const stuxnet = events.find((event) => event.name === "Stuxnet")!;
  expect(stuxnet).toMatchObject({ type: "malware", mitre_id: "S0603", spec_version: "2.1" });
  const used = events.filter(
    (event) => event.relationship_type === "uses" && event.source_ref === stuxnet.id,
  );
  expect(used.length).toBe(25);
  expect(used.length).toBe(text.split(`"source_ref": "${stuxnet.id}"`).length - 1);
});
