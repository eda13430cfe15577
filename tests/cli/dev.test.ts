import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, type TestContext, vi } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { isRunning, type ProcessIdentity } from "../../dev/processes/process-identity.ts";
import { installSpark } from "../../dev/spark/spark-home.ts";
import { SparkSession } from "../../runtime/index.ts";
import { Command, root } from "../support/command.ts";
import { allGone, descendants } from "../support/processes.ts";

const timeout = 400_000;
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "sightline-dev-")), "servers");
  onTestFinished(async () => {
    await dev("down").exited;
    rmSync(dirname(folder), { recursive: true });
  }, timeout);
});

function dev(...words: string[]): Command {
  return new Command([process.execPath, "cli/sightline.mjs", "dev", ...words], {
    env: { SIGHTLINE_DEV_FOLDER: folder },
  });
}

async function run(...words: string[]) {
  const command = dev(...words);
  await new Promise((resolve) => command.child.once("close", resolve));
  const { code } = await command.exited;
  return { code, stdout: command.stdout, stderr: command.stderr };
}

function requireTools(context: TestContext): void {
  const missing = missingTools();
  if (missing) context.skip(missing);
}

interface State {
  [service: string]: { addresses: Record<string, string>; servers: (ProcessIdentity & { title: string })[] };
}

const stateFile = () => join(folder, "state.json");
const state = () => JSON.parse(readFileSync(stateFile(), "utf8")) as State;

/** Occupies a port, unless somebody has it already. */
async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.once("error", () => resolve());
    server.listen(port, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
}

test(
  "up, status, run and down work as a person uses them, and data stays until it is deleted",
  { timeout },
  async (context) => {
    requireTools(context);
    const nothing = await run("status");
    expect(nothing).toMatchObject({ code: 0, stderr: "" });
    expect(nothing.stdout).toMatch(
      /^Kafka +none: npx .* dev up kafka\nHDFS +none: npx .* dev up hdfs\nSpark +none: npx .* dev up spark\n$/,
    );

    const up = await run("up");
    expect(up).toMatchObject({ code: 0, stderr: "" });
    const { kafka, hdfs } = state();
    expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
    expect(kafka.servers.map(({ title }) => title)).toEqual(["Kafka broker 0"]);
    expect(hdfs.servers.map(({ title }) => title)).toEqual(["HDFS NameNode", "HDFS DataNode 0"]);
    expect(up.stdout).toContain(`Kafka    ${kafka.addresses.bootstrap} (process ${kafka.servers[0].pid})`);
    expect(up.stdout).toContain(
      `HDFS     ${hdfs.addresses.url}  WebHDFS ${hdfs.addresses.webhdfs} (processes`,
    );
    expect(up.stdout).toMatch(/Next:\n {2}npx .* produce .*--create --topic siem FILE\.ndjson\.gz\n/);

    const status = await run("status");
    expect(status.stdout).toContain(kafka.addresses.bootstrap);
    const again = await run("up", "kafka");
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("Kafka runs already.\n");
    expect(state()).toEqual({ kafka, hdfs });
    const other = await run("up", "kafka", "--brokers", "3");
    expect(other).toMatchObject({ code: 1 });
    expect(other.stderr).toBe(
      "Kafka runs already, with 1 broker instead of 3.\n" +
        "Its data belongs to that number; to begin anew: npx --no-install sightline dev down kafka --delete\n",
    );

    const topic = ["kafka-topics", "--create", "--topic", "siem"];
    expect(await run("run", ...topic)).toMatchObject({ code: 0, stdout: "Created topic siem.\n" });
    expect(await run("run", "hdfs", "dfs", "-mkdir", "/lake")).toMatchObject({ code: 0, stderr: "" });
    expect(await run("run", "hdfs", "dfs", "-ls", "/none")).toMatchObject({ code: 1 });

    // One that died meanwhile is shown, and the next `up` brings it back with its data.
    process.kill(kafka.servers[0].pid, "SIGKILL");
    await vi.waitUntil(
      async () => /broker 0 has ended; its log: .*broker-0\.log/.test((await run("status")).stdout),
      {
        timeout: 60_000,
      },
    );
    const revived = await run("up");
    expect(revived.stdout).toContain("Kafka broker 0 ended meanwhile; starting Kafka anew.\n");
    expect(revived.stdout).toContain("HDFS runs already.\n");
    expect((await run("run", "kafka-topics", "--list")).stdout).toContain("siem\n");

    const servers = Object.values(state()).flatMap((service) => service.servers);
    expect(servers.filter(isRunning)).toHaveLength(3);
    expect(await run("down")).toEqual({
      code: 0,
      stdout: "Kafka is stopped; its data is kept.\nHDFS is stopped; its data is kept.\nSpark did not run.\n",
      stderr: "",
    });
    expect(servers.filter(isRunning)).toEqual([]);
    expect(existsSync(stateFile())).toBe(false);

    expect(await run("up", "hdfs")).toMatchObject({ code: 0 });
    expect((await run("run", "dfs", "-ls", "/")).stdout).toContain("/lake\n");
    const grown = await run("up", "kafka", "--brokers", "3");
    expect(grown.stderr).toBe(
      "The data of earlier runs lies on 1 broker, not 3.\n" +
        "Use --brokers 1, or remove the data first: npx --no-install sightline dev down kafka --delete\n",
    );
    expect((await run("down", "--delete")).stdout).toBe(
      "Kafka did not run; its data is removed.\nHDFS is stopped; its data is removed.\nSpark did not run.\n",
    );
    expect(existsSync(join(folder, "data", "hdfs"))).toBe(false);
    expect((await run("down")).stdout).toBe("Kafka did not run.\nHDFS did not run.\nSpark did not run.\n");
  },
);

