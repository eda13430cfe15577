// Spark on this machine: what it listens on wants a token or a secret, and neither is where others can read it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConnectClient } from "../../runtime/connect/client.ts";
import type { LocalEngine } from "../../runtime/engines/local-engine.ts";
import { SparkSession } from "../../runtime/index.ts";
import { root } from "../support/command.ts";
import { descendants } from "../support/processes.ts";

const isInstalled = existsSync(join(root, ".sightline/spark/bin/python"));
const hint = "npm run setup -- --spark";
let spark: SparkSession;

beforeAll(async () => {
  if (isInstalled) spark = await SparkSession.builder.remote("local[2]").getOrCreate();
}, 240_000);
afterAll(() => spark?.stop());

const engine = () => spark.engine as LocalEngine;
const processes = () => [...descendants(process.pid)].filter(({ command }) => /spark/i.test(command));

async function folderOf(): Promise<string> {
  const command = processes().find(({ pid }) => pid === engine().pid)!.command;
  return command.split(" ").at(-1)!;
}

test("a call without the token, or with another, is refused", async (context) => {
  if (!isInstalled) context.skip(hint);
  const endpoint = await engine().endpoint();
  expect(endpoint.token).toMatch(/^[0-9a-f]{48}$/);
  for (const token of [undefined, "", "0".repeat(48), endpoint.token!.slice(1)]) {
    const stranger = new ConnectClient({ ...endpoint, token });
    await expect(stranger.config({ case: "getAll", value: {} })).rejects.toThrow(
      /auth|token|UNAUTHENTICATED/i,
    );
    stranger.disconnect();
  }
  expect(await spark.range(3).count()).toBe(3);
});

test("the token is in no process's arguments and not in the log, and the log is its account's", async (context) => {
  if (!isInstalled) context.skip(hint);
  const { token } = await engine().endpoint();
  const all = execFileSync("ps", ["-eo", "args="], { encoding: "utf8", maxBuffer: 1 << 26 });
  expect(all).toContain("SparkConnectServer");
  expect(all).not.toContain(token);
  const log = join(await folderOf(), "spark.log");
  expect(readFileSync(log, "utf8")).not.toContain(token);
  expect(statSync(log).mode & 0o777).toBe(0o600);
});

test("Spark's other ports are on loopback and want a secret; what it unpacks is in the session's folder", async (context) => {
  if (!isInstalled) context.skip(hint);
  const pairs = spark.sparkContext.parallelize([1, 2, 3, 4], 2).map((n) => [n % 2, n] as [number, number]);
  expect(await pairs.reduceByKey((a, b) => a + b).count()).toBe(2);
  const pids = processes().map(({ pid }) => `pid=${pid},`);
  const listening = execFileSync("ss", ["-Htlnp"], { encoding: "utf8" }).split("\n");
  const ours = listening.filter((line) => pids.some((pid) => line.includes(pid)));
  expect(ours.length).toBeGreaterThan(1);
  for (const line of ours) expect(line).toMatch(/\s(127\.0\.0\.1|\[::ffff:127\.0\.0\.1\]):\d+\s/);
  const folder = await folderOf();
  expect(readFileSync(join(folder, "spark.log"), "utf8")).toMatch(/SecurityManager: authentication enabled/);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(dirname(folder)).mode & 0o777).toBe(0o700);
  const java = processes().find(({ command }) => command.includes("SparkConnectServer"))!;
  expect(java.command).toContain(`-Djava.io.tmpdir=${folder}`);
});
