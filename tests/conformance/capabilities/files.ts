import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { functions as F, type SparkSession } from "../../../runtime/index.ts";
import { valuesOf } from "../../support/engines.ts";
import { type Area, capability, knownGap } from "./capability.ts";

export const files: Area = {
  name: "Files",
  capabilities: [
    capability("Parquet: written, read, partitioned by columns", async (spark, folder) => {
      await hosts(spark).write.partitionBy("host").parquet(`${folder}/parts`);
      const back = spark.read.parquet(`${folder}/parts`).filter("host = 'b'").select("n");
      assert.deepEqual(valuesOf(await back.collect()), [[2]]);
    }),
    capability("Parquet: a new column beside older files (`mergeSchema`)", async (spark, folder) => {
      // As many as no engine looks at unless it is told to.
      for (let day = 10; day < 22; day++) {
        await hosts(spark).withColumn(`more${day}`, F.lit(day)).write.parquet(`${folder}/merged/day=${day}`);
      }
      const df = spark.read.option("mergeSchema", true).parquet(`${folder}/merged`);
      assert.equal((await df.columns()).length, 2 + 12 + 1);
      const sums = df.groupBy().agg({ more10: "sum", more21: "sum", n: "sum" });
      assert.deepEqual(valuesOf(await sums.collect()), [[20, 42, 36]]);
      assert.equal(await df.filter("day = 21 AND more21 = 21").count(), 2);
    }),
    capability("Parquet compressed with zstd", async (spark, folder) => {
      await hosts(spark).write.option("compression", "zstd").parquet(`${folder}/zstd`);
      assert.equal(await spark.read.parquet(`${folder}/zstd`).count(), 2);
    }),
    capability("CSV with header and inferred types, JSON lines, lines of text", async (spark, folder) => {
      await hosts(spark).write.option("header", true).csv(`${folder}/hosts.csv`);
      const csv = spark.read.csv(`${folder}/hosts.csv`, { header: true, inferSchema: true });
      assert.equal(Number((await csv.groupBy().sum("n").first())!.toArray()[0]), 3);
      await hosts(spark).write.json(`${folder}/hosts.json`);
      assert.deepEqual(await spark.read.json(`${folder}/hosts.json`).columns(), ["host", "n"]);
      await hosts(spark).select("host").write.text(`${folder}/hosts.txt`);
      assert.equal(await spark.read.text(`${folder}/hosts.txt`).filter("value = 'a'").count(), 1);
    }),
    capability("Compressed files and patterns: `logs/*.json.gz`", async (spark, folder) => {
      for (const name of ["a", "b"]) writeFileSync(`${folder}/${name}.json.gz`, gzipSync('{"n":1}\n'));
      assert.equal(await spark.read.json(`${folder}/*.json.gz`).count(), 2);
    }),
    capability("Save modes: error, ignore, append, overwrite", async (spark, folder) => {
      await hosts(spark).write.parquet(`${folder}/modes`);
      await hosts(spark).write.mode("append").parquet(`${folder}/modes`);
      await hosts(spark).write.mode("ignore").parquet(`${folder}/modes`);
      await assert.rejects(hosts(spark).write.parquet(`${folder}/modes`));
      assert.equal(await spark.read.parquet(`${folder}/modes`).count(), 4);
    }),
    capability(
      "Overwriting only the partitions that are written (`partitionOverwriteMode`)",
      async (spark, folder) => {
        await hosts(spark).write.partitionBy("host").parquet(`${folder}/dynamic`);
        const only = hosts(spark).filter("host = 'b'").write.option("partitionOverwriteMode", "dynamic");
        await only.mode("overwrite").partitionBy("host").parquet(`${folder}/dynamic`);
        assert.equal(await spark.read.parquet(`${folder}/dynamic`).count(), 2);
      },
      knownGap("sail", "refused; write into the partition's folder"),
    ),
    capability(
      "Partition values read as numbers",
      async (spark, folder) => {
        await hosts(spark).write.partitionBy("n").parquet(`${folder}/typed`);
        assert.equal(
          (await spark.read.parquet(`${folder}/typed`).schema()).simpleString(),
          "struct<host:string,n:int>",
        );
      },
      knownGap("sail", "as strings; give a schema"),
    ),
    capability(
      "Lines that don't fit read as null or into `_corrupt_record`",
      async (spark, folder) => {
        writeFileSync(`${folder}/bad.json`, '{"n":1}\n{x\n');
        const df = spark.read.schema("n int, _corrupt_record string").json(`${folder}/bad.json`);
        assert.deepEqual(valuesOf(await df.orderBy(F.desc("n")).collect()), [
          [1, null],
          [null, "{x"],
        ]);
      },
      knownGap("sail", "the read fails; use sc.textFile and a function of yours"),
    ),
    capability(
      "JSON documents over several lines (`multiLine`)",
      async (spark, folder) => {
        writeFileSync(`${folder}/lines.json`, '[{"n":1},\n{"n":2}]');
        assert.equal(await spark.read.option("multiLine", true).json(`${folder}/lines.json`).count(), 2);
      },
      knownGap("sail", "text(path, { wholetext: true }) and fromJson()"),
    ),
    capability(
      "ORC",
      async (spark, folder) => {
        await hosts(spark).write.format("orc").save(`${folder}/orc`);
        assert.equal(await spark.read.orc(`${folder}/orc`).count(), 2);
      },
      knownGap("sail", "use Parquet"),
    ),
    capability("Patterns of folders: `logs/2024-*/host=[ab]`", async (spark, folder) => {
      await hosts(spark).write.partitionBy("host").parquet(`${folder}/logs/2024-01`);
      assert.equal(await spark.read.parquet(`${folder}/logs/2024-*/host=[a-b]`).count(), 2);
    }),
    capability(
      "Delta: written, read, appended to, an earlier version",
      async (spark, folder) => {
        await hosts(spark).write.format("delta").save(`${folder}/delta`);
        await hosts(spark).write.format("delta").mode("append").save(`${folder}/delta`);
        const read = () => spark.read.format("delta");
        assert.equal(await read().load(`${folder}/delta`).count(), 4);
        assert.equal(await read().option("versionAsOf", 0).load(`${folder}/delta`).count(), 2);
      },
      knownGap("spark", "start it with the package", "docs/how-to/files.md"),
    ),
    capability(
      "Iceberg: written, read, appended to, by path",
      async (spark, folder) => {
        await hosts(spark).write.format("iceberg").save(`${folder}/iceberg`);
        await hosts(spark).write.format("iceberg").mode("append").save(`${folder}/iceberg`);
        assert.equal(await spark.read.format("iceberg").load(`${folder}/iceberg`).count(), 4);
      },
      knownGap("spark", "use the embedded engine, or Delta", "docs/how-to/files.md"),
    ),
    capability(
      "Avro: written, read",
      async (spark, folder) => {
        await hosts(spark).write.format("avro").save(`${folder}/avro`);
        assert.equal(await spark.read.format("avro").load(`${folder}/avro`).count(), 2);
      },
      knownGap("sail", "read, not written; use Parquet"),
      knownGap("spark", "start it with the package", "docs/how-to/files.md"),
    ),
    capability(
      "XML",
      async (spark, folder) => {
        await hosts(spark).write.format("xml").option("rowTag", "host").save(`${folder}/xml`);
        assert.equal(await spark.read.xml(`${folder}/xml`, "host").count(), 2);
      },
      knownGap("sail", "use JSON"),
    ),
    capability(
      "Tables of other databases: JDBC",
      async (spark, folder) => {
        const url = `jdbc:derby:${folder}/derby;create=true`;
        await hosts(spark).write.jdbc(url, "hosts");
        assert.equal(await spark.read.jdbc(url, "hosts").count(), 2);
      },
      knownGap("sail", "export a file and read that"),
    ),
  ],
};

function hosts(spark: SparkSession) {
  const rows = [
    ["a", 1],
    ["b", 2],
  ];
  return spark.createDataFrame(rows, "host string, n int");
}
