import { afterAll, beforeAll, beforeEach, describe, expect, test, type TestContext } from "vitest";
import { SetupError } from "../../cli/setup/setup-error.mjs";
import { type S3, startS3 } from "../../dev/s3/start-s3.ts";
import { SparkSession } from "../../runtime/index.ts";
import { valuesOf } from "../support/engines.ts";

let s3: S3 | undefined;
let missing = "";
let spark: SparkSession;
const before = { ...process.env };

beforeAll(async () => {
  try {
    s3 = await startS3("lake");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    missing = "npm test -- storage/s3  # with a Python package index in reach";
    return;
  }
  Object.assign(process.env, s3.variables);
  spark = await SparkSession.builder.remote("sail").getOrCreate();
}, 300_000);

afterAll(async () => {
  await spark?.stop();
  await s3?.stop();
  for (const name of Object.keys(s3?.variables ?? {})) restore(name);
});

function restore(name: string): void {
  if (before[name] === undefined) delete process.env[name];
  else process.env[name] = before[name];
}

beforeEach((context: TestContext) => {
  if (!s3) context.skip(missing);
});

/** A session on an engine of its own, which has other variables. */
async function sessionWith(change: Readonly<Record<string, string | undefined>>): Promise<SparkSession> {
  await spark.stop();
  Object.assign(process.env, s3!.variables);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return SparkSession.builder.remote("sail").getOrCreate();
}

const hosts = () =>
  spark.createDataFrame(
    [
      ["a-b", 1],
      ["c%20/[é]", 2],
      ["d", 3],
    ],
    "host string, n int",
  );

describe("the embedded engine on S3", () => {
  test.each(["parquet", "csv", "json", "delta", "iceberg"])("writes and reads %s", async (format) => {
    const path = `s3a://lake/formats/${format}`;
    await hosts().write.format(format).option("header", true).save(path);
    const read = spark.read.format(format).options({ header: true, inferSchema: true });
    expect(valuesOf(await read.load(path).select("host", "n").orderBy("n").collect())).toEqual([
      ["a-b", 1],
      ["c%20/[é]", 2],
      ["d", 3],
    ]);
    await hosts().write.format(format).option("header", true).mode("append").save(path);
    expect(await read.load(path).count()).toBe(6);
    await expect(hosts().write.format(format).save(path)).rejects.toThrow(/already/i);
    await hosts().write.format(format).option("header", true).mode("overwrite").save(path);
    expect(await read.load(path).count()).toBe(3);
  });

  test("partitions are columns, and patterns name what Spark's name", async () => {
    await hosts().write.partitionBy("host").parquet("s3a://lake/parts/one");
    const whole = spark.read.parquet("s3a://lake/parts/one");
    expect(valuesOf(await whole.where("host = 'c%20/[é]'").select("n").collect())).toEqual([[2]]);
    expect(await whole.count()).toBe(3);
    const sums = async (pattern: string) => {
      const rows = await spark.read.parquet(`s3a://lake/parts/${pattern}`).groupBy().sum("n").collect();
      return Number(rows[0].toArray()[0]);
    };
    expect(await sums("one/host=*")).toBe(6);
    expect(await sums("one/host=[a-b]*")).toBe(1);
    expect(await sums("{one,two}/host=[c-d]*")).toBe(5);
    expect(await sums("*/host=d/*.parquet")).toBe(3);
    expect(await spark.read.parquet("s3a://lake/parts/o*/host=*").columns()).toEqual(["n"]);
  });

  test.each(["parquet", "csv", "json", "text", "delta", "iceberg"])(
    "refuses a missing path as %s",
    async (format) => {
      const path = "s3a://lake/nothing/here";
      const frames = [
        spark.read.format(format).load(path),
        spark.read.format(format).schema("n int").load(path),
      ];
      for (const frame of frames) {
        await expect(frame.count()).rejects.toMatchObject({
          errorClass: "PATH_NOT_FOUND",
          sqlState: "42K03",
          message: `PATH_NOT_FOUND: there is no file or folder ${path}.\nCheck the path; a folder without files isn't there on such a storage.`,
        });
      }
    },
  );

  test("refuses a pattern that matches nothing, and one missing path among several", async () => {
    await hosts().write.parquet("s3a://lake/some/there");
    for (const paths of [["s3a://lake/some/x*"], ["s3a://lake/some/there", "s3a://lake/some/gone"]]) {
      await expect(spark.read.parquet(paths).count()).rejects.toThrow(
        `PATH_NOT_FOUND: there is no file or folder ${paths.at(-1)}.`,
      );
    }
  });

  test("an empty folder that is there is read as Spark reads it: no rows", async () => {
    expect(await spark.read.schema("n int").parquet("s3a://lake/empty").count()).toBe(0);
  });

  test("says that a bucket isn't there, of reads and writes", async () => {
    const says =
      /^PATH_NOT_FOUND: there is no bucket `other`\.\nCheck its name, and AWS_ENDPOINT and AWS_REGION/;
    await expect(spark.read.parquet("s3a://other/x").count()).rejects.toThrow(says);
    await expect(hosts().write.parquet("s3a://other/x")).rejects.toThrow(says);
  });
});

describe("the embedded engine on S3, started wrongly", () => {
  const wrong: [string, Record<string, string | undefined>, RegExp, RegExp][] = [
    [
      "an unknown key",
      { AWS_ACCESS_KEY_ID: "AKIAUNKNOWN" },
      /doesn't let this key do that/,
      /InvalidAccessKeyId/,
    ],
    [
      "a wrong secret",
      { AWS_SECRET_ACCESS_KEY: "wrong" },
      /doesn't let this key do that/,
      /SignatureDoesNotMatch/,
    ],
    [
      "no key",
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_EC2_METADATA_DISABLED: "true" },
      /there are no credentials for the storage/,
      /there are no credentials for the storage/,
    ],
    ["no leave for http", { AWS_ALLOW_HTTP: undefined }, /isn't https/, /isn't https/],
    ["a wrong address", { AWS_ENDPOINT: "http://127.0.0.1:1" }, /nothing answers/, /nothing answers/],
  ];
  test.each(wrong)("with %s says which variables to set", async (_, change, read, write) => {
    const session = await sessionWith(change);
    try {
      const variables = /\n.*AWS_/;
      const reading = session.read.parquet("s3a://lake/some/there").count();
      await expect(reading).rejects.toThrow(read);
      await expect(reading).rejects.toThrow(variables);
      const writing = session.range(3).write.parquet("s3a://lake/wrong");
      await expect(writing).rejects.toThrow(write);
      await expect(writing).rejects.toThrow(variables);
    } finally {
      await session.stop();
    }
  });
});
