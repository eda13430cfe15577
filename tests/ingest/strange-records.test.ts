import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Producer } from "@platformatic/kafka";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { createTopic, feeds, ingest, kafka, parquet } from "../../runtime/index.ts";
import { serversFor } from "../support/ingest/servers.ts";
import { tableFiles } from "../support/ingest/table-files.ts";

const servers = serversFor();

/** Everything Kafka has now, into a table of the topic's name. */
function take(topic: string) {
  const { brokers, folder } = servers;
  return ingest({
    from: kafka({ brokers, topics: [topic], groupId: topic, sessionTimeoutMs: 6000 }),
    parse: { [topic]: feeds.json() },
    to: parquet(join(folder, topic)),
    trigger: { availableNow: true },
  }).finished;
}

const idsIn = (topic: string) =>
  tableFiles(join(servers.folder, topic)).flatMap((file) => pl.readParquet(file).getColumn("id").toArray());

describe("transactions", () => {
  test("records of an aborted one never come into the table", async () => {
    const { brokers } = servers;
    await createTopic({ brokers, topic: "transactions", partitions: 1 });
    const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
      clientId: "test",
      bootstrapBrokers: [...brokers],
      idempotent: true,
      transactionalId: "test",
    });
    const send = async (how: "commit" | "abort", events: object[]) => {
      const transaction = await producer.beginTransaction();
      for (const event of events) {
        const value = Buffer.from(JSON.stringify(event));
        await transaction.send({ messages: [{ topic: "transactions", partition: 0, value }] });
      }
      await transaction[how]();
    };
    await send("abort", [{ id: -1 }]);
    await send("commit", [{ id: 1 }]);
    await send("abort", [{ id: -2 }, { id: -3 }]);
    await send("commit", [{ id: 2 }, { id: 3 }]);
    // More than one fetch gives, so that its end is in another one.
    const noise = randomBytes(300_000).toString("base64");
    await send(
      "abort",
      Array.from({ length: 5 }, () => ({ id: -4, noise })),
    );
    await send("commit", [{ id: 4 }]);
    await producer.close();
    expect(await take("transactions")).toMatchObject({ rows: 4, lag: 0 });
    expect(idsIn("transactions")).toEqual([1, 2, 3, 4]);
  });
});
