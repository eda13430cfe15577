import { describe, expect, test } from "vitest";
import { parseRecords } from "./parse-records.ts";
import { spans } from "./source/record-batch.ts";

const records = ["a", "b", null].map((text, i) => ({
  offset: i,
  timestampMs: 0,
  key: null,
  value: text === null ? null : Buffer.from(text),
}));

/** What becomes of the record "b". */
function parsed(parse: (value: Buffer) => unknown) {
  const isB = (value: Buffer) => value.toString() === "b";
  const found = parseRecords(records, (value) => (isB(value) ? parse(value) : { isA: true }));
  const texts = [...spans(found.events)].map(
    ({ value }) => value && Buffer.from(found.events.bytes.subarray(...value)).toString(),
  );
  expect(texts[0]).toBe('{"isA":true}');
  expect(texts[2]).toBeUndefined();
  return found.refused.get(1) ?? JSON.parse(texts[1]!);
}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe("a parse function", () => {
  test.each<[string, (value: Buffer) => unknown, unknown]>([
    ["gives an event", () => ({ id: 1 }), { id: 1 }],
    ["gives none", () => [], []],
    ["gives several", () => [{ id: 1 }, { id: 2 }], [{ id: 1 }, { id: 2 }]],
    ["returns nothing", () => undefined, "The parse function returned no event."],
    ["returns a function", () => () => 1, "The parse function returned no event."],
    ["returns a bigint", () => ({ id: 1n }), /BigInt/],
    ["returns a cyclic object", () => cyclic, /circular/],
    ["is async", async () => ({ id: 1 }), /returned a promise/],
    ["throws a text", () => fail("no number"), "no number"],
    ["throws nothing", () => fail(undefined), "undefined"],
    ["throws null", () => fail(null), "null"],
    ["throws what has no text", () => fail(Object.create(null)), /has no text/],
  ])("%s", (_, parse, expected) => {
    const found = parsed(parse);
    if (expected instanceof RegExp) expect(found).toMatch(expected);
    else expect(found).toEqual(expected);
  });

  test("is async and fails: nothing is left that would end the process", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", note);
    expect(parsed(async () => fail(new Error("late")))).toMatch(/returned a promise/);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  test("can't change the record", () => {
    parsed((value) => value.fill(0));
    expect(records[1].value!.toString()).toBe("b");
  });
});

function fail(error: unknown): never {
  throw error;
}
