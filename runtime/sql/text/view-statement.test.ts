import { expect, test } from "vitest";
import { viewStatement } from "./view-statement.ts";

test.each([
  ["CREATE TEMP VIEW a AS SELECT 1", { does: "create", name: "a", isGlobal: false }],
  ["create or replace temporary view `a b` as select 1", { does: "create", name: "a b", isGlobal: false }],
  ["CREATE TEMPORARY VIEW IF NOT EXISTS v(x) AS SELECT 1", { does: "create", name: "v", isGlobal: false }],
  ["-- first\n/* c */ CREATE GLOBAL TEMP VIEW g USING csv", { does: "create", name: "g", isGlobal: true }],
  ["DROP VIEW IF EXISTS a;", { does: "drop", name: "a", isGlobal: false }],
  ["DROP VIEW global_temp.`g`", { does: "drop", name: "g", isGlobal: true }],
])("%s", (text, statement) => {
  expect(viewStatement(text)).toEqual(statement);
});

test.each(["CREATE VIEW kept AS SELECT 1", "SELECT 'CREATE TEMP VIEW a AS SELECT 1'", "DROP TABLE a", ""])(
  "%s is none",
  (text) => {
    expect(viewStatement(text)).toBeUndefined();
  },
);
