import { afterAll, beforeAll, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { JupyterClient } from "../support/jupyter-client.ts";

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
  await kernel.execute("globalThis.kept = 123");
});
afterAll(() => kernel.stop());

test.each([
  ["a loop", "console.log('on'); while (true) {}"],
  ["a loop that catches everything", "console.log('on'); while (true) { try { while (true) {} } catch {} }"],
  ["a loop after an await", "console.log('on'); await null; while (true) {}"],
  [
    "a storm of microtasks",
    "console.log('on'); void (async () => { for (;;) await null })(); await new Promise(() => {})",
  ],
  [
    "a loop in a timer",
    "console.log('on'); setTimeout(() => { while (true) {} }, 5); await new Promise(() => {})",
  ],
  ["a regular expression", "console.log('on'); /(a+)+$/.test('a'.repeat(40) + 'b')"],
  ["Atomics.wait", "console.log('on'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
  ["a loop that prints without end", "for (;;) console.log('x'.repeat(1000))"],
  ["a promise that never settles", "console.log('on'); await new Promise(() => {})"],
  ["a question to the user", "console.log('on'); await input('never answered')"],
])("%s is interrupted, variables are kept and the kernel answers", async (_, code) => {
  const printed = kernel.nextMessage(({ type }) => type === "stream");
  kernel.onInput = () => undefined;
  const cell = kernel.execute(code);
  await printed;
  await sleep(50);
  expect(await kernel.heartbeat()).toBe("ping");
  expect(await kernel.interrupt()).toEqual({ status: "ok" });
  const { reply, error } = await cell;
  expect(reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(error?.evalue).toContain("variables keep the values");
  expect((await kernel.execute("kept")).text).toBe("123");
});

test("an interrupted cell's timers stop", async () => {
  const printed = kernel.nextMessage(({ type }) => type === "stream");
  const cell = kernel.execute(
    "let ticks = 0; setInterval(() => { ticks++; console.log(ticks) }, 5); await new Promise(() => {})",
  );
  await printed;
  await kernel.interrupt();
  await cell;
  const ticks = (await kernel.execute("ticks")).text;
  await sleep(50);
  expect((await kernel.execute("ticks")).text).toBe(ticks);
});

test("the signal of a cell's jobs is aborted, and its finally runs", async () => {
  const jobs = JSON.stringify(new URL("../../runtime/jobs/index.ts", import.meta.url).href);
  await kernel.execute(`import { Job } from ${jobs}`);
  const printed = kernel.nextMessage(({ type }) => type === "stream");
  const cell = kernel.execute(
    "try { await Job.start(signal => new Promise((_, reject) => { console.log('on'); signal.addEventListener('abort', () => reject(signal.reason)) })) } finally { console.log('cleaned up') }",
  );
  await printed;
  await kernel.interrupt();
  const { reply, stdout } = await cell;
  expect(reply.ename).toBe("KeyboardInterrupt");
  expect(stdout).toBe("on\ncleaned up\n");
});

test("a loop in a timer of a finished cell is stopped too", async () => {
  await kernel.execute("setTimeout(() => { while (true) {} }, 5); 0");
  await sleep(100);
  await kernel.interrupt();
  expect((await kernel.execute("kept")).text).toBe("123");
});

test("an interrupt while nothing runs does no harm", async () => {
  await kernel.interrupt();
  expect((await kernel.execute("kept")).text).toBe("123");
});

test.each([
  ["a loop", "console.log('on'); while (true) {}"],
  ["a promise that never settles", "console.log('on'); await new Promise(() => {})"],
])("the signal of Ctrl+C interrupts %s as a message does", async (_, code) => {
  const printed = kernel.nextMessage(({ type }) => type === "stream");
  const cell = kernel.execute(code);
  await printed;
  kernel.process.kill("SIGINT");
  expect((await cell).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect((await kernel.execute("kept")).text).toBe("123");
});

test("the signal of Ctrl+C does no harm while nothing runs", async () => {
  kernel.process.kill("SIGINT");
  expect((await kernel.execute("kept")).text).toBe("123");
});

test("after interrupts the kernel ends without a word", async () => {
  const other = await JupyterClient.start();
  for (const code of [
    "console.log('on'); while (true) {}",
    "console.log('on'); await null; while (true) {}",
  ]) {
    const printed = other.nextMessage(({ type }) => type === "stream");
    const cell = other.execute(code);
    await printed;
    await other.interrupt();
    await cell;
  }
  await other.request("shutdown_request", { restart: false }, "control");
  await other.ended();
  await other.stop();
  expect(other.log).toBe("");
  expect(other.process.exitCode).toBe(0);
});
