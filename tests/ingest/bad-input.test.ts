import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import { describe, expect, test } from "vitest";
import { createTopic, feeds, ingest, kafka, parquet, produce } from "../../runtime/index.ts";
import { sessionFor, valuesOf } from "../support/engines.ts";
import { freePort } from "../support/free-port.ts";
import { serversFor } from "../support/ingest/servers.ts";

const servers = serversFor({ dataNodes: 1 });
const session = sessionFor("sail");

interface Options {
  readonly brokers?: readonly string[];
  readonly url?: string;
  readonly target?: Parameters<typeof parquet>[1];
  readonly isStreaming?: boolean;
  readonly failOnDataLoss?: boolean;
}

function start(topic: string, options: Options = {}) {
  const { brokers = servers.brokers, url = join(servers.folder, topic), target, failOnDataLoss } = options;
  return ingest({
    from: kafka({ brokers, topics: [topic], groupId: `g-${topic}`, sessionTimeoutMs: 6000, failOnDataLoss }),
    parse: { [topic]: feeds.json() },
    to: parquet(url, target),
    trigger: options.isStreaming ? { processingTime: "200 milliseconds" } : { availableNow: true },
  });
}

async function topicWith(topic: string, count: number): Promise<void> {
  await createTopic({ brokers: servers.brokers, topic, partitions: 1 });
  await produce({ brokers: servers.brokers, topic }, ids(0, count));
}

function ids(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => JSON.stringify({ id: from + i }));
}

