import { afterAll, beforeAll, expect, test } from "vitest";
import { type CellResult, JupyterClient } from "../support/jupyter-client.ts";

const runtime = new URL("../../runtime/jobs/index.ts", import.meta.url).pathname;
let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
});
afterAll(() => kernel.stop());

/** A job that reports as a real one does, `times` times, a tenth of a second apart. */
const job = (times: number) => `
var { Job, JobScope } = await import(${JSON.stringify(runtime)});
var since = performance.now();
await Job.start(async () => {
  const scope = JobScope.current();
  const work = { stages: 2, stagesDone: 0, tasks: 1234, tasksDone: 617, tasksRunning: 2, bytesRead: 2.5e9, rowsReceived: 0 };
  for (let i = 0; i < ${times}; i++) {
    scope.report({ id: "a", since, work, isDone: false });
    if (i % 10 === 5) scope.report({ id: "b", since, text: "starting <Spark>", isDone: false });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  scope.report({ id: "b", since, isDone: true });
  scope.report({ id: "a", since, work, isDone: true });
});`;

const displays = ({ messages }: CellResult) => messages.filter(({ type }) => type.endsWith("display_data"));

test("a job of more than a second has one output, updated in its place, which ends as the time it took", async () => {
  const { messages, error } = await kernel.execute(job(25));
  expect(error).toBeUndefined();
  const shown = displays({ messages } as CellResult);
  expect(shown.map(({ type }) => type)).toEqual([
    "display_data",
    ...shown.slice(1).map(() => "update_display_data"),
  ]);
  expect(new Set(shown.map(({ content }) => content.transient.display_id)).size).toBe(1);
  expect(shown[0].content.data["text/plain"]).toMatch(
    /^\[#{10}-{10}\] starting <Spark> · stage 1 of 2 · 617 of 1 234 tasks · 2 running · 2\.5 GB read · \d+ s$/,
  );
  expect(shown[0].content.data["text/html"]).toMatch(
    /^<progress max="1" value="0\.500"><\/progress> <small>starting &lt;Spark>/,
  );
  expect(shown.at(-1)!.content.data["text/plain"]).toMatch(/^Took \d+ s\.$/);
});

test("a short job shows nothing", async () => {
  expect(displays(await kernel.execute(job(3)))).toEqual([]);
});
