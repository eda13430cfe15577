import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStorage } from "../storage/open-storage.ts";
import { PartitionWriter } from "./partition-writer.ts";
import { LakeTable } from "./table/lake-table.ts";
import { ParseWorker } from "./worker/parse-worker.ts";

test("what a worker says of a cut that was closed is no news of the open one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-writer-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const target = { partitionBy: ["source"], maxColumns: 100 };
  const table = new LakeTable(await openStorage(folder), target);
  const worker = new ParseWorker(
    (_, state) => writer.note(state),
    (error) => {
      throw error;
    },
  );
  onTestFinished(() => worker.terminate());
  const place = { topic: "siem", partition: 0 };
  const writer = new PartitionWriter(1, place, 0, {
    table,
    worker,
    topicId: undefined,
    attempt: (step) => step(),
    committed: async () => {},
  });
  worker.open(1, { ...place, feed: { feed: "json", options: {} }, ...target });
  const value = Buffer.from(JSON.stringify({ text: "x".repeat(100_000) }));
  writer.add([{ offset: 0, timestampMs: 0, key: null, value }], 1);
  // The worker's answer to the record comes after the cut is closed.
  await writer.cut();
  expect(writer).toMatchObject({ head: 1, heldBytes: 0, isClean: true });
  expect(writer.state).toEqual({ cut: 1, rows: 0, heldBytes: 0 });
});
