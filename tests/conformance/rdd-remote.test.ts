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
import { EngineError, SparkSession } from "../../runtime/index.ts";
import { root } from "../support/command.ts";

const serve = `
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
`;
const withNode = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

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
  return { spark, temporary, double, cache: join(temporary, `sightline-${userInfo().uid}`) };
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

  test("without a Node say so, and what to install", async () => {
    const { double, temporary } = await open(join(tmpdir(), "no-such-folder"));
    const error = await double().then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error?.message.split("\n")).toEqual([
      `There is no \`node\` on the PATH of the executor ${hostname()}.`,
      expect.stringContaining("Install it on every executor"),
    ]);
    expect(statSync(temporary).isDirectory()).toBe(true);
  });

  test("don't see this machine's files or npm packages, which is said before any job", async () => {
    const { spark } = await open();
    await expect(spark.sparkContext.textFile("package.json").count()).rejects.toThrow(
      /can't see\.\nRead them as a DataFrame/,
    );
  });
});
