import { expect, test } from "vitest";
import { translateSailMessage } from "./sail-messages.ts";

test.each([
  [
    'ambiguous attribute: ObjectName([Identifier("Host")])',
    "AMBIGUOUS_REFERENCE",
    "`Host`",
    "spark.sql.caseSensitive",
  ],
  ["invalid argument: expected one statement", "PARSE_SYNTAX_ERROR", "one statement", "a call of its own"],
  ["Json error: Not valid JSON: EOF at line 1", "MALFORMED_RECORD", "EOF at line 1", "skip bad ones"],
  ["Csv error: incorrect number of fields for line 2", "MALFORMED_RECORD", "for line 2", "sc.textFile"],
  [
    "Parquet error: Invalid Parquet file. Corrupt footer",
    "FAILED_READ_FILE",
    "Corrupt footer",
    "spark.read.text()",
  ],
  ["glob pattern is not allowed in the output URL: /a/x?y/", "INVALID_PATH", "/a/x?y/", "another name"],
  ["divide by zero", "DIVIDE_BY_ZERO", "division by zero", "try_divide"],
])("%s", (message, errorClass, what, remedy) => {
  const translated = translateSailMessage(message)!;
  expect(translated.errorClass).toBe(errorClass);
  const [first, second] = translated.message.split("\n");
  expect(first).toContain(what);
  expect(second).toContain(remedy);
});

test("a message nobody knows stays as it is", () => {
  expect(translateSailMessage("something new")).toBeUndefined();
});
