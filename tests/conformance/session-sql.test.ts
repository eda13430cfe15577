import { describe, expect, test } from "vitest";
import { functions as F, identifier, PlanError, sql } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

const evil = "x'; DROP TABLE t; -- \" ` \\";

describe.each(engines)("SQL with values on %s", (engine) => {
  const context = sessionFor(engine);
  const frame = () =>
    context.spark.createDataFrame(
      [
        ["a", 1],
        [evil, 2],
      ],
      "host string, n int",
    );

  test("a template's values are parameters, its DataFrames tables, its names identifiers", async () => {
    const { spark } = context;
    const df = frame();
    expect(valuesOf(await spark.sql`SELECT n FROM ${df} WHERE host = ${evil}`.collect())).toEqual([[2]]);
    const joined = sql`SELECT a.n + b.n AS s FROM ${df} a JOIN ${df} b ON a.n = b.n ORDER BY s`;
    expect(valuesOf(await joined.collect())).toEqual([[2], [4]]);
    expect(valuesOf(await sql`SELECT n FROM ${joined} JOIN ${df} ON s = n`.collect())).toEqual([[2]]);
    const odd = spark.createDataFrame([[7]], ["od`d. \"name'"]);
    expect(valuesOf(await sql`SELECT ${identifier("od`d. \"name'")} AS x FROM ${odd}`.collect())).toEqual([
      [7],
    ]);
    expect(valuesOf(await sql`SELECT ${F.col("host")} FROM ${df} WHERE n = ${F.lit(1)}`.collect())).toEqual([
      ["a"],
    ]);
  });

  test("values keep their types", async () => {
    const values = sql`SELECT typeof(${1}), typeof(${2 ** 40}), typeof(${1.5}), typeof(${"s"}), typeof(${true}),
      typeof(${null}), typeof(${new Uint8Array([1])}), typeof(${new Date(0)}), typeof(${[1, 2]}),
      typeof(${new Map([["k", 1]])}), typeof(${[[1], [2]]}), typeof(${{ a: 1, b: "x" }})`;
    expect(valuesOf(await values.collect())).toEqual([
      [
        "int",
        "bigint",
        "double",
        "string",
        "boolean",
        "void",
        "binary",
        "timestamp",
        "array<int>",
        "map<string,int>",
        "array<array<int>>",
        "struct<a:int,b:string>",
      ],
    ]);
  });

  test("a list after IN is the list, anywhere else an array", async () => {
    const df = frame();
    expect(valuesOf(await sql`SELECT n FROM ${df} WHERE host IN ${[evil, "zz"]}`.collect())).toEqual([[2]]);
    expect(valuesOf(await sql`SELECT n FROM ${df} WHERE array_contains(${["a"]}, host)`.collect())).toEqual([
      [1],
    ]);
    expect(() => sql`SELECT 1 WHERE 1 IN ${[]}`).toThrow(
      "Leave the condition out when there is nothing to look for.",
    );
  });

  test("{name} in text stands for DataFrames, columns and values", async () => {
    const { spark } = context;
    const df = frame();
    const text =
      "SELECT {df.host} AS h, '{{}}' AS braces FROM {df} WHERE {column} = :n AND {df[host]} = {host}";
    const rows = spark.sql(text, { n: 2 }, { df, column: F.col("n"), host: evil });
    expect(valuesOf(await rows.collect())).toEqual([[evil, "{}"]]);
    expect(valuesOf(await spark.sql("SELECT max(n) FROM {df}", { df }).collect())).toEqual([[2]]);
    expect(valuesOf(await spark.sql("SELECT n FROM {df} WHERE n = ?", [1], { df }).collect())).toEqual([[1]]);
  });

  test("arrays, maps and Columns are parameters of plain text too", async () => {
    const { spark } = context;
    const args = { list: [1, 2], map: new Map([["k", 7]]), one: F.lit(1) };
    const rows = spark.sql("SELECT array_contains(:list, 2), :map['k'], :one + 1", args);
    expect(valuesOf(await rows.collect())).toEqual([[true, 7, 2]]);
  });

  test("a DataFrame's rows are added to a table by SQL", async () => {
    const { spark } = context;
    const table = `added_${process.pid}`;
    await spark.sql(`CREATE TABLE ${table} (host string, n int) USING parquet`).collect();
    try {
      spark.sql`INSERT INTO ${identifier(table)} SELECT * FROM ${frame()}`.collect();
      expect(await spark.table(table).count()).toBe(2);
    } finally {
      await spark.sql(`DROP TABLE ${table}`).collect();
    }
  });

  test("what could become SQL, or stands for nothing, is refused", () => {
    const { spark } = context;
    const df = frame();
    const name = "x";
    const refused: [() => unknown, string][] = [
      [
        () => sql`SELECT '${name}'`,
        "stands within '…', where it would be part of the text and no value.\nTake the quotes",
      ],
      [() => sql`SELECT "it''s ${name}"`, 'stands within "…"'],
      [() => sql`SELECT \`${name}\``, "stands within `…`"],
      [() => sql`SELECT 1 -- ${name}`, "stands within a comment"],
      [() => sql`SELECT 1 /* /* */ ${name} */`, "stands within a comment"],
      [
        () => sql`SELECT ${new URL("https://example.org")}`,
        "can't be sent: No SQL constant stands for an URL.\nPass a string",
      ],
      [
        () => sql`SELECT ${Symbol("s")}`,
        "can't be sent: No SQL constant stands for a symbol.\nPass a string",
      ],
      [() => spark.sql("SELECT {no}", undefined, { df }), "Nothing is given for {no}; given are {df}.\n"],
      [
        () => spark.sql("SELECT {", undefined, { df }),
        'The "{" at character 8 of the SQL has no other one.\nWrite "{{"',
      ],
      [
        () => spark.sql("SELECT {n.x}", undefined, { n: 1 }),
        "{n.x} asks for a column of {n}, which is no DataFrame.",
      ],
      [
        () => spark.sql("SELECT ?, {n}", [1], { n: 1 }),
        "can't be sent together.\nGive the parameters by name",
      ],
      [() => spark.sql("SELECT :a", new Date() as never), "sql(args) was given a Date.\nPass values by name"],
      [() => spark.sql(5 as never), 'sql() was given number, not text.\nPass SQL: spark.sql("SELECT 1")'],
      [() => spark.sql(spark.range(1) as never), "sql() was given a DataFrame, not text.\nPass SQL"],
      [() => sql`SELECT ${"\ud800"}`, "an unpaired surrogate), which can't be sent.\nMend the text"],
      [
        () => sql`CREATE TEMP VIEW v AS SELECT * FROM ${df}`,
        "A view made by SQL can't read a DataFrame: its name here ends with the statement.\nMake the view of the result",
      ],
      [() => identifier(), 'identifier() was given undefined.\nPass text: identifier("logs", "events")'],
      [() => identifier("a", ""), "identifier() was given empty text."],
    ];
    for (const [call, message] of refused) {
      expect(call, message).toThrow(PlanError);
      expect(call).toThrow(message);
    }
  });
});
