import { describe, expect, test } from "vitest";
import { col, lit, Timestamp } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("Parquet files of three generations of columns on %s", (engine) => {
  const context = sessionFor(engine);

  /** One folder a generation: columns come, and one goes. */
  async function write(): Promise<string> {
    const { spark, folder } = context;
    const path = `${folder}/generations`;
    const moment = Timestamp.of("2026-01-01T00:00:00.000001Z");
    await spark
      .createDataFrame([[1, "a"]], "id bigint, host string")
      .write.mode("overwrite")
      .parquet(`${path}/gen=1`);
    await spark
      .createDataFrame([[2, "b", 7]], "id bigint, host string, port int")
      .write.mode("overwrite")
      .parquet(`${path}/gen=2`);
    await spark
      .createDataFrame(
        [[3, 8, moment, [["x"], null], "1.50"]],
        "id bigint, port int, seen timestamp, tags array<array<string>>, cost decimal(10,2)",
      )
      .write.mode("overwrite")
      .parquet(`${path}/gen=3`);
    return path;
  }

  test("are read as one, what a file lacks is null", async () => {
    const path = await write();
    const df = context.spark.read.option("mergeSchema", true).parquet(path);
    const types = Object.fromEntries(await df.dtypes());
    expect(types).toMatchObject({
      id: "bigint",
      host: "string",
      port: "int",
      seen: "timestamp",
      tags: "array<array<string>>",
      cost: "decimal(10,2)",
    });
    const rows = await df
      .select("id", "host", "port", "seen", "tags", col("cost").cast("string"))
      .orderBy("id")
      .collect();
    expect(valuesOf(rows)).toEqual([
      [1, "a", null, null, null, null],
      [2, "b", 7, null, null, null],
      [3, null, 8, Timestamp.of("2026-01-01T00:00:00.000001Z"), [["x"], null], "1.50"],
    ]);
    expect(await df.filter("port IS NULL").count()).toBe(1);
    expect(await df.filter("host = 'b' OR cost > 1").count()).toBe(2);
  });

  test("are read with a schema that names columns of all of them, and one of none", async () => {
    const path = await write();
    const df = context.spark.read
      .schema("id bigint, port int, later string")
      .parquet(`${path}/gen=1`, `${path}/gen=3`);
    expect(valuesOf(await df.orderBy("id").collect())).toEqual([
      [1, null, null],
      [3, 8, null],
    ]);
  });

  test("are joined by name where they are frames of their own", async () => {
    const path = await write();
    const [first, second] = [1, 2].map((gen) => context.spark.read.parquet(`${path}/gen=${gen}`));
    const both = first.unionByName(second, { allowMissingColumns: true }).withColumn("n", lit(1));
    expect(valuesOf(await both.select("id", "port").orderBy("id").collect())).toEqual([
      [1, null],
      [2, 7],
    ]);
  });
});
