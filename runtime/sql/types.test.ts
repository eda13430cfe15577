import { describe, expect, test } from "vitest";
import * as T from "./types.ts";

const schema = new T.StructType()
  .add("host", "string")
  .add(new T.StructField("n", new T.LongType(), false, { comment: "events" }))
  .add("tags", new T.ArrayType(new T.StringType("UNICODE_CI"), false));

describe("a schema", () => {
  test("is its columns in order, by name and by position", () => {
    expect([schema.length, schema.fieldNames(), [...schema].map(({ name }) => name)]).toEqual([
      3,
      ["host", "n", "tags"],
      ["host", "n", "tags"],
    ]);
    expect(schema.get("n")).toBe(schema.get(1));
    expect(schema.get(-1).name).toBe("tags");
    expect(schema.get("n").metadata).toEqual({ comment: "events" });
  });

  test("keeps collations beside the types in JSON, as Spark does, and finds them again", () => {
    const [, , tags] = schema.jsonValue().fields;
    expect(tags.type).toEqual({ type: "array", elementType: "string", containsNull: false });
    expect(tags.metadata).toEqual({ __COLLATIONS: { "tags.element": "icu.UNICODE_CI" } });
    expect(T.StructType.fromJson(schema.json()).equals(schema)).toBe(true);
    expect(T.StructType.fromJson(schema.json()).simpleString()).toBe(
      "struct<host:string,n:bigint,tags:array<string collate UNICODE_CI>>",
    );
  });

  test("is written with its keys in alphabetical order, metadata too", () => {
    const field = new T.StructField("n", new T.LongType(), false, {
      z: 1,
      a: { y: [{ d: 1, c: 2 }], b: null },
    });
    const text =
      '{"metadata":{"a":{"b":null,"y":[{"c":2,"d":1}]},"z":1},"name":"n","nullable":false,"type":"long"}';
    expect(field.json()).toBe(text);
    expect(new T.StructType().add(field).json()).toBe(`{"fields":[${text}],"type":"struct"}`);
  });

  test("becomes nullable at every level", () => {
    expect(schema.toNullable().toDDL()).toBe(
      "host STRING,n BIGINT COMMENT 'events',tags ARRAY<STRING COLLATE UNICODE_CI>",
    );
    const nested = new T.StructType().add("m", new T.MapType(new T.StringType(), schema, false), false);
    expect(nested.toNullable().get("m").dataType).toMatchObject({ valueContainsNull: true });
  });

  test("has a tree of as many levels as asked for", () => {
    const nested = new T.StructType().add("a\nb", "struct<x:array<int>>", false);
    expect(nested.treeString(1)).toBe("root\n |-- a\\nb: struct (nullable = false)\n");
    expect(nested.treeString(2)).toContain(" |    |-- x: array (nullable = true)\n");
    expect(nested.treeString(2)).not.toContain("element");
  });

  test("says what is wrong with a field", () => {
    expect(() => schema.get("hosts")).toThrow("No column `hosts` in [host, n, tags].\nDid you mean `host`?");
    expect(() => new T.StructType().add("a", undefined as never)).toThrow(
      'add("a") was given no type.\nPass one',
    );
    expect(() => new T.StructField("a", "int" as never)).toThrow(
      "The field `a` was given string for a type.\nPass one, as in new types.StringType()",
    );
    expect(() => new T.StructField(1 as never, new T.LongType())).toThrow("given as number.\nPass text");
    expect(() => new T.StructType(["a"] as never)).toThrow("isn't a list of fields.\nPass StructFields");
    expect(() => T.DataType.fromJson({ type: "set" } as never)).toThrow(
      "is no type in Spark's JSON.\nPass what json()",
    );
    expect(() => T.DataType.fromJson("bigint")).toThrow(
      '"bigint" is no type in Spark\'s JSON.\nPass a name such as',
    );
  });
});

describe("types with a size", () => {
  test.each<[() => unknown, string, string]>([
    [() => new T.DecimalType(39, 0), "decimal(39,0) is not a type.", "The precision is 1 to 38"],
    [() => new T.CharType(0), "char(0) is not a type.", "Pass the number of characters"],
    [() => new T.VarcharType(1.5), "varchar(1.5) is not a type.", "Pass the number of characters"],
    [() => new T.TimeType(7), "time(7) is not a type.", "The precision is 0 to 6"],
    [() => new T.DayTimeIntervalType(4), "has no field 4.", "DayTimeIntervalType.SECOND (3)"],
    [() => new T.YearMonthIntervalType(1, 0), "can't go from month to year.", "Pass the larger unit first."],
    [() => new T.GeometryType(0.5), "geometry(0.5) is not a type.", 'or "ANY"'],
  ])("refuse others: %o", (make, what, remedy) => {
    expect(make).toThrow(what);
    expect(make).toThrow(remedy);
  });

  test("one field of an interval is that alone", () => {
    expect(new T.DayTimeIntervalType(1).simpleString()).toBe("interval hour");
    expect(new T.DayTimeIntervalType().simpleString()).toBe("interval day to second");
    expect(new T.YearMonthIntervalType(0, 1).simpleString()).toBe("interval year to month");
  });
});

test("what is a type can be asked", () => {
  expect(new T.LongType() instanceof T.DataType).toBe(true);
  expect(("long" as unknown) instanceof T.DataType).toBe(false);
  expect(String(new T.LongType())).toBe("bigint");
  expect(new T.DecimalType(10, 2).equals(new T.DecimalType(10, 3))).toBe(false);
});