describe("bad input", () => {
  test("a broker that isn't there", async () => {
    const port = await freePort();
    const { finished } = start("x", { brokers: [`127.0.0.1:${port}`] });
    await expect(finished).rejects.toThrow(
      new RegExp(
        `No Kafka broker answers at 127.0.0.1:${port}: .*ECONNREFUSED.*\n.*npx --no-install sightline dev up kafka`,
      ),
    );
  });

  test("one broker of several that isn't there does no harm", async () => {
    await topicWith("half", 10);
    const brokers = [`127.0.0.1:${await freePort()}`, ...servers.brokers];
    expect(await start("half", { brokers }).finished).toMatchObject({ rows: 10 });
  });

  test("a topic that doesn't exist, with the one that was meant", async () => {
    await topicWith("firewall", 1);
    await expect(start("firewal").finished).rejects.toThrow(
      /^Kafka has no topic firewal\.\nDid you mean firewall\?/,
    );
  });

  test("producing to a topic that doesn't exist sends nothing", async () => {
    const { brokers } = servers;
    await expect(produce({ brokers, topic: "nowhere" }, ["1"])).rejects.toThrow(
      /^Kafka has no topic nowhere\.\n/,
    );
  });

  test("a record larger than the topic takes: those before it are sent, and the message says so", async () => {
    const { brokers } = servers;
    await createTopic({ brokers, topic: "small", partitions: 1, configs: { "max.message.bytes": "20000" } });
    const large = randomBytes(50_000);
    const sent = produce({ brokers, topic: "small", compression: "none" }, ["1", large]);
    await expect(sent).rejects.toThrow(
      /Kafka did not take all of a batch .* for small; it has \d records: .*\n.*max\.message\.bytes/,
    );
  });

  test("an HDFS path without permission", async () => {
    const { hdfs } = servers;
    await hdfs.run("dfs", ["-mkdir", "-p", "/private"]);
    await hdfs.run("dfs", ["-chmod", "700", "/private"]);
    await topicWith("denied", 5);
    const target = { webhdfs: hdfs.webhdfs, user: "mallory" };
    const { finished } = start("denied", { url: `${hdfs.url}/private/lake`, target });
    await expect(finished).rejects.toMatchObject({ code: "PERMISSION" });
    await expect(finished).rejects.toThrow(/mallory[^]*\/private[^]*\n./);
    // Nothing is lost: someone who may write there finds all of it.
    const allowed = start("denied", { url: `${hdfs.url}/private/lake`, target: { webhdfs: hdfs.webhdfs } });
    expect(await allowed.finished).toMatchObject({ rows: 5 });
  });

  test("a NameNode that isn't there", async () => {
    await topicWith("nameless", 1);
    const port = await freePort();
    const target = { webhdfs: `http://127.0.0.1:${port}` };
    await expect(
      start("nameless", { url: "hdfs://127.0.0.1:1/lake", target }).finished,
    ).rejects.toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringMatching(new RegExp(`127.0.0.1:${port}[^]*\n.`)),
    });
  }, 120_000);

  test("a full disk: the job says so, waits, and goes on when there is room", async (context) => {
    if (process.getuid?.() !== 0) return context.skip("sudo npm test -- bad-input");
    const disk = join(servers.folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
    try {
      const filler = join(disk, "filler");
      writeFileSync(filler, randomBytes(1_800_000));
      const { brokers } = servers;
      await createTopic({ brokers, topic: "full", partitions: 1 });
      const wide = (id: number) => JSON.stringify({ id, noise: randomBytes(3000).toString("base64") });
      await produce(
        { brokers, topic: "full" },
        Array.from({ length: 200 }, (_, id) => wide(id)),
      );
      const url = join(disk, "lake");
      const job = start("full", { url, isStreaming: true });
      while (!/no space|ENOSPC|full/i.test(job.progress.problem ?? "")) {
        expect(job.progress.state).not.toBe("failed");
        await sleep(50);
      }
      expect(job.progress).toMatchObject({ state: "running", rows: 0 });
      // It is no news of the disk that Kafka answers.
      for (let i = 0; i < 20; i++) {
        await sleep(100);
        expect(job.progress.problem).toMatch(/no space|ENOSPC|full/i);
      }
      rmSync(filler);
      while (job.progress.lag > 0) await sleep(50);
      expect(await job.stop()).toMatchObject({ rows: 200 });
      const table = session.spark.read.parquet(url);
      const rows = valuesOf(await table.select("id").orderBy("id").collect());
      expect(rows.flat()).toEqual(Array.from({ length: 200 }, (_, i) => i));
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  test("records that are gone from Kafka before they were read are an error, unless one says otherwise", async () => {
    await topicWith("gone", 20);
    expect(await start("gone").finished).toMatchObject({ rows: 20 });
    await produce({ brokers: servers.brokers, topic: "gone" }, ids(20, 35));
    const admin = new Admin({ clientId: "test", bootstrapBrokers: [...servers.brokers] });
    await admin.deleteRecords({ topics: [{ name: "gone", partitions: [{ partition: 0, offset: 30n }] }] });
    await admin.close();
    await expect(start("gone", { isStreaming: true }).finished).rejects.toThrow(
      /^Kafka no longer has offset 20 of gone-0.*begins at 30 now.*\n.*failOnDataLoss: false/,
    );
    const progress = await start("gone", { failOnDataLoss: false }).finished;
    expect(progress).toMatchObject({ rows: 5, lostRecords: 10, lag: 0 });
    expect(await start("gone").finished).toMatchObject({ rows: 0, lag: 0 });
  });

  test("a topic whose records are all gone is passed over to its end", async () => {
    await topicWith("emptied", 20);
    expect(await start("emptied").finished).toMatchObject({ rows: 20 });
    await produce({ brokers: servers.brokers, topic: "emptied" }, ids(20, 35));
    const admin = new Admin({ clientId: "test", bootstrapBrokers: [...servers.brokers] });
    await admin.deleteRecords({ topics: [{ name: "emptied", partitions: [{ partition: 0, offset: 35n }] }] });
    await admin.close();
    const progress = await start("emptied", { failOnDataLoss: false }).finished;
    expect(progress).toMatchObject({ rows: 0, lostRecords: 15, lag: 0 });
  });

  test("a topic that was made anew isn't taken for the one that the table holds", async () => {
    const { brokers } = servers;
    await topicWith("again", 20);
    expect(await start("again").finished).toMatchObject({ rows: 20 });
    const admin = new Admin({ clientId: "test", bootstrapBrokers: [...brokers] });
    await admin.deleteTopics({ topics: ["again"] });
    await sleep(1000);
    await admin.close();
    const message =
      /^The table holds again-0 up to offset 20 of another topic of that name: .*made anew\.\n.*another table/;
    // Whether it is shorter or longer than what the table holds.
    for (const count of [5, 40]) {
      await createTopic({ brokers, topic: "again", partitions: 1 });
      await produce({ brokers, topic: "again" }, ids(0, count));
      await expect(start("again").finished).rejects.toThrow(message);
    }
  });

  test("a broker that goes away is waited for", async () => {
    await topicWith("pause", 10);
    const job = start("pause", { isStreaming: true });
    while (job.progress.rows < 10) await sleep(50);
    await servers.kafka.kill(0);
    while (job.progress.problem === undefined) await sleep(50);
    expect(job.progress.state).toBe("running");
    await servers.kafka.restart(0);
    await produce({ brokers: servers.brokers, topic: "pause" }, ids(10, 15));
    while (job.progress.rows < 15) await sleep(50);
    expect(await job.stop()).toMatchObject({ rows: 15, lag: 0 });
  }, 120_000);
});
