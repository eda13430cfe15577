import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  CutBuilder,
  partitionPath,
  resolveSchema,
  type TableSchema,
} from "../../runtime/ingest/columns/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

/** Cuts of a feed whose fields come, go and change type. */
const cuts: readonly (readonly string[])[] = [
  [
    '{"t":"2026-01-01T00:00:00.5Z","id":1,"a":1,"s":"x"}',
    '{"t":"2026-01-02T00:00:00Z","id":2,"a":2,"n":{"m":true}}',
  ],
  [
    '{"t":"2026-01-01T00:00:01Z","id":3,"a":"one","b":1.5,"s":"é😀"}',
    '{"id":4,"a":9223372036854775807,"b":2,"Service":"A"}',
  ],
  [
    '{"id":5,"s":7,"service":"b","tags":[1, "x"],"n":{"m":"no"},"größe":0.1}',
    '{"id":6,"a":2.5,"b":9007199254740993}',
  ],
  ['{"t":"2026-01-02T12:00:00Z","id":7}'],
];
const kafkaTime = Date.UTC(2026, 0, 3);

/** Writes each cut as ingest does, and gives the table's last schema. */
function writeTable(folder: string): TableSchema {
  const builder = new CutBuilder({ partitionBy: ["source", "date"], source: "siem", timeFields: ["t"] });
  let schema: TableSchema = { version: 0, columns: [] };
  let offset = 0;
  for (const [number, cut] of cuts.entries()) {
    for (const text of cut) {
      const bytes = Buffer.from(text);
      builder.add(bytes, 0, bytes.length, {
        topic: "events",
        partition: 3,
        offset: offset++,
        timestampMs: kafkaTime,
      });
    }
    schema = resolveSchema(schema, builder.fields());
    for (const { partition, bytes } of builder.finish(schema)) {
      const path = join(folder, partitionPath(partition), `${number}.parquet`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }
  return schema;
}

describe.each(engines)("Parquet files whose columns come, go and change on %s", (engine) => {
  const context = sessionFor(engine);
  let schema: TableSchema;
  beforeAll(() => {
    schema = writeTable(context.folder);
  });
  const table = () => context.spark.read.option("mergeSchema", "true").parquet(context.folder);

  test("each column has the one type that the table gave it", async () => {
    const types = {
      long: "bigint",
      double: "double",
      boolean: "boolean",
      string: "string",
      timestamp: "timestamp",
    };
    const inFiles = schema.columns.filter(({ name }) => name !== "overflow");
    const { fields } = await table().schema();
    const found = Object.fromEntries(fields.map(({ name, dataType }) => [name, dataType.simpleString()]));
    expect(found).toEqual({
      ...Object.fromEntries(inFiles.map(({ name, type }) => [name, types[type]])),
      source: "string",
      // Spark tells a date by its looks; Sail leaves a folder's name the text that it is.
      date: engine === "sail" ? "string" : "date",
    });
    expect(found).toMatchObject({
      a: "bigint",
      a__string: "string",
      n_m: "boolean",
      n_m__string: "string",
      s: "string",
    });
  });

  test("every value comes back", async () => {
    const names = [
      "id",
      "a",
      "a__string",
      "b",
      "b__string",
      "s",
      "n_m",
      "n_m__string",
      "Service",
      "service_2",
      "tags",
      "größe",
    ];
    const rows = await table()
      .select(...names)
      .orderBy("id")
      .collect();
    const x = null;
    expect(valuesOf(rows)).toEqual([
      [1, 1, x, x, x, "x", x, x, x, x, x, x],
      [2, 2, x, x, x, x, true, x, x, x, x, x],
      [3, x, "one", 1.5, x, "é😀", x, x, x, x, x, x],
      [4, 9223372036854775807n, x, 2, x, x, x, x, "A", x, x, x],
      [5, x, x, x, x, "7", x, "no", x, "b", '[1, "x"]', 0.1],
      [6, x, "2.5", x, "9007199254740993", x, x, x, x, x, x, x],
      [7, x, x, x, x, x, x, x, x, x, x, x],
    ]);
  });

  test("rows say where they stand in Kafka, and when they were", async () => {
    const { col } = await import("../../runtime/index.ts");
    const rows = await table()
      .select(
        "kafka_topic",
        "kafka_partition",
        "kafka_offset",
        col("kafka_timestamp").cast("string"),
        col("event_time").cast("string"),
      )
      .orderBy("kafka_offset")
      .limit(3)
      .collect();
    const kafka = (offset: number) => ["events", 3, offset, "2026-01-03 00:00:00"];
    expect(valuesOf(rows)).toEqual([
      [...kafka(0), "2026-01-01 00:00:00.5"],
      [...kafka(1), "2026-01-02 00:00:00"],
      [...kafka(2), "2026-01-01 00:00:01"],
    ]);
  });

  test("filters find rows in files that have the column, and pass over those that lack it", async () => {
    expect(valuesOf(await table().filter("a >= 2").select("id").orderBy("id").collect())).toEqual([[2], [4]]);
    expect(valuesOf(await table().filter("service_2 = 'b'").select("id").collect())).toEqual([[5]]);
    expect(await table().filter("date = '2026-01-02'").count()).toBe(2);
    expect(await table().filter("b IS NULL").count()).toBe(5);
  });
});
