import { expect, test } from "vitest";
import { markFragment } from "./mark-fragment.ts";

test.each([
  ["SELECT hots FROM t", 7, 11, "  SELECT hots FROM t\n         ^^^^"],
  ["SELECT 1 +\n  hots\nFROM t", 13, 17, "    hots\n    ^^^^"],
  ["SELECT (1 +\n  2) x", 7, 17, "  SELECT (1 +\n         ^^^^"],
  ["SELECT", 6, 7, "  SELECT\n        ^"],
  ["", 0, 1, "  \n  ^"],
  ["\tSELECT x", 8, 9, "  \tSELECT x\n  \t       ^"],
  ["a\u0000b\r", 2, 3, "  a b \n    ^"],
])("%j", (text, start, end, expected) => {
  expect(markFragment(text, start, end)).toBe(expected);
});

test("a long line is cut around the fragment", () => {
  const [line, carets] = markFragment(`SELECT ${"x, ".repeat(100)}hots${", y".repeat(100)}`, 307, 311).split(
    "\n",
  );
  expect(line.length).toBe(124);
  expect(line).toMatch(/^ {2}….*hots.*…$/);
  expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("hots");
});
