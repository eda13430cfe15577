import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Producer } from "@platformatic/kafka";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { createTopic, feeds, ingest, kafka, parquet, produce } from "../../runtime/index.ts";
import { serversFor } from "../support/ingest/servers.ts";
import { readDeadLetters, tableFiles } from "../support/ingest/table-files.ts";

const servers = serversFor();

/** Everything Kafka has now, into a table of the topic's name. */
function take(topic: string, parse?: (value: Buffer) => any) {
  const { brokers, folder } = servers;
  return ingest({
    from: kafka({ brokers, topics: [topic], groupId: topic, sessionTimeoutMs: 6000 }),
    parse: { [topic]: parse ?? feeds.json() },
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

describe("a parse function", () => {
  test("whatever it throws or returns, the others' events and the raw bytes are kept", async () => {
    const { brokers, folder } = servers;
    await createTopic({ brokers, topic: "hostile", partitions: 1 });
    await produce({ brokers, topic: "hostile" }, ["1", "none", "number", "promise", "2"]);
    const progress = await take("hostile", (value) => {
      const text = value.toString();
      if (text === "none") throw Object.create(null);
      if (text === "number") return 7;
      if (text === "promise") return Promise.reject(new Error("late"));
      return { id: Number(text) };
    });
    expect(progress).toMatchObject({ rows: 2, deadLetters: 3, lag: 0 });
    expect(idsIn("hostile")).toEqual([1, 2]);
    const letters = readDeadLetters(join(folder, "hostile"));
    expect(letters.map(({ value }) => Buffer.from(value, "base64").toString())).toEqual([
      "none",
      "number",
      "promise",
    ]);
    expect(letters[2].error).toMatch(/returned a promise/);
  });
});
