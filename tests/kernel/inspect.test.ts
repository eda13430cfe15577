import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
  await kernel.execute(
    'import { functions as F } from "sightline"; spark; const mine = (text: string) => text.trim();',
  );
}, 60_000);
afterAll(() => kernel.stop());

async function inspected(code: string) {
  const { data } = await kernel.request("inspect_request", { code, cursor_pos: code.length });
  return data as Record<string, string>;
}

test("a function of columns shows its types, its comment and its example", async () => {
  const data = await inspected("F.upper");
  expect(data["text/plain"]).toMatch(
    /^F\.upper\(col: C\): Column<.*>\n\nReturns `col` with all characters changed to uppercase\.\n@param col /,
  );
  expect(data["text/markdown"]).toMatch(
    /^```ts\nF\.upper\(col: C\): .*\n```\nReturns .*\n\n- `col`: a column/,
  );
  expect(data["text/markdown"]).toMatch(/```ts\nconst df = .*\ndf\.select\(upper\("s"\)\)\.show\(\);\n```/);
});

test("methods are found behind what checks their arguments, with their overloads", async () => {
  expect((await inspected("spark.version"))["text/plain"]).toMatch(/^spark\.version\(\): Job<string>\n\n/);
  const [first, second] = (await inspected("spark.sql"))["text/plain"].split("\n");
  expect(first).toMatch(/^spark\.sql\(text: string, /);
  expect(second).toMatch(/^spark\.sql\(text: TemplateStringsArray, /);
});

test("every function of columns has its comment", async () => {
  const { text } = await kernel.execute(
    "Object.keys(F).filter((name) => typeof F[name] === 'function').join(' ')",
  );
  const names = text!.replaceAll(/^'|'$/g, "").split(" ");
  expect(names.length).toBeGreaterThan(500);
  const without = [];
  for (const name of names) {
    const data = await inspected(`F.${name}`);
    if (!data["text/markdown"]?.includes("```ts")) without.push(name);
  }
  expect(without).toEqual([]);
}, 120_000);

test("members of a value are completed without what every object has", async () => {
  const { matches } = await kernel.request("complete_request", { code: "spark.conf.", cursor_pos: 11 });
  expect(matches).toContain("get");
  expect(matches).not.toContain("constructor");
  expect(matches).not.toContain("hasOwnProperty");
});

test("functions of others show their source", async () => {
  expect((await inspected("mine"))["text/plain"]).toBe("mine: function\n\n(text) => text.trim()");
  expect(await inspected("Math.max")).toEqual({
    "text/plain": "Math.max: function\n\nfunction max() { [native code] }",
  });
});
