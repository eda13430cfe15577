import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type DataFrame, functions as F, type Row, type SparkSession } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

const nested =
  "SELECT * FROM VALUES (1, 'a', array(1, 2), named_struct('x', 1, 'y', 'q')), (2, NULL, NULL, NULL), " +
  "(3, 'é; \"😀\"', array(), named_struct('x', NULL, 'y', '')) AS t(n, s, tags, place)";
const flat = "SELECT * FROM VALUES (1, 'a', 0.5D), (2, NULL, NULL), (3, 'é; \"😀\"', -1D) AS t(n, s, d)";

interface Format {
  readonly name: string;
  /** What is written, with a column n. */
  readonly query: string;
  readonly write?: Readonly<Record<string, string | boolean>>;
  readonly read?: Readonly<Record<string, string | boolean>>;
  /** How the files end, where an option decides it. */
  readonly ending?: string;
  /** The engine that lacks it, and what it says. Fails when it works. */
  readonly gap?: { readonly engine: string; readonly says: RegExp };
}

const noFormat = (name: string) => ({
  engine: "sail",
  says: new RegExp(`UNSUPPORTED_FEATURE: Sail can't do this yet: .*${name}.*\\n.*SPARK_REMOTE=local`),
});
const needsPackage = { engine: "spark", says: /DATA_SOURCE_NOT_FOUND|AVRO|Avro|delta|iceberg/ };

const csv = { header: true, sep: ";", quote: "'" };
const formats: readonly Format[] = [
  { name: "parquet", query: nested },
  { name: "parquet", query: nested, write: { compression: "gzip" } },
  { name: "parquet", query: nested, write: { compression: "zstd" } },
  { name: "json", query: nested },
  { name: "json", query: nested, write: { compression: "gzip" }, ending: ".json.gz" },
  { name: "json", query: nested, write: { compression: "none" }, ending: ".json" },
  { name: "csv", query: flat, write: { header: true }, read: { header: true, inferSchema: true } },
  { name: "csv", query: flat, write: csv, read: { ...csv, inferSchema: true } },
  {
    name: "csv",
    query: flat,
    write: { header: true, nullValue: "NIL" },
    read: { header: true, inferSchema: true, nullValue: "NIL" },
    gap: { engine: "sail", says: /Parser error: Error while parsing value 'NIL' as type 'Float64'/ },
  },
  {
    name: "csv",
    query: flat,
    write: { header: true, compression: "gzip" },
    read: { header: true, inferSchema: true },
    ending: ".csv.gz",
  },
  { name: "orc", query: nested, gap: noFormat("orc") },
  { name: "orc", query: nested, write: { compression: "zlib" }, gap: noFormat("orc") },
  { name: "xml", query: nested, write: { rowTag: "e" }, read: { rowTag: "e" }, gap: noFormat("xml") },
  { name: "delta", query: nested, gap: needsPackage },
  { name: "iceberg", query: nested, gap: needsPackage },
];

