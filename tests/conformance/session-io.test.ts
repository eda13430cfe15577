import { describe, expect, test } from "vitest";
import { functions as F, PlanError, SparkError, types } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

const rows = [
  ["a", 1],
  ["b,c", 2],
];

describe.each(engines)("readers and writers on %s", (engine) => {
  const context = sessionFor(engine);
  const frame = () => context.spark.createDataFrame(rows, "host string, n int");

  test("keyword arguments of the last methods are mode, partitions and options", async () => {
    const { spark, folder } = context;
    await frame().write.csv(`${folder}/kw.csv`, { header: true, sep: ";", mode: "overwrite" });
    await frame().write.csv(`${folder}/kw.csv`, "append", null, ";");
    const back = spark.read.csv(`${folder}/kw.csv`, {
      sep: ";",
      schema: "host string, n int",
      mode: "DROPMALFORMED",
    });
    expect(await back.filter("host = 'b,c'").count()).toBe(2);
    await frame().write.parquet(`${folder}/kw.parquet`, {
      mode: "overwrite",
      partitionBy: ["host"],
      compression: "gzip",
    });
    const parts = spark.read.parquet(`${folder}/kw.parquet`).filter("host = 'a'").select("n");
    expect(valuesOf(await parts.collect())).toEqual([[1]]);
    await frame().write.save(`${folder}/kw.json`, { format: "json", mode: "overwrite" });
    const loaded = spark.read.load(`${folder}/kw.json`, "json", "n int, host string").orderBy("n");
    expect(valuesOf(await loaded.collect())).toEqual([
      [1, "a"],
      [2, "b,c"],
    ]);
    expect(await spark.read.load([`${folder}/kw.parquet`]).count()).toBe(2);
  });

  test("a schema is DDL or a StructType, positional or by name", async () => {
    const { spark, folder } = context;
    await frame().write.json(`${folder}/schema.json`, { mode: "overwrite" });
    for (const schema of ["n bigint", types.fromDDL("n bigint")]) {
      expect(await spark.read.schema(schema).json(`${folder}/schema.json`).dtypes()).toEqual([
        ["n", "bigint"],
      ]);
      expect(await spark.read.json(`${folder}/schema.json`, schema).dtypes()).toEqual([["n", "bigint"]]);
      expect(await spark.read.json(`${folder}/schema.json`, { schema }).dtypes()).toEqual([["n", "bigint"]]);
    }
  });

  test("a table is made by writeTo, and added to where its catalog lets it", async () => {
    const { spark } = context;
    const table = `made_${engine.replaceAll(/\W/g, "_")}_${process.pid}`;
    try {
      await frame().writeTo(table).using("parquet").tableProperty("owner", "me").create();
      await expect(frame().writeTo(table).using("parquet").create()).rejects.toThrow(SparkError);
      // Spark's own catalog has tables of the first kind alone, which this writer can make and not change.
      if (spark.engine.name === "sail") {
        await frame().writeTo(table).append();
        expect(await spark.table(table).count()).toBe(4);
      } else {
        await expect(frame().writeTo(table).append()).rejects.toThrow("Cannot write into v1 table");
      }
      await spark.catalog.dropTable(table);
      await expect(frame().writeTo(table).append()).rejects.toThrow(SparkError);
    } finally {
      await spark.catalog.dropTable(table, { ifExists: true, purge: true });
    }
  });

  test("saveAsTable and insertInto take keyword arguments", async () => {
    const { spark } = context;
    const table = `saved_${process.pid}`;
    try {
      await frame().write.saveAsTable(table, { format: "parquet", mode: "overwrite" });
      await frame().write.insertInto(table);
      expect(await spark.table(table).count()).toBe(4);
      await frame().write.insertInto(table, true);
      expect(await spark.table(table).count()).toBe(2);
    } finally {
      await spark.catalog.dropTable(table, true);
    }
  });

  test("buckets are for engines that have them", async () => {
    const { spark } = context;
    const bucketed = () => frame().write.bucketBy(2, "host").sortBy("n");
    const table = `bucketed_${process.pid}`;
    if (spark.engine.name === "sail") {
      expect(() => bucketed().saveAsTable(table)).toThrow("SPARK_REMOTE=local[*]");
      return;
    }
    await bucketed().saveAsTable(table, { format: "parquet", mode: "overwrite" });
    const columns = await spark.catalog.listColumns(table);
    expect(columns.map(({ name, isBucket }) => [name, isBucket])).toEqual([
      ["host", true],
      ["n", false],
    ]);
    await spark.catalog.dropTable(table);
  });

  test("functions that give tables give rows", async () => {
    const { tvf } = context.spark;
    const array = F.expr("array(10, 20)");
    expect(valuesOf(await tvf.explode(array).collect())).toEqual([[10], [20]]);
    expect(await tvf.explode(array).columns()).toEqual(["col"]);
    expect(valuesOf(await tvf.posexplode(array).collect())).toEqual([
      [0, 10],
      [1, 20],
    ]);
    expect(valuesOf(await tvf.explodeOuter(F.expr("cast(null as array<int>)")).collect())).toEqual([[null]]);
    expect(valuesOf(await tvf.inline(F.expr("array(struct(1, 'x'))")).collect())).toEqual([[1, "x"]]);
    expect(valuesOf(await tvf.stack(F.lit(2), F.lit("p"), F.lit("q")).collect())).toEqual([["p"], ["q"]]);
    const json = tvf.jsonTuple(F.lit('{"a": 1, "b": "y"}'), F.lit("b"), F.lit("a"));
    expect(valuesOf(await json.collect())).toEqual([["y", "1"]]);
    expect(valuesOf(await tvf.range(2, 4).collect())).toEqual([[2], [3]]);
    expect(() => tvf.jsonTuple(F.lit("{}"))).toThrow('Name them: spark.tvf.jsonTuple(json, lit("host"))');
  });

  test("what can't be sent is refused before it is", () => {
    const { read } = context.spark;
    const { write } = frame();
    const refused: [() => unknown, string][] = [
      [() => read.format(""), "format(source) was given empty text.\nPass text: spark.read.format("],
      [() => read.option("x", [] as never), 'The option "x" was given an array.\nPass text, a number'],
      [
        () => read.options("x" as never),
        "options() was given string where its options stand.\nPass an object",
      ],
      [() => read.schema(5 as never), "schema(schema) was given number.\nPass text"],
      [() => read.schema("n nonsense<"), "\n"],
      [() => read.csv([]), "No path to read was given.\nPass one"],
      [() => read.jdbc("jdbc:x", "t", { column: "n" }), 'the column "n" and no lowerBound.\nPass all four'],
      [() => read.schema("n int").changes("t"), "can't be read with a schema of yours.\nTake .schema"],
      [
        () => write.bucketBy(0, "host"),
        "bucketBy() was given 0 as its number of buckets.\nPass a whole number",
      ],
      [() => write.sortBy(), 'sortBy() was given no columns.\nName them: .sortBy("date", "host")'],
      [() => write.partitionBy(["a"], "b"), "a list and more beside it.\nName them"],
      [() => write.clusterBy(7 as never), "clusterBy() was given number as a column.\nPass names"],
      [() => write.mode("replace" as never), 'No save mode is called "replace".\nUse one of append'],
      [
        () => write.parquet("x", "append", "a", "gzip", 1),
        "parquet() was given 5 arguments by position.\nName them",
      ],
      [() => write.csv(""), "No path to write to was given to csv().\nPass one"],
      [() => frame().writeTo(""), "writeTo(table) was given empty text.\nPass text"],
      [
        () => frame().mergeInto("t", "a = b" as never),
        "mergeInto() was given string as its condition.\nPass a Column",
      ],
      [() => frame().mergeInto("t", F.lit(true)).merge(), "has nothing to do.\nSay what"],
      [
        () =>
          frame()
            .mergeInto("t", F.lit(true))
            .whenMatched()
            .update({ n: 1 as never }),
        'update() was given number for "n".\nPass a Column',
      ],
    ];
    for (const [call, message] of refused) {
      expect(call, message).toThrow(PlanError);
      expect(call).toThrow(message);
    }
  });
});
