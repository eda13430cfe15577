import { expect, test } from "vitest";
import { javaPattern, javaReplacement } from "./java-pattern.ts";

test.each([
  ["\\w+@\\w+", "[0-9A-Za-z_]+@[0-9A-Za-z_]+"],
  ["[\\w.-]+", "[0-9A-Za-z_.-]+"],
  ["[^\\d]", "[^0-9]"],
  ["[\\W]", "[[^0-9A-Za-z_]]"],
  ["\\D\\S", "[^0-9][^\\t\\n\\x0B\\f\\r ]"],
  ["\\p{Alpha}[\\p{Digit}_]\\P{Upper}", "[[:alpha:]][[:digit:]_][[:^upper:]]"],
  ["\\p{L}\\p{IsGreek}", "\\p{L}\\p{IsGreek}"],
  ["\\Qa.b[c\\E+", "a\\.b\\[c+"],
  ["\\Qa.b", "a\\.b"],
  ["[]x]\\d", "[\\]x][0-9]"],
  ["[^]x]", "[^\\]x]"],
  ["\\\\d", "\\\\d"],
  ["\\.\\[\\]\\b", "\\.\\[\\]\\b"],
  ["(?U)\\w", "(?U)\\w"],
  ["(?i)a|b$", "(?i)a|b$"],
  ["\\", "\\"],
  ["", ""],
])("%j is %j", (java, rust) => {
  expect(javaPattern(java)).toBe(rust);
});

test.each([
  ["<$1>", "<${1}>"],
  ["$1x", "${1}x"],
  ["${name}", "${name}"],
  ["\\$5", "$$5"],
  ["a\\b", "ab"],
  ["plain", "plain"],
])("the replacement %j is %j", (java, rust) => {
  expect(javaReplacement(java)).toBe(rust);
});
