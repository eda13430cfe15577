import { expect, test } from "vitest";
import { packRecords } from "../source/record-batch.ts";
import { ParseWorker } from "./parse-worker.ts";

test("a thread that has died answers no request and holds nobody up", async () => {
  const failed = Promise.withResolvers<Error>();
  const worker = new ParseWorker(() => {}, failed.resolve);
  const wrong = undefined as unknown as readonly string[];
  worker.open(1, { topic: "t", partition: 0, partitionBy: wrong, maxColumns: 1 });
  const value = Buffer.from("{}");
  worker.add(1, packRecords([{ offset: 0, timestampMs: 0, key: null, value }]));
  await expect(worker.cut(1)).rejects.toThrow("undefined");
  const error = await failed.promise;
  await expect(worker.cut(1)).rejects.toBe(error);
  worker.add(1, packRecords([{ offset: 1, timestampMs: 0, key: null, value }]));
  expect(worker.pendingBytes).toBe(0);
  await worker.terminate();
});
