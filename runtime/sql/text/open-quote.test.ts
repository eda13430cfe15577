import { expect, test } from "vitest";
import { QuoteReader } from "./open-quote.ts";

test.each<[string, string | undefined]>([
  ["SELECT 1", undefined],
  ["SELECT 'a", "'"],
  ["SELECT 'a''b'", undefined],
  ["SELECT 'it\\'s", "'"],
  ["SELECT r'a\\'", undefined],
  ["SELECT bar'a\\'", "'"],
  ['SELECT "a\\"', '"'],
  ["SELECT `a\\` ", undefined],
  ["SELECT `a``", "`"],
  ["SELECT 1 -- it's", "a comment"],
  ["SELECT 1 -- it's\n", undefined],
  ["SELECT /* ' */ ", undefined],
  ["SELECT /* /* */ ", "a comment"],
  ["SELECT '-- ", "'"],
  ["SELECT 1 - -", undefined],
])("%j leaves %s open", (text, open) => {
  expect(new QuoteReader().read(text)).toBe(open);
});

test("what is open stays so over pieces", () => {
  const reader = new QuoteReader();
  expect(["SELECT '", "a", "' || \"", '" -- '].map((piece) => reader.read(piece))).toEqual([
    "'",
    "'",
    '"',
    "a comment",
  ]);
});
