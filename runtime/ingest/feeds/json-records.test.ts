import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FeedError } from "./feed-error.ts";
import { parseJsonRecords } from "./json-records.ts";

const kev = join(import.meta.dirname, "../../../../shared/data/threat-intel/cisa-kev.json");
const parse = (text: string | Uint8Array, path = "rows") => parseJsonRecords(Buffer.from(text), path);
const messageOf = (text: string | Uint8Array, path?: string): string => {
  try {
    parse(text, path);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};

test("gives each object of the array, wherever it is", () => {
  expect(parse('{"rows":[{"a":1},{"b":{"c":[2]}}],"count":2}')).toEqual([{ a: 1 }, { b: { c: [2] } }]);
  expect(parse('{"data":{"items":[{"a":1}]}}', "data.items")).toEqual([{ a: 1 }]);
  expect(parse('{"data.items":[{"a":1}]}', "data.items")).toEqual([{ a: 1 }]);
  expect(parse('\uFEFF{"rows":[]}')).toEqual([]);
});

test("numbers are written again as they were", () => {
  const rows =
    '[{"id":9007199254740993,"keywords":-9223372036854775808,"score":5.0,"tiny":1e-400,"n":[5,0.1,1e3,-0]}]';
  expect(JSON.stringify(parse(`{"rows":${rows}}`))).toBe(rows);
});

test("names of JavaScript's own are plain data", () => {
  const rows = '[{"__proto__":{"isAdmin":true},"constructor":"x"}]';
  const [event] = parse(`{"rows":${rows}}`);
  expect(JSON.stringify([event])).toBe(rows);
  expect((event as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(messageOf("{}", "constructor")).toContain("no array at `constructor`");
});

test("says what is there instead of an array of objects", () => {
  const remedy = 'Name where the array of events is: feeds.json({ records: "data.items" })';
  expect(messageOf('{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}')).toBe(
    `The record has no array at \`rows\`; it is an object with a, b, c, d, e, ….\n${remedy}`,
  );
  expect(messageOf('{"rows":{"a":1}}')).toBe(
    `The record has no array at \`rows\`; it is an object with a there.\n${remedy}`,
  );
  expect(messageOf("[1,2]")).toBe(`The record has no array at \`rows\`; it is an array of 2.\n${remedy}`);
  expect(messageOf('"text"')).toContain('it is the string "text".');
  expect(messageOf('{"rows":[{},7]}')).toBe(
    '`rows[1]` is the number 7, not an object.\nEach event must be an object, as { "name": "value" }.',
  );
});

test("bytes that aren't a JSON document are refused", () => {
  expect(messageOf("")).toBe("The record is empty, not JSON.\nSend one JSON document as a record's value.");
  expect(messageOf('{"rows":[{"a":1}')).toMatch(/^The record isn't JSON: .*\nSend one whole JSON document/s);
  expect(messageOf('{"rows":["')).toMatch(/^The record isn't JSON: /);
  expect(messageOf("<html/>")).toMatch(/\nIt begins like XML: .* feeds\.nessus\(\)\.$/);
  expect(messageOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe(
    "The record isn't UTF-8: byte 2 is 0xff.\nWrite it in UTF-8 before it is sent.",
  );
  expect(messageOf(Buffer.concat([Buffer.from('{"é\uFFFD":"'), Buffer.from([0xc3])]))).toContain(
    "byte 10 is 0xc3.",
  );
});

test("nesting without end is refused, and the stack is whole", () => {
  const open = '{"rows":'.repeat(100_000);
  expect(messageOf(open)).toBe(
    "The record's JSON is nested deeper than 256 (character 2048).\nSend it flatter: no known feed comes near this.",
  );
  expect(parse(`{"x":"${"[".repeat(1000)}\\"[","rows":[{}]}`)).toEqual([{}]);
});

test("reads CISA's known exploited vulnerabilities", (context) => {
  if (!existsSync(kev)) context.skip(`put CISA's catalog at ${kev}`);
  const events = parse(readFileSync(kev), "vulnerabilities");
  expect(events.length).toBe(1404);
  expect(events.length).toBe(readFileSync(kev, "latin1").split('"cveID"').length - 1);
  expect(events[0]).toMatchObject({
    cveID: "CVE-2025-48384",
    dateAdded: "2025-08-25",
    knownRansomwareCampaignUse: "Unknown",
    cwes: ["CWE-59", "CWE-436"],
  });
});
