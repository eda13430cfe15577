import { afterAll, describe, expect, test } from "vitest";
import { PlanError } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

describe.each(engines)("the catalog on %s", (engine) => {
  const context = sessionFor(engine);
  const database = `catalog_${process.pid}`;
  afterAll(async () => {
    await context.spark.catalog.dropDatabase(database, { ifExists: true, cascade: true });
  });

  test("databases are made, listed, chosen and dropped", async () => {
    const { catalog } = context.spark;
    await catalog.createDatabase(database, { ifNotExists: true, properties: { owner: "it's me" } });
    await catalog.createDatabase(database, true);
    await expect(catalog.createDatabase(database)).rejects.toThrow(/already exists/i);
    expect((await catalog.listDatabases("catalog_*")).map(({ name }) => name)).toContain(database);
    expect(await catalog.databaseExists(database)).toBe(true);
    expect((await catalog.getDatabase(database)).name).toBe(database);
    catalog.setCurrentDatabase(database);
    expect(await catalog.currentDatabase()).toBe(database);
    await catalog.setCurrentDatabase("default");
    await catalog.dropDatabase(database, true, true);
    expect(await catalog.databaseExists(database)).toBe(false);
    await expect(catalog.getDatabase(database)).rejects.toThrow("SCHEMA_NOT_FOUND");
    await catalog.dropDatabase(database, { ifExists: true });
  });

  test("tables and views are listed with what they are", async () => {
    const { spark } = context;
    const { catalog } = spark;
    const table = `listed_${process.pid}`;
    const made = catalog.createTable(table, { source: "parquet", schema: "host string, n int" });
    try {
      expect(await made.dtypes()).toEqual([
        ["host", "string"],
        ["n", "int"],
      ]);
      await spark.range(1).createOrReplaceTempView("seen");
      const tables = await catalog.listTables(undefined, "*e*");
      expect(tables.find(({ name }) => name === table)).toMatchObject({
        namespace: ["default"],
        database: "default",
        tableType: "MANAGED",
        isTemporary: false,
      });
      expect(await catalog.listViews()).toEqual([
        {
          name: "seen",
          catalog: null,
          namespace: [],
          database: null,
          description: null,
          tableType: "TEMPORARY",
          isTemporary: true,
        },
      ]);
      expect((await catalog.getTable(table)).tableType).toBe("MANAGED");
      expect([await catalog.tableExists(table), await catalog.tableExists("nowhere")]).toEqual([true, false]);
      expect(await catalog.listColumns(table)).toEqual([
        expect.objectContaining({ name: "host", dataType: "string", nullable: true, isPartition: false }),
        expect.objectContaining({ name: "n", dataType: "int", isBucket: false, isCluster: false }),
      ]);
    } finally {
      await catalog.dropTable(table, { ifExists: true });
    }
    await expect(catalog.getTable(table)).rejects.toThrow("TABLE_OR_VIEW_NOT_FOUND");
    expect([await catalog.dropTempView("seen"), await catalog.dropTempView("seen")]).toEqual([true, false]);
  });

  test("temp views made by SQL are dropped by the catalog, global ones too", async () => {
    const { spark } = context;
    const name = `global_${process.pid}`;
    spark.sql(`CREATE OR REPLACE GLOBAL TEMPORARY VIEW ${name} AS SELECT 1 AS one`);
    expect(await spark.table(`global_temp.${name}`).count()).toBe(1);
    const { catalog } = spark;
    expect([await catalog.dropGlobalTempView(name), await catalog.dropGlobalTempView(name)]).toEqual([
      true,
      false,
    ]);
  });

  test("functions are found by name and pattern", async () => {
    const { catalog } = context.spark;
    expect([await catalog.functionExists("ABS"), await catalog.functionExists("absent")]).toEqual([
      true,
      false,
    ]);
    expect(await catalog.getFunction("abs")).toMatchObject({
      name: "abs",
      className: "org.apache.spark.sql.catalyst.expressions.Abs",
    });
    await expect(catalog.getFunction("absent")).rejects.toThrow("UNRESOLVED_ROUTINE");
    const found = await catalog.listFunctions(undefined, "array_*");
    expect(found.map(({ name }) => name)).toContain("array_distinct");
    expect(found.every(({ name }) => name.startsWith("array"))).toBe(true);
  });

  test("catalogs are listed", async () => {
    const { catalog } = context.spark;
    const current = await catalog.currentCatalog();
    expect((await catalog.listCatalogs()).map(({ name }) => name)).toContain(current);
    await catalog.setCurrentCatalog(current);
    await expect(catalog.setCurrentCatalog("no_such_catalog")).rejects.toThrow(/no_such_catalog/);
  });

  test("Spark keeps tables in memory; Sail says that it doesn't", async () => {
    const { spark } = context;
    await spark.range(3).createOrReplaceTempView("kept");
    if (spark.engine.name === "sail") {
      await expect(spark.catalog.cacheTable("kept")).rejects.toThrow("SPARK_REMOTE=local[*]");
      await expect(spark.catalog.getTableProperties("kept")).rejects.toThrow("SPARK_REMOTE=local[*]");
      return;
    }
    spark.catalog.cacheTable("kept");
    expect(await spark.catalog.isCached("kept")).toBe(true);
    spark.catalog.uncacheTable("kept");
    expect(await spark.catalog.isCached("kept")).toBe(false);
    await spark.catalog.clearCache();
    await spark.catalog.refreshTable("kept");
    await spark.catalog.refreshByPath(context.folder);
    expect(await spark.catalog.getTableProperties("kept")).toEqual({});
  });

  test("arguments that are no names are refused, with a call that works", () => {
    const { catalog } = context.spark;
    const refused: [() => unknown, string][] = [
      [
        () => catalog.dropTempView(undefined as never),
        'was given undefined.\nPass text: dropTempView("events")',
      ],
      [
        () => catalog.setCurrentDatabase(""),
        'was given empty text.\nPass text: setCurrentDatabase("default")',
      ],
      [() => catalog.listTables(5 as never), "listTables(dbName) was given number."],
      [() => catalog.tableExists(null as never), "tableExists(tableName) was given null."],
      [
        () => catalog.createTable("t", undefined, undefined, [] as never),
        "createTable(schema) was given object.\nPass",
      ],
      [
        () => catalog.cacheTable("t", {} as never),
        "something else than a StorageLevel.\nPass one of its constants",
      ],
    ];
    for (const [call, message] of refused) {
      expect(call, message).toThrow(PlanError);
      expect(call).toThrow(message);
    }
  });
});
