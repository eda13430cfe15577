/** Cells may use any name: also those that the kernel, the runtime and their packages live on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

const NAMES = (
  "URL process Map Array Object JSON String Set Promise Error Number Symbol Math Date Reflect Headers Function " +
  "Buffer clearTimeout console module exports require Uint8Array BigInt Proxy queueMicrotask structuredClone " +
  "TextDecoder AbortController AbortSignal performance global globalThis undefined toString __sightline"
).split(" ");

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
});
afterAll(() => kernel.stop());

async function value(code: string): Promise<string | undefined> {
  const { text, error, stderr } = await kernel.execute(code);
  expect(error, code).toBeUndefined();
  expect(stderr).toBe("");
  return text;
}

test("an imported setTimeout waits, and the kernel goes on", async () => {
  expect(await value('import { setTimeout } from "node:timers/promises"; await setTimeout(50); 1')).toBe("1");
  expect(await value("await setTimeout(1, 'later')")).toBe("'later'");
});

test("names of Node's own, declared by cells, are the cells' alone; Spark and its closures work", async () => {
  for (const [index, name] of NAMES.entries()) {
    await value(`${index % 2 === 0 ? "const" : "let"} ${name} = "my ${name}"`);
    expect(await value(name)).toBe(`'my ${name}'`);
  }
  expect(await value("await spark.range(2).count()")).toMatch(/^2n?$/);
  expect(await value(`(await sc.parallelize([1]).map(x => [${NAMES.join(", ")}].join()).collect())[0]`)).toBe(
    `'${NAMES.map((name) => `my ${name}`).join()}'`,
  );
  // Functions and classes travel too, and the executors' own globals stay theirs.
  await value("function Number(x: number) { return x * 10 } class Map { size = 7 }");
  expect(
    await value(
      "await sc.parallelize([1]).map(x => [Number(x), new Map().size, [x].map(String => String + 1)]).collect()",
    ),
  ).toBe("[ [ 10, 7, [ 2 ] ] ]");
});

test("messages, completion and inspection show the user's name", async () => {
  await value("const WebSocket = { protocolOfMine: 5 }");
  const { error } = await kernel.execute("WebSocket.nothing.there; 1\nWebSocket()");
  expect(error!.traceback.join("\n")).not.toContain("__user");
  expect((await kernel.execute("WebSocket()")).error?.evalue).toBe("WebSocket is not a function");
  const completed = await kernel.request("complete_request", { code: "WebSocket.proto", cursor_pos: 15 });
  expect(completed.matches).toEqual(["protocolOfMine"]);
  const names = await kernel.request("complete_request", { code: "modul", cursor_pos: 5 });
  expect(names.matches).toEqual(["module"]);
  const inspected = await kernel.request("inspect_request", { code: "module", cursor_pos: 3 });
  expect(inspected.data["text/plain"]).toBe("module: string\n\n'my module'");
  await value("function Headers() { return Headers.name }");
  const source = await kernel.request("inspect_request", { code: "Headers", cursor_pos: 7 });
  expect(source.data["text/plain"]).toBe(
    "Headers: function\n\nfunction Headers() {\n\treturn Headers.name;\n}",
  );
});

test("a constant that is assigned to shows the line", async () => {
  const { error } = await kernel.execute("const c0 = 1;\nc0 = 2");
  expect(error).toMatchObject({ ename: "TypeError" });
  expect(error!.evalue).toMatch(/^Assignment to constant variable `c0`\.\nDeclare it with let/);
  expect(error!.traceback.join("\n")).toMatch(/> 2 \| c0 = 2\n.*\^/);
  expect(await value("c0")).toBe("1");
});
