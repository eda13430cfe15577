import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { type HdfsOptions, startHdfs } from "../../dev/hdfs/start-hdfs.ts";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { SparkSession } from "../../runtime/index.ts";

const timeout = 300_000;

async function start(context: TestContext, options: HdfsOptions) {
  const missing = missingTools();
  if (missing) context.skip(missing);
  const hdfs = await startHdfs(options);
  onTestFinished(() => hdfs.stop());
  return hdfs;
}

test(
  "the embedded engine writes three copies, which outlive a DataNode and the NameNode's restart",
  { timeout },
  async (context) => {
    const hdfs = await start(context, { dataNodes: 3 });
    const spark = await SparkSession.builder.remote("sail").getOrCreate();
    onTestFinished(() => spark.stop());
    const table = `${hdfs.url}/lake/hosts`;
    await spark.range(1000).selectExpr("id", "id % 7 as host").write.parquet(table);
    const { stdout: listing } = await hdfs.run("dfs", ["-stat", "%r %u", "/lake/hosts/*.parquet"]);
    expect(listing.trim().split("\n")).toEqual([expect.stringMatching(/^3 \w/)]);
    await hdfs.killDataNode(0);
    expect(await spark.read.parquet(table).count()).toBe(1000);
    await hdfs.killNameNode();
    await hdfs.restartNameNode();
    await hdfs.restartDataNode(0);
    expect(await spark.read.parquet(table).count()).toBe(1000);

    expect(readFileSync(join(hdfs.conf, "core-site.xml"), "utf8")).toContain(`<value>${hdfs.url}</value>`);
    const web = (await (await fetch(`${hdfs.webhdfs}/webhdfs/v1/lake?op=LISTSTATUS`)).json()) as object;
    expect(web).toMatchObject({ FileStatuses: { FileStatus: [{ pathSuffix: "hosts", type: "DIRECTORY" }] } });
    const refused = await hdfs.run("dfs", ["-mkdir", "/lake/mine"], "mallory");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("Permission denied: user=mallory, access=WRITE");
    await hdfs.stop();
    expect(existsSync(hdfs.folder)).toBe(false);
  },
);

test(
  "a daemon that can't start is shown with the end of its log, and none is left",
  { timeout },
  async (context) => {
    const missing = missingTools();
    if (missing) context.skip(missing);
    await expect(startHdfs({ config: { "dfs.datanode.failed.volumes.tolerated": -7 } })).rejects.toThrow(
      /^HDFS DataNode 0 didn't start: it ended with exit code 1\. The end of its log:\n[^]*-7[^]*\nThe whole log: .*\/logs\/hdfs-datanode-0\.log$/,
    );
  },
);

test("wrong numbers and folders are refused before anything starts", async (context) => {
  const missing = missingTools();
  if (missing) context.skip(missing);
  await expect(startHdfs({ dataNodes: 2 as 3 })).rejects.toThrow(
    "HDFS can't be started with 2 DataNodes.\nUse 1 or 3.",
  );
  await expect(startHdfs({ ports: { nameNode: 70_000, web: 1 } })).rejects.toThrow(
    "70000 is no port for HDFS.\nUse a number from 1 to 65535.",
  );
  await expect(startHdfs({ folder: "/tmp/a folder" })).rejects.toThrow(
    "HDFS can't keep data in /tmp/a folder: it takes plain letters, digits and signs only.\n" +
      "Name another folder, for example SIGHTLINE_DEV_FOLDER=/tmp/sightline-dev for sightline dev.",
  );
});
