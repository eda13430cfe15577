import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { EngineError, PlanError, SparkSession, udf } from "../../runtime/index.ts";
import { root } from "../support/command.ts";
import { valuesOf } from "../support/engines.ts";
import { numberedRecords } from "../support/order-rounds.ts";

const serve = `
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
`;
const withNode = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

const noFolder = join(tmpdir(), "no-such-folder");
const failure = (job: Promise<unknown>) =>
  job.then(
    () => expect.unreachable("it succeeded"),
    (error: Error) => error,
  );

const running: ChildProcess[] = [];
const folders: string[] = [];

/** A server that isn't ours, with its own temporary folder and PATH, and a session on it. */
async function remoteSession(path: string): Promise<{ spark: SparkSession; temporary: string }> {
  const temporary = mkdtempSync(join(tmpdir(), "sightline-remote-"));
  folders.push(temporary);
  const python = join(root, ".venv", "bin", "python");
  const env = { ...process.env, TMPDIR: temporary, PATH: path };
  const server = spawn(python, ["-c", serve], { env, stdio: ["pipe", "pipe", "ignore"] });
  running.push(server);
  const [port] = (await once(server.stdout, "data")) as [Buffer];
  return {
    spark: await SparkSession.builder.remote(`sc://127.0.0.1:${port.toString().trim()}`).getOrCreate(),
    temporary,
  };
}

let current: SparkSession | undefined;
async function open(path = withNode) {
  const { spark, temporary } = await remoteSession(path);
  current = spark;
  const double = () =>
    spark.sparkContext
      .parallelize([1, 2], 2)
      .map((n) => n * 2)
      .collect();
  const doubleColumn = async () =>
    valuesOf(
      await spark
        .range(2)
        .select(udf((n: number) => n * 2, "int")("id"))
        .collect(),
    );
  return { spark, temporary, double, doubleColumn, cache: join(temporary, `sightline-${userInfo().uid}`) };
}

afterEach(async () => {
  await current?.stop();
  for (const server of running.splice(0)) server.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("executors of a server that isn't ours", () => {
  test("get the worker with the first job, keep it in a folder of their own, and later need only its hash", async () => {
    const { double, cache } = await open();
    expect(await double()).toEqual([2, 4]);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.cjs$/)]);
    expect(await double()).toEqual([2, 4]);
  });

  test("get it again when they lost it or when it was changed", async () => {
    const { double, cache } = await open();
    await double();
    const [name] = readdirSync(cache);
    const source = readFileSync(join(cache, name), "utf8");
    rmSync(join(cache, name));
    expect(await double()).toEqual([2, 4]);
    writeFileSync(join(cache, name), "process.exit(9)");
    expect(await double()).toEqual([2, 4]);
    expect(readFileSync(join(cache, name), "utf8")).toBe(source);
  });

  test("run nothing out of a folder that others can write to", async () => {
    const { double, cache } = await open();
    mkdirSync(cache);
    chmodSync(cache, 0o777);
    expect(await double()).toEqual([2, 4]);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("without a Node say so, and the ways to have one", async () => {
    const { double, doubleColumn, temporary } = await open(noFolder);
    for (const work of [double, doubleColumn]) {
      const error = await failure(work());
      expect(error).toBeInstanceOf(EngineError);
      const [what, remedy] = error.message.split("\n");
      expect(what).toBe(`There is no \`node\` on the PATH of the executor ${hostname()}.`);
      expect(remedy).toContain("Install it on every executor, as `node` on its PATH");
      expect(remedy).toContain('await spark.conf.set("spark.sightline.node.path", "/opt/node/bin/node")');
      expect(remedy).toContain('await spark.conf.set("spark.sightline.node.archive", "true")');
    }
    expect(statSync(temporary).isDirectory()).toBe(true);
  });

  test("run the Node that a setting names, and say where there is none", async () => {
    const { spark, double, doubleColumn } = await open(noFolder);
    await spark.conf.set("spark.sightline.node.path", "/no/such/node");
    expect((await failure(double())).message).toMatch(
      `There is no Node at /no/such/node on the executor ${hostname()}.\nFunctions on executors run in Node 22`,
    );
    await spark.conf.set("spark.sightline.node.path", "bin/node");
    for (const work of [double, doubleColumn]) {
      const error = await failure(work());
      expect(error).toBeInstanceOf(PlanError);
      expect(error.message).toBe(
        'spark.sightline.node.path is "bin/node", which isn\'t a path from the root.\n' +
          'Name the file on the executors: await spark.conf.set("spark.sightline.node.path", "/opt/node/bin/node");',
      );
    }
    await spark.conf.set("spark.sightline.node.path", process.execPath);
    expect(await double()).toEqual([2, 4]);
    expect(await doubleColumn()).toEqual([[0], [2]]);
  });

  test.each([
    ["echo v20.18.1", "is Node 20.18.1, which is too old."],
    ["echo no such thing >&2; exit 3", "can't be run: no such thing."],
    ["exit 3", "can't be run: it ended with exit code 3."],
  ])("with a Node that says `%s` tell it by its place", async (script, what) => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-old-node-"));
    folders.push(folder);
    const node = join(folder, "node");
    writeFileSync(node, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const { double } = await open(`${folder}${delimiter}/usr/bin${delimiter}/bin`);
    const error = await failure(double());
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toMatch(`${node} on the executor ${hostname()} ${what}\nFunctions on executors`);
  });

  test("of a server that takes no files say so when Node is to be sent", async () => {
    const { spark, double } = await open(noFolder);
    await spark.conf.set("spark.sightline.node.archive", true);
    const error = await failure(double());
    expect(error).toBeInstanceOf(PlanError);
    expect(error.message).toMatch(
      /^sc:\/\/127\.0\.0\.1:\d+ takes no files of a session, so spark\.sightline\.node\.archive can't send Node to it\.\nInstall Node there/,
    );
    await spark.conf.unset("spark.sightline.node.archive");
    await spark.conf.set("spark.sightline.node.path", process.execPath);
    expect(await double()).toEqual([2, 4]);
  });

  test("give records the same ids each time, though blocks come through the engine as they are done", async () => {
    const { spark } = await open();
    const first = await numberedRecords(spark, { parallelism: 8 });
    expect(first).toHaveLength(700);
    expect(first.map(({ index }) => index)).toEqual(first.map((_, at) => at));
    const again = [1, 2, 3].map(() => numberedRecords(spark, { parallelism: 8 }));
    for (const records of await Promise.all(again)) expect(records).toEqual(first);
  });

  test("don't see this machine's files or npm packages, which is said before any job", async () => {
    const { spark } = await open();
    await expect(spark.sparkContext.textFile("package.json").count()).rejects.toThrow(
      /can't see\.\nPut them where those can: hdfs/,
    );
  });
});
