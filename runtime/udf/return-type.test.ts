import { expect, test } from "vitest";
import { IntegerType, StructType } from "../sql/types.ts";
import { returnType, rowSchema } from "./return-type.ts";

test("a type is DDL of one type, of a struct's columns, or a data type", () => {
  expect(returnType("udf()", "int")).toBe("integer");
  expect(returnType("udf()", "decimal(10,2)")).toBe("decimal(10,2)");
  expect(returnType("udf()", "array<struct<x: int>>")).toMatchObject({
    type: "array",
    elementType: { type: "struct" },
  });
  expect(returnType("udf()", "date date, b int")).toMatchObject({
    type: "struct",
    fields: [
      { name: "date", type: "date" },
      { name: "b", type: "integer" },
    ],
  });
  expect(returnType("udf()", new IntegerType())).toBe("integer");
});

test("a type that isn't understood, or that no value can be made of, is refused", () => {
  expect(() => returnType("udf()", "nonsense type")).toThrow(
    '"nonsense type", which isn\'t understood.\nWrite it as in SQL',
  );
  expect(() => returnType("udf()", 5 as never)).toThrow("udf() was given number as a type.\nPass DDL");
});

test("types that no worker gives to an engine are refused, within others too, with another way", () => {
  expect(() => returnType("udf()", "variant")).toThrow(
    "udf() was given the type variant, and the engines' workers take no VARIANT from functions.\n" +
      'Return the JSON as "string" and parse the column: parseJson(f(x)).',
  );
  expect(() => returnType("udf()", "array<interval year to month>")).toThrow(
    "take no interval of years and months from functions.\n" +
      'Return the months as "int" and make the column: makeYmInterval(lit(0), f(x)).',
  );
  expect(() => returnType("udf()", "a map<string, interval>")).toThrow(
    'take no calendar interval from functions.\nReturn "interval day to second" instead.',
  );
  expect(returnType("udf()", "interval day to second")).toBe("interval day to second");
});

test("a schema needs columns", () => {
  expect(rowSchema("mapInArrow()", "a int")).toMatchObject({ fields: [{ name: "a", type: "integer" }] });
  expect(rowSchema("mapInArrow()", new StructType().add("a b", new IntegerType())).fields).toHaveLength(1);
  expect(() => rowSchema("mapInArrow()", new IntegerType())).toThrow(
    "not a schema.\nPass columns with types",
  );
  expect(() => rowSchema("mapInArrow()", undefined as never)).toThrow("no schema.\nPass that of its rows");
});
