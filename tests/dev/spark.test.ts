import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, type TestContext } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { findSpark, installSpark } from "../../dev/spark/spark-home.ts";
import { type SparkCluster, startSpark } from "../../dev/spark/start-spark.ts";
import { functions as F, SparkSession } from "../../runtime/index.ts";
import { valuesOf } from "../support/engines.ts";

const timeout = 240_000;

function missing(): string | undefined {
  try {
    findSpark();
    return missingTools();
  } catch {
    return installSpark;
  }
}

describe("a standalone cluster of two workers", () => {
  let cluster: SparkCluster;
  let spark: SparkSession;
  beforeAll(async () => {
    if (missing()) return;
    cluster = await startSpark();
    spark = await SparkSession.builder.remote(cluster.remote).getOrCreate();
  }, timeout);
  afterAll(async () => {
    await spark?.stop();
    await cluster?.stop();
    if (cluster) expect(existsSync(cluster.folder)).toBe(false);
  }, timeout);
  const require = (context: TestContext) => {
    const command = missing();
    if (command) context.skip(command);
  };

  test("runs queries and TypeScript on executors of both workers", { timeout }, async (context) => {
    require(context);
    const rows = await spark
      .range(0, 1000, 1, 4)
      .groupBy(F.expr("id % 2").alias("odd"))
      .sum("id")
      .orderBy("odd")
      .collect();
    expect(valuesOf(rows)).toEqual([
      [0, 249_500],
      [1, 250_000],
    ]);
    const work = () => {
      // Long enough that one executor alone can't take all of them before the other comes.
      for (const end = Date.now() + 300; Date.now() < end;);
      return process.ppid;
    };
    const parents = await spark.sparkContext
      .parallelize([...Array(16).keys()], 16)
      .map(work)
      .collect();
    expect(new Set(parents).size).toBeGreaterThan(1);
  });

  test("a job goes on when a worker is killed, and the worker comes back", { timeout }, async (context) => {
    require(context);
    const slow = (n: number) => {
      for (const end = Date.now() + 1500; Date.now() < end;);
      return n * 2;
    };
    const job = spark.sparkContext.parallelize([1, 2, 3, 4, 5, 6, 7, 8], 8).map(slow).collect();
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await cluster.killWorker(0);
    expect(await job).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
    await cluster.restartWorker(0);
    expect(await spark.range(0, 100, 1, 8).count()).toBe(100);
  });

  test("keeps its secrets to this account and its ports to this machine", { timeout }, async (context) => {
    require(context);
    const conf = join(cluster.folder, "conf", "spark-defaults.conf");
    expect(statSync(conf).mode & 0o777).toBe(0o600);
    const text = readFileSync(conf, "utf8");
    const secrets = [/authenticate\.secret (\w+)/, /authenticate\.token (\w+)/].map(
      (one) => one.exec(text)![1],
    );
    const seen = execFileSync("ps", ["axww", "-o", "args"], { encoding: "utf8" });
    for (const secret of secrets) expect(seen).not.toContain(secret);
    const without = cluster.remote.replace(/token=\w+;/, "");
    const { host, port } = new URL(without.replace("sc://", "http://"));
    expect(host).toBe(`127.0.0.1:${port}`);
    expect(listenersBeyondLoopback(cluster.servers.map(({ pid }) => pid))).toEqual([]);
  });
});

test("a wrong number of workers and a folder that Spark can't use are refused", async () => {
  await expect(startSpark({ workers: 0 })).rejects.toThrow(
    "Spark can't be started with 0 workers.\nUse 1 to 16.",
  );
  await expect(startSpark({ folder: "/tmp/a b" })).rejects.toThrow(
    "Spark can't keep its files in /tmp/a b: it takes plain letters, digits and signs only.\nName another folder",
  );
});

/** The addresses, other than this machine's own, that processes listen on. */
function listenersBeyondLoopback(pids: readonly number[]): string[] {
  const inodes = new Set(
    pids.flatMap((pid) =>
      execFileSync("sh", ["-c", `ls -l /proc/${pid}/fd 2>/dev/null | grep -o 'socket:.[0-9]*' || true`], {
        encoding: "utf8",
      })
        .split("\n")
        .map((line) => line.replace(/\D/g, "")),
    ),
  );
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === "0A" && inodes.has(fields[9]))
      .map((fields) => fields[1].split(":")[0])
      // 127.0.0.1 as the kernel writes it, and mapped into IPv6.
      .filter((address) => !/^(0000000000000000FFFF0000)?0100007F$/.test(address)),
  );
}
