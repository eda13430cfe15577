import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { OutputRing, type StreamText } from "./output-ring.ts";

function drain(ring: OutputRing, maxLength = 1000): Omit<StreamText, never>[] {
  const texts = [];
  for (const { id, name, text, end } of ring.read(ring.position, maxLength)) {
    texts.push({ id, name, text });
    ring.release(end);
  }
  return texts;
}

test("joins neighbours of one cell and stream, and keeps the order of others", () => {
  const ring = new OutputRing();
  let woken = 0;
  const wake = () => void woken++;
  ring.write(1, "stdout", "a", wake);
  ring.write(1, "stdout", "é𝒳", wake);
  ring.write(1, "stderr", "b", wake);
  ring.write(2, "stdout", "c", wake);
  expect(woken).toBe(1);
  expect(drain(ring)).toEqual([
    { id: 1, name: "stdout", text: "aé𝒳" },
    { id: 1, name: "stderr", text: "b" },
    { id: 2, name: "stdout", text: "c" },
  ]);
  expect(drain(ring)).toEqual([]);
  ring.write(1, "stdout", "again", wake);
  expect(woken).toBe(2);
});

test("a long text arrives whole in pieces, also across the ring's end", () => {
  const ring = new OutputRing();
  const text = "0123456789é𝒳".repeat(20_000);
  for (let round = 0; round < 9; round++) {
    ring.write(7, "stdout", text, () => {});
    expect(
      drain(ring, 64_000)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});

test("many short texts across the ring's end arrive whole and in order", () => {
  const ring = new OutputRing();
  let received = "";
  let sent = "";
  for (let i = 0; i < 100_000; i++) {
    const line = `line ${i}\n`;
    ring.write(1, "stdout", line, () => {});
    sent += line;
    if (i % 1000 === 999)
      received += drain(ring)
        .map((piece) => piece.text)
        .join("");
  }
  expect(received).toBe(sent);
});

test("a writer waits while the ring is full, and goes on when the reader frees room", async () => {
  const ring = new OutputRing();
  const source = `
    const { workerData, parentPort } = require("node:worker_threads");
    import(workerData.module).then(({ OutputRing }) => {
      const ring = new OutputRing(workerData.memory);
      for (let i = 0; i < 300; i++) ring.write(i, "stdout", String(i % 10).repeat(10000), () => {});
      parentPort.postMessage("done");
    });`;
  const module = new URL("./output-ring.ts", import.meta.url).href;
  const worker = new Worker(source, { eval: true, workerData: { module, memory: ring.memory } });
  let isDone = false;
  worker.on("message", () => (isDone = true));
  const lengths = new Map<number, number>();
  while (!isDone || lengths.size < 300) {
    for (const { id, text } of drain(ring, 20_000)) lengths.set(id, (lengths.get(id) ?? 0) + text.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await worker.terminate();
  expect([...lengths.keys()]).toEqual(Array.from({ length: 300 }, (_, id) => id));
  expect(new Set(lengths.values())).toEqual(new Set([10_000]));
});
