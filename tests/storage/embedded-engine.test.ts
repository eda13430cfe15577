import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SparkSession } from "../../runtime/index.ts";
import { administer, clusterFor } from "./cluster.ts";

const cluster = clusterFor({ dataNodes: 1 });
let spark: SparkSession;

beforeAll(async () => {
  if (!cluster.hdfs) return;
  const { url, conf } = cluster.hdfs;
  process.env.HADOOP_CONF_DIR = conf;
  process.env.HADOOP_USER_NAME = "reader";
  spark = await SparkSession.builder.remote("sail").getOrCreate();
  await administer(cluster.hdfs, "/lake", "MKDIRS");
  await administer(cluster.hdfs, "/lake", "SETOWNER&owner=reader");
  await spark.range(10).write.mode("overwrite").parquet(`${url}/lake/a b/date=2024-01-31`);
  await spark.range(5).write.mode("overwrite").parquet(`${url}/lake/a b/date=2024-02-01`);
}, 240_000);

afterAll(async () => {
  await spark?.stop();
  delete process.env.HADOOP_CONF_DIR;
  delete process.env.HADOOP_USER_NAME;
});

describe("the embedded engine on HDFS", () => {
  test("reads what is there, with a space in its name or %20 for it", async () => {
    const { url } = cluster.hdfs;
    expect(await spark.read.parquet(`${url}/lake/a b`).count()).toBe(15);
    expect(await spark.read.parquet(`${url}/lake/a%20b/`).count()).toBe(15);
    expect(await spark.read.parquet(`${url}/lake/a b/date=2024-02-01`).count()).toBe(5);
  });

  test.each(["parquet", "csv", "json"] as const)("refuses a missing path as %s", async (format) => {
    const path = `${cluster.hdfs.url}/lake/missing`;
    await expect(spark.read[format](path).count()).rejects.toMatchObject({
      errorClass: "PATH_NOT_FOUND",
      sqlState: "42K03",
      message: `PATH_NOT_FOUND: there is no file or folder ${path}.\nCheck the path: hdfs dfs -ls /`,
    });
  });

  test("refuses one missing path among several", async () => {
    const { url } = cluster.hdfs;
    const frame = spark.read.parquet(`${url}/lake/a b`, `${url}/nothing`);
    await expect(frame.count()).rejects.toThrow(`PATH_NOT_FOUND: there is no file or folder ${url}/nothing.`);
  });

  test("reads what a pattern matches, and refuses one that matches nothing", async () => {
    const path = `${cluster.hdfs.url}/lake/a b`;
    expect(await spark.read.parquet(`${path}/date=*`).count()).toBe(15);
    expect(await spark.read.parquet(`${path}/date=2024-0[2-3]-*`).count()).toBe(5);
    expect(await spark.read.parquet(`${cluster.hdfs.url}/l*/a b/date=2024-01-31/*.parquet`).count()).toBe(10);
    await expect(spark.read.parquet(`${path}/day=*`).count()).rejects.toMatchObject({
      errorClass: "PATH_NOT_FOUND",
      message: `PATH_NOT_FOUND: there is no file or folder ${path}/day=*.\nCheck the path: hdfs dfs -ls /`,
    });
  });

  test("says who may not read, and what to do", async () => {
    const path = `${cluster.hdfs.url}/lake/secret`;
    await spark.range(3).write.parquet(path);
    await administer(cluster.hdfs, "/lake/secret", "SETOWNER&owner=alice");
    await administer(cluster.hdfs, "/lake/secret", "SETPERMISSION&permission=700");
    await expect(spark.read.parquet(path).count()).rejects.toMatchObject({
      errorClass: "FAILED_READ_FILE",
      message: expect.stringMatching(
        /HDFS doesn't let reader read \/lake\/secret: Permission denied.*\nLet them: hdfs dfs -chmod o\+rx '\/lake\/secret'/,
      ),
    });
    await expect(spark.range(3).write.mode("append").parquet(path)).rejects.toMatchObject({
      message: expect.stringMatching(/HDFS doesn't let reader .*\nLet them: hdfs dfs /),
    });
  });

  test("reads on where WebHDFS doesn't answer", async () => {
    delete process.env.HADOOP_CONF_DIR;
    // Another name for the same host, so that its WebHDFS is looked for anew: on port 9870, where nobody is.
    const url = cluster.hdfs.url.replace("127.0.0.1", "localhost");
    expect(await spark.read.parquet(`${url}/lake/a b`).count()).toBe(15);
  });

  test("says that nothing answers at an address", async () => {
    await expect(spark.read.parquet("hdfs://127.0.0.1:1/lake").count()).rejects.toMatchObject({
      errorClass: "FAILED_READ_FILE",
      message: expect.stringMatching(/nothing answers .*\nCheck the host and the port/),
    });
  });
});
