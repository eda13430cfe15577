import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { LocalEngine } from "../../runtime/engines/local-engine.ts";
import { identifier } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("views of an engine that ended, on %s", (engine) => {
  const context = sessionFor(engine);

  test("views of DataFrames and of SQL come back, global ones too, dropped ones don't", async (test) => {
    const { spark } = context;
    const own = spark.engine as LocalEngine;
    if (!own.isLocal) test.skip("ENGINES=spark without SPARK_REMOTE, so that the engine is ours to kill");
    const df = spark.range(3);
    await df.createOrReplaceTempView("frame");
    await df.createOrReplaceGlobalTempView("everywhere");
    spark.sql("CREATE TEMP VIEW `of sql` AS SELECT id + 1 AS n FROM frame");
    spark.sql("CREATE OR REPLACE GLOBAL TEMPORARY VIEW everywhere_sql AS SELECT 7 AS n");
    spark.sql("CREATE TEMP VIEW gone AS SELECT 1");
    spark.sql("DROP VIEW gone");
    spark.sql("CREATE TEMP VIEW also_gone AS SELECT 1");
    await spark.catalog.dropTempView("also_gone");
    await spark.sql("CREATE TABLE kept_nowhere (n int) USING parquet").collect();
    await spark.sql("CREATE TEMP VIEW of_table AS SELECT * FROM kept_nowhere").collect();
    await spark.sql("DROP TABLE kept_nowhere").collect();
    // One that is made again stands before those that read it.
    await spark.range(4).createOrReplaceTempView("frame");
    const other = spark.newSession();
    await other.range(9).createOrReplaceTempView("others");

    process.kill(own.pid!, "SIGKILL");
    for (let i = 0; i < 200 && !own.isGone; i++) await sleep(10);

    expect(await spark.table("frame").count()).toBe(4);
    expect(valuesOf(await spark.sql`SELECT max(n) FROM ${identifier("of sql")}`.collect())).toEqual([[4]]);
    expect(await spark.table("global_temp.everywhere").count()).toBe(3);
    expect(valuesOf(await spark.table("global_temp.everywhere_sql").collect())).toEqual([[7]]);
    const views = (await spark.catalog.listViews()).map(({ name }) => name);
    expect(views.toSorted()).toEqual(["frame", "of sql"]);
    expect(await other.table("others").count()).toBe(9);
    await expect(spark.table("of_table").count()).rejects.toThrow("TABLE_OR_VIEW_NOT_FOUND");
  }, 240_000);
});
