import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { createTopic, feeds, ingest, kafka, parquet, produce } from "../../runtime/index.ts";
import { CutBuilder } from "../../runtime/ingest/columns/index.ts";
import { LakeTable } from "../../runtime/ingest/table/lake-table.ts";
import type { CutFile } from "../../runtime/ingest/worker/messages.ts";
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
