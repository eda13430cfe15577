// The engine and its workers seen from a notebook: when they start, how they are stopped, and that none is left.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";
import { allGone, descendants } from "../support/processes.ts";
import { enginesOf, untilComputing, untilThere, workersOf } from "../support/spark-processes.ts";

/** Rows enough for hours. */
const endlessQuery = `console.log("on");
await spark.range(1e7).crossJoin(spark.range(1e6).toDF("b")).filter("id + b < 0").count()`;
const endlessClosure = `console.log("on");
await sc.parallelize([1, 2], 2).map((x) => { for (;;) {} }).count()`;

async function start(engineStart: "lazy" | ""): Promise<JupyterClient> {
  const kernel = await JupyterClient.start({ env: { SIGHTLINE_ENGINE_START: engineStart } });
  onTestFinished(() => kernel.stop());
  return kernel;
}

/** Runs one of the endless cells, and gives its end and its workers once it is in the middle of it. */
async function running(kernel: JupyterClient, code: string) {
  const printed = kernel.nextMessage(({ type }) => type === "stream");
  const cell = kernel.execute(code);
  await printed;
  if (code === endlessClosure) return { cell, workers: await untilThere(() => workersOf(kernel), 2) };
  const [engine] = await untilThere(() => enginesOf(kernel), 1);
  await untilComputing(engine.pid);
  return { cell, workers: [] };
}

test("the engine starts beside the kernel, before any cell asks for it", async () => {
  const kernel = await start("");
  const [engine] = await untilThere(() => enginesOf(kernel), 1);
  expect((await kernel.execute("await spark.range(4).count()")).text).toBe("4");
  expect(enginesOf(kernel).map(({ pid }) => pid)).toEqual([engine.pid]);
});

test("with SIGHTLINE_ENGINE_START=lazy the first use starts it", async () => {
  const kernel = await start("lazy");
  await kernel.execute("const x = 1");
  await kernel.execute("[typeof spark, typeof sc, typeof graphistry]");
  expect(descendants(kernel.process.pid!)).toEqual([]);
  expect((await kernel.execute("await spark.range(4).count()")).text).toBe("4");
  expect(enginesOf(kernel)).toHaveLength(1);
});

test.each([
  ["killed", (kernel: JupyterClient) => kernel.process.kill("SIGKILL")],
  ["shut down", (kernel: JupyterClient) => kernel.request("shutdown_request", { restart: false }, "control")],
])("a kernel that is %s while closures spin leaves no engine and no worker", async (_, end) => {
  const kernel = await start("");
  const { workers } = await running(kernel, endlessClosure);
  const started = descendants(kernel.process.pid!);
  expect(started.length).toBeGreaterThan(workers.length);
  await end(kernel);
  await kernel.ended();
  await allGone(started);
});

describe("in one notebook", () => {
  let kernel: JupyterClient;
  beforeAll(async () => {
    kernel = await JupyterClient.start();
    await kernel.execute(`spark.range(5).createOrReplaceTempView("five")`);
  });
  afterAll(() => kernel.stop());

  async function expectAlive(): Promise<void> {
    expect(await kernel.execute(`await spark.table("five").count()`)).toMatchObject({
      error: undefined,
      text: "5",
    });
    const doubled = await kernel.execute("await sc.parallelize([1, 2]).map((x) => x * 2).collect()");
    expect(doubled).toMatchObject({ error: undefined, text: "[ 2, 4 ]" });
    expect(enginesOf(kernel)).toHaveLength(1);
  }

  test.each([
    ["a query", endlessQuery],
    ["an RDD's job", endlessClosure],
  ])(
    "an engine killed in the middle of %s is one message, and the next cell has its views",
    async (_, code) => {
      const { cell } = await running(kernel, code);
      const started = descendants(kernel.process.pid!);
      process.kill(enginesOf(kernel)[0].pid, "SIGKILL");
      const { reply, messages } = await cell;
      expect(messages.filter(({ type }) => type === "error")).toHaveLength(1);
      expect(reply.ename).toBe("EngineError");
      expect(reply.evalue.split("\n")).toEqual([
        "The embedded engine (Sail) was killed by SIGKILL in the middle of a job.",
        "Run it again: the next call starts the engine anew and puts temp views and settings back.",
      ]);
      expect(reply.traceback.join("\n")).toContain("line 2:");
      await allGone(started);
      await expectAlive();
    },
  );

  test.each([
    ["a query", endlessQuery],
    ["an RDD's job", endlessClosure],
  ])("an interrupt ends %s, and the next cell runs", async (_, code) => {
    const { cell, workers } = await running(kernel, code);
    expect(await kernel.interrupt()).toEqual({ status: "ok" });
    const { reply, messages } = await cell;
    expect(messages.filter(({ type }) => type === "error")).toHaveLength(1);
    expect(reply.ename).toBe("KeyboardInterrupt");
    expect(reply.evalue).toBe("The cell was interrupted; variables keep the values they had.");
    await allGone(workers);
    await expectAlive();
  });
});
