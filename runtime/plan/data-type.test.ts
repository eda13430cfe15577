import { expect, test } from "vitest";
import { dataType, type TypeJson } from "./data-type.ts";

test.each<[TypeJson, object]>([
  ["void", { case: "null" }],
  ["long", { case: "long" }],
  ["decimal(12,3)", { case: "decimal", value: { precision: 12, scale: 3 } }],
  ["string", { case: "string", value: { collation: "" } }],
  ["string collate UTF8_BINARY", { case: "string", value: { collation: "UTF8_BINARY" } }],
  ["string collate UNICODE", { case: "string", value: { collation: "UNICODE" } }],
  ["char(5)", { case: "char", value: { length: 5 } }],
  ["varchar(6)", { case: "varChar", value: { length: 6 } }],
  ["time(3)", { case: "time", value: { precision: 3 } }],
  ["interval", { case: "calendarInterval" }],
  ["interval hour", { case: "dayTimeInterval", value: { startField: 1, endField: 1 } }],
  ["interval day to second", { case: "dayTimeInterval", value: { startField: 0, endField: 3 } }],
  ["interval year to month", { case: "yearMonthInterval", value: { startField: 0, endField: 1 } }],
  ["variant", { case: "variant" }],
  [{ type: "udt", sqlType: "double" }, { case: "double" }],
])("%j has a message", (json, kind) => {
  expect(dataType(json).kind).toMatchObject(kind);
});

test("a field's metadata goes as text", () => {
  const fields = [{ name: "a", type: "long", nullable: false, metadata: { comment: "c" } }];
  expect(dataType({ type: "struct", fields }).kind).toMatchObject({
    value: { fields: [{ name: "a", nullable: false, metadata: '{"comment":"c"}' }] },
  });
});

test.each(["bigint", "interval parsec", "toString"])("%s has none", (name) => {
  expect(() => dataType(name)).toThrow(`no message for type ${name}`);
});