test("where its usual port is taken, Kafka gets another and says so", { timeout }, async (context) => {
  requireTools(context);
  await occupy(9092);
  const up = await run("up", "kafka");
  const { bootstrap } = state().kafka.addresses;
  expect(bootstrap).not.toBe("127.0.0.1:9092");
  expect(up.stdout).toContain(`produce --brokers ${bootstrap} --create --topic siem`);
});

test(
  "an up that is killed in the middle leaves nothing running, and the next one works",
  { timeout },
  async (context) => {
    requireTools(context);
    const up = dev("up", "kafka");
    const { pid } = up.child;
    await vi.waitUntil(() => descendants(pid!).some(({ command }) => command.includes("kafka.Kafka")), {
      timeout: 120_000,
      interval: 20,
    });
    const started = descendants(pid!);
    up.child.kill("SIGKILL");
    await allGone(started);
    expect(existsSync(stateFile())).toBe(false);
    expect(await run("up", "kafka")).toMatchObject({ code: 0, stderr: "" });
  },
);

test("two at once are one after the other", { timeout }, async (context) => {
  requireTools(context);
  const both = await Promise.all([run("up", "kafka"), run("up", "kafka")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const said = both.map(({ stdout }) => stdout).join("");
  expect(said).toMatch(/Waiting for another sightline dev, process \d+ …/);
  expect(said.split("Starting Kafka …")).toHaveLength(2);
  expect(said).toContain("Kafka runs already.");
});

test("what it can't do is one message with what to do", async () => {
  expect(await run("upp")).toEqual({
    code: 2,
    stdout: "",
    stderr: "sightline dev has no upp.\nDid you mean up? sightline dev --help lists all.\n",
  });
  expect(await run("run", "kafka-topic")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^sightline dev run knows no tool kafka-topic\.\nDid you mean kafka-topics\? All: /,
    ),
  });
  expect(await run("run", "kafka-topics", "--list")).toMatchObject({
    code: 1,
    stderr: "Kafka does not run here.\nnpx --no-install sightline dev up kafka\n",
  });
  expect((await run()).stdout).toContain("up [kafka] [hdfs]");
});

test("a folder that can't be used is named", async () => {
  writeFileSync(folder, "a file");
  const { code, stderr } = await run("up");
  expect(code).toBe(1);
  expect(stderr).toBe(
    `${folder} can't be used (EEXIST).\n` +
      "Name a folder of your own: SIGHTLINE_DEV_FOLDER=~/dev-servers npx --no-install sightline dev up\n",
  );
  rmSync(folder);
});

test(
  "a Spark cluster goes on after the command, and its token is for this account only",
  { timeout },
  async (context) => {
    requireTools(context);
    if (!existsSync(join(root, ".sightline", "spark"))) context.skip(installSpark);
    const up = await run("up", "spark");
    expect(up).toMatchObject({ code: 0, stderr: "" });
    const { remoteFile, remote } = state().spark.addresses;
    expect(statSync(remoteFile).mode & 0o777).toBe(0o600);
    expect(up.stdout).toContain(`SPARK_REMOTE="$(cat '${remoteFile}')" npm start`);
    expect(up.stdout).not.toContain("token=");
    const secret = /token=(\w+)/.exec(readFileSync(remoteFile, "utf8"))![1];
    expect(execFileSync("ps", ["axww", "-o", "args"], { encoding: "utf8" })).not.toContain(secret);
    const spark = await SparkSession.builder.remote(readFileSync(remoteFile, "utf8")).getOrCreate();
    expect(await spark.range(10).count()).toBe(10);
    await spark.stop();
    expect((await run("status")).stdout).toContain(`Spark    ${remote}`);
    expect(await run("down", "spark", "--delete")).toMatchObject({
      code: 0,
      stdout: "Spark is stopped; its data is removed.\n",
    });
  },
);
