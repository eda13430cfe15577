// RDDs on a cluster of two workers, whose executors have no Node of their own.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext, vi } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { findSpark, installSpark } from "../../dev/spark/spark-home.ts";
import { type SparkCluster, startSpark } from "../../dev/spark/start-spark.ts";
import { EngineError, JobScope, SparkSession, udf } from "../../runtime/index.ts";
import { engines, valuesOf } from "../support/engines.ts";
import { executorsOf, killedAtFetch, numberedRecords } from "../support/order-rounds.ts";
import { allGone, descendants } from "../support/processes.ts";

const timeout = 300_000;
const archiveSetting = "spark.sightline.node.archive";
const pathSetting = "spark.sightline.node.path";

function missing(): string | undefined {
  if (!engines.includes("spark")) return "npm run test:spark";
  try {
    findSpark();
    return missingTools();
  } catch {
    return installSpark;
  }
}

describe("RDDs on a standalone cluster of two workers", { timeout }, () => {
  let cluster: SparkCluster;
  let spark: SparkSession;
  let folder: string;
  const sc = () => spark.sparkContext;
  const require = (context: TestContext) => {
    const command = missing();
    if (command) context.skip(command);
  };
  beforeAll(async () => {
    if (missing()) return;
    folder = mkdtempSync(join(tmpdir(), "sightline-cluster-"));
    cluster = await startSpark({
      config: {
        "spark.executorEnv.PATH": toolsWithoutNode(join(folder, "bin")),
        // What ends a worker whose job was cancelled isn't Spark.
        "spark.python.task.killTimeout": "1h",
      },
    });
    spark = await SparkSession.builder.remote(cluster.remote).getOrCreate();
  }, timeout);
  afterEach(async () => {
    await spark?.conf.unset(archiveSetting);
    await spark?.conf.unset(pathSetting);
  });
  afterAll(async () => {
    await spark?.stop();
    await cluster?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, timeout);
  const failure = (job: Promise<unknown>) =>
    job.then(
      () => expect.unreachable("it succeeded"),
      (error: Error) => error,
    );
  const workers = () =>
    cluster.servers
      .flatMap(({ pid }) => descendants(pid))
      .filter(({ command }) => /[0-9a-f]{64}\.cjs/.test(command));
  /** Where each of many tasks ran: host, the executor's Python, Node's process and program. */
  const places = () => {
    const work = (): [string, number, number, string] => {
      // Long enough that one executor alone can't take all of them before the other comes.
      for (const end = Date.now() + 300; Date.now() < end;);
      return [process.getBuiltinModule("node:os").hostname(), process.ppid, process.pid, process.execPath];
    };
    return sc()
      .parallelize([...Array(16).keys()], 16)
      .map(work)
      .collect();
  };

  test("executors without a Node say so, and how it comes to them", async (context) => {
    require(context);
    const error = await failure(sc().parallelize([1], 1).count());
    expect(error).toBeInstanceOf(EngineError);
    const [what, remedy] = error.message.split("\n");
    expect(what).toBe(`There is no \`node\` on the PATH of the executor ${hostname()}.`);
    expect(remedy).toContain(`await spark.conf.set("${archiveSetting}", "true")`);
    expect(remedy).toContain(`await spark.conf.set("${pathSetting}", "/opt/node/bin/node")`);
  });

  test("a setting sends this machine's Node to the executors of both workers", async (context) => {
    require(context);
    await spark.conf.set(archiveSetting, "true");
    const found = await places();
    const programs = new Set(found.map(([, , , program]) => program));
    expect([...programs].map((program) => /\/work-(\d)\//.exec(program)?.[1]).toSorted()).toEqual(["0", "1"]);
    for (const program of programs) expect(program).toMatch(/\/sightline-node\/bin\/node$/);
    expect(new Set(found.map(([host]) => host))).toEqual(new Set([hostname()]));
    expect(new Set(found.map(([, python]) => python)).size).toBeGreaterThan(1);
    expect(new Set(found.map(([, , node]) => node)).size).toBeGreaterThan(1);
    const double = udf((n: number) => n * 2, "int");
    expect(valuesOf(await spark.range(2).select(double("id")).collect())).toEqual([[0], [2]]);
  });

  test("an archive of one's own is found too, given by the setting or as PySpark's users do", async (context) => {
    require(context);
    const archive = join(folder, "own.tar.gz");
    mkdirSync(join(folder, "node-v24", "bin"), { recursive: true });
    symlinkSync(process.execPath, join(folder, "node-v24", "bin", "node"));
    execFileSync("tar", ["-chzf", archive, "-C", folder, "node-v24"]);
    const program = () =>
      sc()
        .parallelize([1], 1)
        .map(() => process.execPath)
        .first();
    await spark.conf.set(archiveSetting, archive);
    const other = await spark.newSession();
    expect(await program()).toMatch(/\/sightline-node\/node-v24\/bin\/node$/);
    await other.addArtifacts(`${archive}#node`, { archive: true });
    const found = other.sparkContext.parallelize([1], 1).map(() => process.execPath);
    expect(await found.first()).toMatch(/\/node\/node-v24\/bin\/node$/);
    await other.stop();
  });

  test("a setting names the Node of the executors", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    const found = await places();
    expect(new Set(found.map(([, , , program]) => program))).toEqual(new Set([process.execPath]));
    expect(new Set(found.map(([, python]) => python)).size).toBeGreaterThan(1);
  });

  test("a broadcast value reaches the executors, and what they add comes back", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    const weights = sc().broadcast(new Map(Array.from({ length: 100_000 }, (_, i) => [i, i % 10])));
    const seen = sc().accumulator(0);
    const sums = sc()
      .range(0, 1000, 1, 8)
      .map((n) => {
        seen.add(1);
        return [n % 3, weights.value.get(n)!] as [number, number];
      })
      .reduceByKey((a, b) => a + b);
    expect(await sums.map(([, sum]) => sum).sum()).toBe(4500);
    expect(seen.value).toBe(1000);
    const rounds = sc().accumulator(0);
    const ranks = sc()
      .range(0, 100, 1, 4)
      .map((n) => (rounds.add(1), [n % 10, 1] as [number, number]))
      .cache();
    for (let i = 0; i < 3; i++) expect(await ranks.reduceByKey((a, b) => a + b).count()).toBe(10);
    expect(rounds.value).toBe(100);
    await ranks.unpersist();
    weights.destroy();
  });

  test("a worker that dies is run again by Spark", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    const mark = join(folder, "died");
    const once = (n: number) => {
      const fs = process.getBuiltinModule("node:fs");
      if (n === 2 && !fs.existsSync(mark)) {
        fs.writeFileSync(mark, "");
        process.kill(process.pid, "SIGKILL");
      }
      return n;
    };
    expect(await sc().parallelize([1, 2, 3, 4], 4).map(once).collect()).toEqual([1, 2, 3, 4]);
  });

  test("a cancelled job's spinning workers end before Spark ends them, and so does that of a dead Python", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    const spin = () => {
      process.title = "spinning-for-a-test";
      for (;;);
    };
    const spinning = () =>
      cluster.servers
        .flatMap(({ pid }) => descendants(pid))
        .filter(({ command }) => command.startsWith("spinning-for-a-test"));
    const scope = new JobScope();
    const outcome = failure(scope.run(() => sc().parallelize([1, 2], 2).map(spin).count()));
    const seen = await vi.waitUntil(() => spinning().length === 2 && spinning(), { timeout: 60_000 });
    scope.cancel(new Error("stopped by hand"));
    expect((await outcome).message).toBe("stopped by hand");
    await allGone(seen as ReturnType<typeof spinning>);
    expect(await sc().parallelize([1, 2], 2).count()).toBe(2);

    const again = new JobScope();
    const second = failure(again.run(() => sc().parallelize([1, 2], 2).map(spin).count()));
    const orphans = (await vi.waitUntil(() => spinning().length === 2 && spinning(), {
      timeout: 60_000,
    })) as ReturnType<typeof spinning>;
    for (const { parent } of orphans) process.kill(parent, "SIGKILL");
    await allGone(orphans);
    again.cancel(new Error("stopped by hand"));
    await second;
  });

  test("ids after a shuffle and two repartitions are the same when an executor is killed at the fetch", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    const undisturbed = await numberedRecords(spark);
    expect(undisturbed).toHaveLength(700);
    for (const worker of [0, 1]) {
      const before = executorsOf(cluster)[worker];
      expect(await killedAtFetch(spark, cluster, worker)).toEqual(undisturbed);
      expect(executorsOf(cluster)[worker]).not.toEqual(before);
    }
  });

  test("no worker is left when nothing ran for a while", async (context) => {
    require(context);
    await spark.conf.set(pathSetting, process.execPath);
    expect(await sc().parallelize([1, 2], 2).count()).toBe(2);
    await vi.waitUntil(() => workers().length === 0, { timeout: 100_000, interval: 500 });
  });
});

/** A folder with the tools that Spark's executors call. */
function toolsWithoutNode(bin: string): string {
  mkdirSync(bin, { recursive: true });
  for (const tool of ["bash", "sh", "tar", "gzip", "gunzip", "rm", "cat", "ls", "chmod", "env", "id"]) {
    const found = execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    symlinkSync(found, join(bin, tool));
  }
  return bin;
}
