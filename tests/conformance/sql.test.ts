import { readdirSync } from "node:fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { types } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("SQL on %s", (engine) => {
  const context = sessionFor(engine);

  test("a registered table is found by SQL, also one called table", async () => {
    context.spark
      .createDataFrame(
        [
          ["a", 1],
          ["b", 2],
        ],
        "host string, n int",
      )
      .registerTempTable("table");
    const df = context.spark.sqlContext.sql("SELECT * FROM table WHERE n > 1");
    expect(valuesOf(await df.collect())).toEqual([["b", 2]]);
    expect(await context.spark.table("table").count()).toBe(2);
  });

  test("parameters are values, never SQL", async () => {
    const evil = "x'; DROP TABLE table; --";
    const [row] = await context.spark
      .sql("SELECT :text AS text, :n + 1 AS n", { text: evil, n: 41 })
      .collect();
    expect(row.toArray()).toEqual([evil, 42]);
    const [positional] = await context.spark.sql("SELECT ? AS a, ? AS b", [null, true]).collect();
    expect(positional.toArray()).toEqual([null, true]);
  });

  test("a view made by SQL is there for what comes after, without await", async () => {
    context.spark.sql("CREATE OR REPLACE TEMP VIEW evens AS SELECT id FROM range(10) WHERE id % 2 = 0");
    expect(await context.spark.table("evens").count()).toBe(5);
  });

  test("writes and reads keep their order without await", async () => {
    const path = `${context.folder}/ordered`;
    context.spark.range(3).write.mode("overwrite").parquet(path);
    context.spark.range(4).write.mode("append").parquet(path);
    expect(await context.spark.read.parquet(path).count()).toBe(7);
  });

  test("csv and json are read with options and schema", async () => {
    const path = `${context.folder}/rows`;
    const df = context.spark.createDataFrame(
      [
        ["a", 1],
        ["b,c", 2],
      ],
      "host string, n int",
    );
    df.write.mode("overwrite").option("header", true).csv(`${path}.csv`);
    df.write.mode("overwrite").json(`${path}.json`);
    const csv = context.spark.read.schema("host string, n int").csv(`${path}.csv`, { header: true });
    expect(valuesOf(await csv.orderBy("n").collect())).toEqual([
      ["a", 1],
      ["b,c", 2],
    ]);
    const json = context.spark.read.schema(types.fromDDL("n int")).json(`${path}.json`);
    expect(valuesOf(await json.orderBy("n").collect())).toEqual([[1], [2]]);
  });

  test("relative paths start at the folder that is current, also after it changed", async (test) => {
    const { spark, folder } = context;
    if (!spark.engine.isLocal) test.skip("npm test -- sql, without SPARK_REMOTE");
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    await spark.range(3).write.mode("overwrite").csv("relative.csv");
    expect(readdirSync(folder)).toContain("relative.csv");
    expect(await spark.read.csv("relative.csv").count()).toBe(3);
    expect(await spark.read.csv(`file://${folder}/relative.csv`).count()).toBe(3);
  });

  test("tables are kept in the session's folder, and leave nothing elsewhere", async (test) => {
    const { spark } = context;
    if (!spark.engine.isLocal) test.skip("npm test -- sql, without SPARK_REMOTE");
    await spark.range(3).write.saveAsTable("kept");
    const rows = valuesOf(await spark.sql("DESCRIBE TABLE EXTENDED kept").collect());
    expect(rows.find(([name]) => name === "Location")?.[1]).toContain(
      `${spark.sessionFolder}/warehouse/kept`,
    );
    await spark.sql("DROP TABLE kept").collect();
  });

  test("save modes: error, ignore, append, overwrite", async () => {
    const path = `${context.folder}/modes`;
    const df = context.spark.range(2);
    await df.write.parquet(path);
    await expect(df.write.parquet(path)).rejects.toThrow();
    await df.write.mode("ignore").parquet(path);
    expect(await context.spark.read.parquet(path).count()).toBe(2);
    await df.write.mode("append").parquet(path);
    expect(await context.spark.read.parquet(path).count()).toBe(4);
    await df.write.mode("overwrite").parquet(path);
    expect(await context.spark.read.parquet(path).count()).toBe(2);
  });

  test("partitionBy makes a folder for each value, and reads the column back", async () => {
    const path = `${context.folder}/parts`;
    const df = context.spark.createDataFrame(
      [
        ["a", 1],
        ["b", 2],
      ],
      "host string, n int",
    );
    await df.write.partitionBy("host").parquet(path);
    const back = context.spark.read.parquet(path).filter("host = 'b'").select("n", "host");
    expect(valuesOf(await back.collect())).toEqual([[2, "b"]]);
  });

  test("settings are set and read", async () => {
    await context.spark.conf.set("spark.sql.session.timeZone", "UTC");
    expect(await context.spark.conf.get("spark.sql.session.timeZone")).toBe("UTC");
    expect(await context.spark.conf.get("no.such.setting", "fallback")).toBe("fallback");
  });

  test("show takes rows, width and layout by position or by name", async () => {
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      const df = context.spark.createDataFrame([["x".repeat(30)]], "s string");
      for (const show of [
        () => df.show(),
        () => df.show(1, false),
        () => df.show(1, 5),
        () => df.show(1, { truncate: false }),
      ])
        await show();
      const lines = printed.mock.calls.map(([text]) => String(text).split("\n")[3]);
      expect(lines).toEqual([
        `|${"x".repeat(17)}...|`,
        `|${"x".repeat(30)}|`,
        "|xx...|",
        `|${"x".repeat(30)}|`,
      ]);
    } finally {
      printed.mockRestore();
    }
  });

  test("a DataFrame shows itself as a table, with a note of what was cut", async () => {
    const display = (df: object) =>
      (df as Record<symbol, () => Promise<Record<string, string>>>)[Symbol.for("Jupyter.display")]();
    const all = await display(context.spark.createDataFrame([["<b>&", 1]], "`<i>` string, n int"));
    expect(all["text/html"]).toContain("&lt;i&gt;</th>");
    expect(all["text/html"]).toContain("&lt;b&gt;&amp;");
    expect(all["text/html"]).not.toContain("<b>");
    expect(all["text/plain"]).toContain("|<b>&|  1|");
    const cut = await display(context.spark.range(50));
    expect(cut["text/plain"]).toContain("showing 20 of ≥ 21 rows; df.count() for the total");
  });
});
