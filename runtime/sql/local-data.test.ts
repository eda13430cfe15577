import { tableFromArrays, tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { valuesOf } from "./arrow-rows.ts";
import { type LocalData, localData, type SchemaLike } from "./local-data.ts";
import { Decimal } from "./decimal.ts";
import { StructType } from "./types.ts";
import { CalendarInterval } from "./values/calendar-interval.ts";
import { DayTimeInterval } from "./values/day-time-interval.ts";
import { Time } from "./values/time.ts";
import { VariantVal } from "./values/variant-val.ts";
import { YearMonthInterval } from "./values/year-month-interval.ts";

/** The schema and the rows of the relation, as a server would read them. */
function sent(data: LocalData, schema?: SchemaLike): { schema: string; rows: unknown[][] } {
  const { relation } = localData(data, schema);
  if (relation.relType.case !== "localRelation") throw new Error(`sent ${relation.relType.case}`);
  const { data: bytes, schema: json } = relation.relType.value;
  const struct = StructType.fromJson(json!);
  if (!bytes) return { schema: struct.toDDL(), rows: [] };
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map((field, i) => valuesOf(table.getChildAt(i)!, field));
  const rows = Array.from({ length: table.numRows }, (_, row) => columns.map((values) => values[row]));
  return { schema: struct.toDDL(), rows };
}

describe("local data becomes a relation", () => {
  test("arrays by position, objects by name, single values by themselves", () => {
    expect(sent([["a", 1]], "s string, n int").rows).toEqual([["a", 1]]);
    expect(sent([{ n: 1, s: "a", other: true }], "s string, n int").rows).toEqual([["a", 1]]);
    expect(sent([1, null as never, 3], "int")).toEqual({ schema: "value INT", rows: [[1], [null], [3]] });
    // A schema of one column doesn't make them rows of another kind: PySpark over Connect takes them as well.
    expect(sent([1, 2], "n int")).toEqual({ schema: "n INT", rows: [[1], [2]] });
    expect(sent(["a", "b"])).toEqual({ schema: "value STRING", rows: [["a"], ["b"]] });
    expect(sent([[1, "a"]], ["n"]).schema).toBe("n BIGINT,_2 STRING");
    expect(sent(new Set([["a"], ["b"]]), ["s"]).rows).toEqual([["a"], ["b"]]);
  });

  test.each<[value: object, ddl: string]>([
    [DayTimeInterval.of({ hours: 1 }), "INTERVAL DAY TO SECOND"],
    [YearMonthInterval.of({ months: 1 }), "INTERVAL YEAR TO MONTH"],
    [CalendarInterval.of({ months: 1 }), "INTERVAL"],
    [Time.of("10:00:00"), "TIME(6)"],
    [VariantVal.of({ a: 1 }), "VARIANT"],
    [new Date(0), "TIMESTAMP"],
    [Uint8Array.of(1), "BINARY"],
    [new Decimal("1.5"), "DECIMAL(38,18)"],
    [new Map([["a", 1]]), "MAP<STRING, BIGINT>"],
  ])("%o by itself is the value of a row, not a row", (value, ddl) => {
    const alone = sent([value] as unknown as LocalData);
    expect(alone).toEqual({ ...sent([[value]], ["value"]) });
    expect(alone.schema).toBe(`value ${ddl}`);
    expect(alone.rows[0][0]).not.toBeNull();
  });

  test("texts of every script, with nulls between, many at once", () => {
    const texts = Array.from({ length: 3000 }, (_, i) =>
      i % 7 === 0 ? null : `${i % 5 ? "row" : "größe 漢字 😀"} ${i}`,
    );
    expect(
      sent(
        texts.map((text) => [text]),
        "s string",
      ).rows.flat(),
    ).toEqual(texts);
  });

  test("numbers at their bounds", () => {
    const longs = [
      Number.MAX_SAFE_INTEGER,
      -Number.MAX_SAFE_INTEGER,
      2 ** 32,
      -(2 ** 32) - 1,
      -1,
      0,
      null,
      2 ** 31,
    ];
    expect(
      sent(
        longs.map((n) => [n]),
        "n bigint",
      ).rows.flat(),
    ).toEqual(longs);
    expect(sent([[9223372036854775807n], [1]], "n bigint").rows.flat()).toEqual([9223372036854775807n, 1]);
    expect(sent([[-0], [Number.NaN], [5e-324]], "x double").rows.flat()).toEqual([-0, Number.NaN, 5e-324]);
  });

  test("Arrow tables keep their types, dictionaries become text", () => {
    const table = tableFromArrays({ n: Int32Array.of(1, 2), s: ["a", "b"], big: BigUint64Array.of(1n, 2n) });
    expect(sent(table)).toEqual({
      schema: "n INT NOT NULL,s STRING,big BIGINT NOT NULL",
      rows: [
        [1, "a", 1],
        [2, "b", 2],
      ],
    });
    expect(sent(table, "x bigint, y string, z double").schema).toBe("x BIGINT,y STRING,z DOUBLE");
    expect(sent(table, ["x"]).schema).toBe("x INT NOT NULL,_2 STRING,_3 BIGINT NOT NULL");
    expect(sent(table.batches[0]).rows).toHaveLength(2);
  });

  test("no rows are the schema alone", () => {
    expect(sent([], "a int, b string")).toEqual({ schema: "a INT,b STRING", rows: [] });
  });

  test("what is large goes beside the plan", () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [i, "x".repeat(60)]);
    const { relation, prerequisites } = localData(rows, "n int, s string");
    expect([relation.relType.case, prerequisites.length]).toEqual([undefined, 1]);
  });
});

const half = "a\ud800";
describe("local data that doesn't fit is refused with its place and what to do", () => {
  test.each<[unknown, unknown, string, string]>([
    [[["a"], [1]], "s string", "Row 1 has 1 (number) in column `s` of type string.", "Convert the value"],
    [[[half]], "s string", "Row 0 has half of a surrogate pair in column `s`", "Convert the value"],
    [[["😀", half]], "a string, b string", "Row 0 has half of a surrogate pair in column `b`", "Convert"],
    [[[1]], [half], "has half of a surrogate pair, which UTF-8 has no bytes for.", "name.toWellFormed()"],
    [
      [[1, 2]],
      "a int",
      "Row 0 has 2 values, and the schema 1 columns: a.",
      "Give each row one value a column",
    ],
    [
      [["x"], null],
      "s string",
      "Row 1 is null, not a row.",
      'Pass rows as arrays or objects, as in [["a", 1]]',
    ],
    [[["2020-02-30"]], "d date", 'Row 0 has "2020-02-30" (string) in column `d` of type date.', "Convert"],
    [[[null]], "n int NOT NULL", "which the schema says is never null", "Convert"],
    [7, undefined, "createDataFrame() was given number.", "an Arrow table, a local frame or an RDD."],
    [[[1]], 7, "createDataFrame() was given number for a schema.", "Pass DDL such as"],
    [[], undefined, "There are no rows to tell the types from.", "Pass a schema"],
    [
      tableFromArrays({ n: [1] }),
      "a int, b int",
      "The table has 1 columns, and the schema 2.",
      "one in the schema",
    ],
    [
      tableFromArrays({ n: [0.5] }),
      "a int",
      "Row 0 has 0.5 (number) in column `a` of type integer.",
      "Convert",
    ],
  ])("%o as %o", (data, schema, what, remedy) => {
    expect(() => localData(data as LocalData, schema as SchemaLike)).toThrow(what);
    expect(() => localData(data as LocalData, schema as SchemaLike)).toThrow(remedy);
  });
});
