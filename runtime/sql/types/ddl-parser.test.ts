import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StructJson, TypeJson } from "../../plan/data-type.ts";
import { DataType, StructType } from "../types.ts";

/** What Spark 4.2 makes of each text: its JSON, tree, simple string and DDL, or that it refuses it. */
interface Golden {
  readonly ddl: string;
  readonly json?: TypeJson;
  readonly error?: string;
  readonly tree?: string;
  readonly simpleString?: string;
  readonly toDDL?: string;
}
const goldens = JSON.parse(readFileSync(join(import.meta.dirname, "ddl.golden.json"), "utf8")) as Golden[];

describe("types in SQL's notation are what Spark makes of them", () => {
  test.each(goldens.filter(({ json }) => json))("$ddl", ({ ddl, json, tree, simpleString, toDDL }) => {
    const type = DataType.fromDDL(ddl);
    expect(type.jsonValue()).toEqual(json);
    expect(DataType.fromJson(type.json()).equals(type)).toBe(true);
    if (tree === undefined) return;
    const struct = StructType.fromJson(json as StructJson);
    expect([struct.treeString(), struct.simpleString(), struct.toDDL()]).toEqual([tree, simpleString, toDDL]);
  });

  test.each(goldens.filter(({ error }) => error))("$ddl is refused", ({ ddl }) => {
    expect(() => DataType.fromDDL(ddl)).toThrow(/expected .+, found|is not a type/);
  });

  test("names of every script need no backticks", () => {
    expect(StructType.fromDDL("größe int, 漢字 string").names).toEqual(["größe", "漢字"]);
  });
});

test.each([
  ["host strin", 'expected a type, found "strin" at character 6.', "Did you mean `string`?"],
  ["a-b int", 'expected a type, found "-" at character 2.', "in backticks: `my-name` int."],
  ["😀 int", 'expected a column\'s name, found "😀" at character 1.', "in backticks: `my-name` int."],
  ["array<int", 'expected ">", found the end.', "Write columns as in"],
  ["n char", "expected the length of char, found the end.", "as in char(20), or use string."],
  ["i interval day to year", "expected a unit smaller than day", "Write it as in interval day to second."],
])("%s is refused with what to do", (ddl, what, remedy) => {
  expect(() => DataType.fromDDL(ddl)).toThrow(what);
  expect(() => DataType.fromDDL(ddl)).toThrow(remedy);
});

test("a single type is no schema", () => {
  expect(() => StructType.fromDDL("array<int>")).toThrow(
    '"array<int>" is the type array<int>, not a schema of columns.\nWrite columns as in',
  );
  expect(() => StructType.fromDDL(7 as never)).toThrow("A schema was given as number.\nPass text:");
});
