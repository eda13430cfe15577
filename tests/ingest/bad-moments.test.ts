import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { createTopic, feeds, ingest, kafka, parquet, produce } from "../../runtime/index.ts";
import { CutBuilder } from "../../runtime/ingest/columns/index.ts";
import { LakeTable } from "../../runtime/ingest/table/lake-table.ts";
import type { CutFile } from "../../runtime/ingest/columns/index.ts";
import { openStorage } from "../../runtime/storage/open-storage.ts";
import { serversFor } from "../support/ingest/servers.ts";
import { tableFiles } from "../support/ingest/table-files.ts";

const servers = serversFor();

function start(topic: string, trigger: Parameters<typeof ingest>[0]["trigger"]) {
  const { brokers, folder } = servers;
  return ingest({
    from: kafka({ brokers, topics: [topic], groupId: topic, sessionTimeoutMs: 6000 }),
    parse: { [topic]: feeds.json() },
    to: parquet(join(folder, topic), { partitionBy: [] }),
    trigger,
  });
}

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => JSON.stringify({ id: from + i }));

const idsIn = (topic: string) =>
  tableFiles(join(servers.folder, topic)).flatMap((file) => pl.readParquet(file).getColumn("id").toArray());

describe("another writer of the partition", () => {
  test("publishes a commit and dies before its files are moved in: who lost to it moves them", async () => {
    const topic = "half-done";
    const { brokers, folder } = servers;
    await createTopic({ brokers, topic, partitions: 1 });
    await produce({ brokers, topic }, ids(0, 10));
    const job = start(topic, { processingTime: "3 seconds" });
    while (job.progress.lag < 10) await sleep(20);
    await publishedOnly(join(folder, topic), topic, 10);
    await produce({ brokers, topic }, ids(10, 15));
    while (job.progress.rows < 5) await sleep(20);
    await job.stop();
    // Whoever takes the partition over removes what is left in the staging folder.
    await start(topic, { availableNow: true }).finished;
    expect(idsIn(topic)).toEqual(Array.from({ length: 15 }, (_, id) => id));
  });
});

test("a topic gets more partitions while it is read", async () => {
  const topic = "growing";
  const { brokers } = servers;
  await createTopic({ brokers, topic, partitions: 1 });
  await produce({ brokers, topic }, ids(0, 10));
  const job = start(topic, { processingTime: "200 milliseconds" });
  while (job.progress.rows < 10) await sleep(20);
  const admin = new Admin({ clientId: "test", bootstrapBrokers: [...brokers] });
  await admin.createPartitions({ topics: [{ name: topic, count: 3 }] });
  const partitions = async () =>
    (await admin.metadata({ topics: [topic], forceUpdate: true })).topics.get(topic);
  while ((await partitions())?.partitionsCount !== 3) await sleep(100);
  await admin.close();
  await produce({ brokers, topic }, ids(10, 100));
  while (job.progress.rows < 100) await sleep(20);
  expect(await job.stop()).toMatchObject({ rows: 100, lag: 0 });
  expect(job.progress.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
  expect(
    idsIn(topic)
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 100 }, (_, id) => id));
}, 60_000);

/** What a writer leaves that is killed right after it has published its commit of the ids below `count`. */
async function publishedOnly(lake: string, topic: string, count: number): Promise<void> {
  const options = { partitionBy: [], maxColumns: 100 };
  const table = new LakeTable(await openStorage(lake), options);
  const builder = new CutBuilder({ ...options, source: topic, timeFields: [] });
  for (const [offset, text] of ids(0, count).entries()) {
    const value = Buffer.from(text);
    builder.add(value, 0, value.length, { topic, partition: 0, offset, timestampMs: 0 });
  }
  const schema = await table.schema.agree(builder.fields());
  const files = builder.finish(schema) as readonly CutFile[];
  const cut = { topic, partition: 0, firstOffset: 0, nextOffset: count };
  const { commit } = await table.stage(cut, { files }, schema.version);
  expect(await table.commits.publish(commit)).toBe(true);
}