describe.each(engines)("formats on %s", (engine) => {
  const context = sessionFor(engine);
  let folders = 0;
  const place = () => `${context.folder}/${folders++}`;

  test.each(formats)("$name $write, written and read back", async ({ name, query, gap, ...how }) => {
    const { spark } = context;
    const path = place();
    const written = spark.sql(query);
    // Some formats give the columns in an order of their own.
    const columns = await written.columns();
    const roundTrip = async () => {
      await written.write
        .format(name)
        .options(how.write ?? {})
        .save(path);
      const back = spark.read.format(name).options(how.read ?? {});
      return contents(back.load(path).select(...columns));
    };
    if (gap?.engine === engine) {
      const hint = `${name} works on ${engine} now: take its gap away`;
      await expect(roundTrip(), hint).rejects.toThrow(gap.says);
      return;
    }
    expect(await roundTrip()).toEqual(await contents(written, name));
    if (how.ending) {
      const files = readdirSync(path).filter((file) => /^[^._]/.test(file));
      expect(files.filter((file) => !file.endsWith(how.ending!))).toEqual([]);
    }
    await written.write
      .format(name)
      .options(how.write ?? {})
      .mode("append")
      .save(path);
    expect(
      await spark.read
        .format(name)
        .options(how.read ?? {})
        .load(path)
        .count(),
    ).toBe(6);
  });

  test("text: lines, another end of line, a whole file as one row, compressed", async () => {
    const { spark } = context;
    const lines = spark.createDataFrame([["a"], ["é 😀"], [""]], "value string").coalesce(1);
    const [plain, packed] = [place(), place()];
    await lines.write.text(plain, { lineSep: "|" });
    await lines.write.text(packed, { compression: "gzip" });
    expect(readdirSync(packed).filter((file) => file.endsWith(".txt.gz"))).toHaveLength(1);
    expect(await texts(spark.read.text(plain, { lineSep: "|" }))).toEqual(["", "a", "é 😀"]);
    expect(await texts(spark.read.text(plain, { wholetext: true }))).toEqual(["a|é 😀||"]);
    expect(await texts(spark.read.text(packed))).toEqual(["", "a", "é 😀"]);
  });

  test("CSV with values over several lines", async () => {
    const path = `${context.folder}/lines.csv`;
    writeFileSync(path, 'n,s\n1,"a\nb"\n2,\n');
    const options = { header: true, inferSchema: true, multiLine: true };
    expect(await contents(context.spark.read.csv(path, options))).toEqual([
      { n: 1, s: "a\nb" },
      { n: 2, s: null },
    ]);
  });

  test("JSON documents over several lines", async () => {
    const path = `${context.folder}/lines.json`;
    writeFileSync(path, '[{"n":1},\n{"n":2}]');
    const reading = contents(context.spark.read.json(path, { multiLine: true, schema: "n int" }));
    const says =
      /^UNSUPPORTED_FEATURE: Sail can't do this yet: .*\(multiLine\)\.\nRead files whole, .*SPARK_REMOTE=local/;
    if (engine === "sail") await expect(reading).rejects.toThrow(says);
    else expect(await reading).toEqual([{ n: 1 }, { n: 2 }]);
    // What the message proposes.
    const whole = context.spark.read.text(path, { wholetext: true });
    const parsed = whole.select(F.explode(F.fromJson("value", "array<struct<n:int>>")).as("one"));
    expect(await contents(parsed.select("one.*"))).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test("patterns of folders, of partitions and of names with braces, as Spark finds them", async () => {
    const { spark } = context;
    const root = place();
    for (const name of ["one", "two", "three[1]"])
      await hosts(spark)
        .where("host IS NOT NULL")
        .write.partitionBy("host")
        .parquet(`${root}/x/${name.replace(/\W/g, "")}`);
    renameSync(`${root}/x/three1`, `${root}/x/three[1]`);
    writeFileSync(`${root}/x/one/_SUCCESS`, "");
    const sum = async (...paths: string[]) => {
      const rows = await spark.read
        .parquet(...paths.map((path) => root + path))
        .groupBy()
        .sum("n")
        .collect();
      return Number(rows[0].toArray()[0]);
    };
    expect(await sum("/x/one/host=*")).toBe(7);
    expect(await sum("/*/one/host=[ab]")).toBe(3);
    expect(await sum("/x/t*/host=[!a]")).toBe(12);
    expect(await sum("/x/{one,two}/host=d/*")).toBe(8);
    expect(await sum("/{x/one,x/two}/host={a,d}")).toBe(10);
    expect(await sum("/x/three\\[1\\]/host=?")).toBe(7);
    expect(await spark.read.parquet(`${root}/x/o*/host=*`).columns()).toEqual(["n"]);
    expect(await spark.read.parquet(`${root}/x/o*`).columns()).toEqual(["n", "host"]);
    await expect(sum("/x/one/host=[x-z]")).rejects.toMatchObject({ errorClass: "PATH_NOT_FOUND" });
  });

  test("CSV and text refuse what they can't hold", async () => {
    const df = context.spark.sql(nested);
    await expect(df.write.csv(place())).rejects.toThrow(/UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE/);
    await expect(df.write.text(place())).rejects.toThrow();
  });

  test("Avro: refused with what brings it", async () => {
    const writing = context.spark.sql(nested).write.format("avro").save(place());
    const says =
      engine === "sail"
        ? /^UNSUPPORTED_FEATURE: Sail can't do this yet: writing avro\.\n/
        : /AVRO|[Aa]vro.*external/s;
    await expect(writing, "Avro works now: give it a line in the table above").rejects.toThrow(says);
  });

  test("a format that nobody has is refused", async () => {
    const { spark } = context;
    await expect(spark.range(1).write.format("nosuch").save(place())).rejects.toThrow(
      /DATA_SOURCE_NOT_FOUND/,
    );
  });

  test("JDBC: a table written, and read whole, by predicates and by parts of a column", async () => {
    const { spark } = context;
    const url = `jdbc:derby:${context.folder}/derby;create=true`;
    const writing = hosts(spark).write.jdbc(url, "hosts", "overwrite");
    if (engine === "sail") {
      await expect(writing).rejects.toThrow(noFormat("jdbc").says);
      await expect(spark.read.jdbc(url, "hosts").count()).rejects.toThrow(noFormat("jdbc").says);
      return;
    }
    await writing;
    await hosts(spark).write.jdbc(url, "hosts", "append");
    await expect(hosts(spark).write.jdbc(url, "hosts")).rejects.toThrow(/ALREADY_EXISTS|already exists/);
    expect(await spark.read.jdbc(url, "hosts").count()).toBe(8);
    const some = spark.read.jdbc(url, "hosts", { predicates: ['"n" = 1', '"n" > 3'] });
    expect(await partitions(some)).toBe(2);
    expect((await contents(some)).map(({ n }) => n)).toEqual([1, 1, 4, 4]);
    const parts = spark.read.jdbc(url, "hosts", {
      column: "n",
      lowerBound: 1,
      upperBound: 5,
      numPartitions: 4,
    });
    // Each part has one of the four hosts.
    expect(await partitions(parts)).toBe(4);
    expect(await parts.count()).toBe(8);
    const most = 'SELECT MAX("n") AS "most" FROM hosts';
    const query = spark.read.format("jdbc").options({ url, query: most }).load();
    expect((await query.collect()).map((row) => row.asDict())).toEqual([{ most: 4 }]);
  });
});

function hosts(spark: SparkSession): DataFrame {
  return spark.createDataFrame(
    [
      ["a", 1],
      ["b", 2],
      [null, 3],
      ["d", 4],
    ],
    "host string, n int",
  );
}

/** The rows by their names, in order of n. */
async function contents(df: DataFrame, format?: string): Promise<Record<string, unknown>[]> {
  const rows = await df.collect();
  const found = rows.map(
    (row: Row) => JSON.parse(JSON.stringify(row.asDict(true), numbers)) as Record<string, unknown>,
  );
  if (format === "xml" || format === "csv") for (const row of found) emptied(row);
  return found.toSorted((a, b) => Number(a.n ?? a.N) - Number(b.n ?? b.N));
}

function numbers(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

/** XML has no empty arrays. */
function emptied(row: Record<string, unknown>): void {
  if (Array.isArray(row.tags) && row.tags.length === 0) row.tags = null;
}

/** How many partitions have rows. */
function partitions(df: DataFrame): Promise<number> {
  return df.select(F.sparkPartitionId().as("part")).distinct().count() as Promise<number>;
}

async function texts(df: DataFrame): Promise<unknown[]> {
  return (await df.collect()).map((row: Row) => row.toArray()[0]).toSorted();
}
