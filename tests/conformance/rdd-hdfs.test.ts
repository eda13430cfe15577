// RDDs of a real HDFS, which workers read and write by WebHDFS.
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Storage } from "../../runtime/storage/storage.ts";
import { openStorage } from "../../runtime/storage/open-storage.ts";
import { clusterFor } from "../storage/cluster.ts";
import { engines, sessionFor } from "../support/engines.ts";

// Small blocks, so that a file has several, and folders in pages of three.
const cluster = clusterFor({ dataNodes: 1, config: { "dfs.blocksize": 1 << 20, "dfs.ls.limit": 3 } });
const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i} of ä`);
let storage: Storage;

beforeAll(async () => {
  if (!cluster.hdfs) return;
  vi.stubEnv("HADOOP_CONF_DIR", cluster.hdfs.conf);
  storage = await openStorage(cluster.hdfs.url);
  await storage.write("logs/big.txt", Buffer.from(lines.join("\r\n")));
  await storage.write("logs/packed [1],2.txt.gz", gzipSync("x\ny"));
  await storage.write("logs/_hidden", Buffer.from("hidden\n"));
  for (const name of ["a", "b", "c", "d"]) await storage.write(`small/${name}`, Buffer.from(`${name}\n`));
});

describe.each(engines)("RDDs of HDFS on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const at = (path: string) => `${cluster.hdfs.url}/${path}`;

  test("lines of files of several blocks, and of packed ones", async () => {
    const rdd = sc().textFile(at("logs"));
    expect(await rdd.getNumPartitions()).toBe(5);
    expect((await rdd.collect()).join("\n")).toBe([...lines, "x", "y"].join("\n"));
  });

  test("patterns, whole files and bytes, by their addresses", async () => {
    expect(await sc().textFile(at("small/[b-c]"), 1).collect()).toEqual(["b", "c"]);
    expect(await sc().textFile(at("{small,none}/{a,d}"), 1).collect()).toEqual(["a", "d"]);
    expect(await sc().wholeTextFiles(at("small/a")).collect()).toEqual([[at("small/a"), "a\n"]]);
    const bytes = await sc()
      .binaryFiles(at("small"))
      .mapValues((all) => all.length)
      .collect();
    expect(bytes).toEqual(["a", "b", "c", "d"].map((name) => [at(`small/${name}`), 2]));
  });

  test("what isn't there is named", async () => {
    const none = at("none");
    await expect(sc().textFile(none).count()).rejects.toThrow(
      `textFile("${none}"): there is no file ${none}.`,
    );
  });

  test("lines are written where others see them when all are there", async () => {
    const path = at(`out-${engine}/x`);
    const numbers = sc().parallelize([1, 2, 3, 4], 2);
    await numbers.saveAsTextFile(path);
    const parts = await storage.list(`out-${engine}/x`);
    expect(parts.map(({ name }) => name)).toEqual(["_SUCCESS", "part-00000", "part-00001"]);
    expect(await sc().textFile(path, 1).collect()).toEqual(["1", "2", "3", "4"]);
    await expect(numbers.saveAsTextFile(path)).rejects.toThrow(`${path} is there already`);
    const failing = numbers.map((n) => {
      if (n === 4) throw new Error("four");
      return n;
    });
    await expect(failing.saveAsTextFile(at(`out-${engine}/failed`))).rejects.toThrow("four");
    expect((await storage.list(`out-${engine}`)).map(({ name }) => name)).toEqual(["x"]);
  });
});
