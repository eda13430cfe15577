import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
});
afterAll(() => kernel.stop());

describe("execute", () => {
  test("shows the last value, numbers cells and keeps names", async () => {
    const first = await kernel.execute("const a: number = 20; a + 1");
    const second = await kernel.execute("a * 2");
    expect(first.text).toBe("21");
    expect(second.text).toBe("40");
    expect(second.reply).toMatchObject({
      status: "ok",
      execution_count: first.reply.execution_count + 1,
      payload: [],
    });
    expect(second.messages.map(({ type }) => type)).toEqual(["execute_input", "execute_result"]);
  });

  test("a declaration shows nothing", async () => {
    expect((await kernel.execute("1; const b = 2")).messages.map(({ type }) => type)).toEqual([
      "execute_input",
    ]);
  });

  test("a silent cell runs, shows no input or result and isn't counted", async () => {
    const before = (await kernel.execute("0")).reply.execution_count;
    const silent = await kernel.execute("globalThis.quiet = 1; quiet", { silent: true });
    expect(silent.messages).toEqual([]);
    const after = await kernel.execute("quiet");
    expect(after.text).toBe("1");
    expect(after.reply.execution_count).toBe(before + 1);
  });

  test("without store_history a cell isn't counted", async () => {
    const before = (await kernel.execute("0")).reply.execution_count;
    expect((await kernel.execute("1", { store_history: false })).reply.execution_count).toBe(before);
  });

  test("user_expressions give a value or an error each", async () => {
    const { reply } = await kernel.execute("const u = 3", {
      user_expressions: { good: "u + 1", bad: "nothere" },
    });
    expect(reply.user_expressions.good).toEqual({ status: "ok", data: { "text/plain": "4" }, metadata: {} });
    expect(reply.user_expressions.bad).toMatchObject({ status: "error", ename: "ReferenceError" });
  });

  test("cells that wait behind one that fails are aborted, unless it says otherwise", async () => {
    const cells = [
      kernel.execute("await new Promise(r => setTimeout(r, 50)); throw 1"),
      kernel.execute("1"),
      kernel.execute("2"),
    ];
    expect((await Promise.all(cells)).map(({ reply }) => reply.status)).toEqual([
      "error",
      "aborted",
      "aborted",
    ]);
    const others = [
      kernel.execute("await new Promise(r => setTimeout(r, 50)); throw 1", { stop_on_error: false }),
      kernel.execute("1"),
    ];
    expect((await Promise.all(others)).map(({ reply }) => reply.status)).toEqual(["error", "ok"]);
  });

  test("kernel_info on the control channel answers while a cell runs, and the cell stays busy", async () => {
    const states: string[] = [];
    const stop = kernel.onMessage(
      ({ type, content }) => type === "status" && states.push(content.execution_state),
    );
    const cell = kernel.execute("await new Promise(r => setTimeout(r, 200))");
    const info = await kernel.request("kernel_info_request", {}, "control");
    expect(info).toMatchObject({
      status: "ok",
      implementation: "sightline",
      language_info: { name: "typescript" },
    });
    await cell;
    stop();
    expect(states).toEqual(["busy", "busy", "idle", "busy", "idle"]);
  });

  test("input() asks the front end, and refuses where nobody can answer", async () => {
    kernel.onInput = (prompt) => `<${prompt}>`;
    expect((await kernel.execute('await input("who?")')).text).toBe("'<who?>'");
    const { error } = await kernel.execute('await input("who?")', { allow_stdin: false });
    expect(error?.evalue).toMatch(/no user who could answer\.\nRun the cell in JupyterLab/);
  });

  test("comms are answered politely", async () => {
    expect(await kernel.request("comm_info_request", {})).toEqual({ status: "ok", comms: {} });
    const closed = kernel.nextMessage(({ type }) => type === "comm_close");
    kernel.send("comm_open", { comm_id: "c1", target_name: "none", data: {} });
    expect((await closed).content.comm_id).toBe("c1");
  });

  test("an unknown request is answered with an error", async () => {
    expect(await kernel.request("strange_request", {})).toMatchObject({
      status: "error",
      evalue: "The kernel doesn't know strange_request.",
    });
    expect(await kernel.request("debug_request", {}, "control")).toMatchObject({ status: "error" });
  });
});

describe("output", () => {
  test("100,000 lines arrive before idle, none lost, in order", async () => {
    const { stdout } = await kernel.execute('for (let i = 0; i < 100_000; i++) console.log("line " + i)');
    expect(stdout).toBe(Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(""));
  });

  test("streams, displays and the result keep their order", async () => {
    const { messages } = await kernel.execute(
      "console.log(1); console.error(2); display(3); console.log(4); display(html`<b>5</b>`); 6",
    );
    const shown = messages
      .slice(1)
      .map(({ type, content }) => [type, content.text ?? Object.values(content.data)[0]]);
    expect(shown).toEqual([
      ["stream", "1\n"],
      ["stream", "2\n"],
      ["display_data", "3"],
      ["stream", "4\n"],
      ["display_data", "<b>5</b>"],
      ["execute_result", "6"],
    ]);
  });

  test("what a timer prints later belongs to its own cell", async () => {
    const late = kernel.nextMessage(({ type }) => type === "stream");
    const { messages } = await kernel.execute('setTimeout(() => console.log("late"), 50); 0');
    await kernel.execute("1");
    const message = await late;
    expect(message.content).toEqual({ name: "stdout", text: "late\n" });
    expect(message.parentId).toBe(messages[0].parentId);
  });

  test("values show themselves, also later; a broken display method is an error of the cell", async () => {
    const show = (body: string) => kernel.execute(`({ [Symbol.for("Jupyter.display")]: ${body} })`);
    const data = (result: Awaited<ReturnType<typeof show>>) => result.messages.at(-1)?.content.data;
    expect(data(await show('() => ({ "text/html": "<i>"})'))["text/html"]).toBe("<i>");
    const bundle = data(await show('async () => ({ "image/png": new Uint8Array([1, 2, 3]) })'));
    expect(bundle["image/png"]).toBe("AQID");
    expect(bundle["text/plain"]).toContain("Symbol(Jupyter.display)");
    expect((await show("() => 5")).error?.evalue).toMatch(
      /returned 5 instead of a MIME bundle\.\nReturn an object/,
    );
    expect(data(await kernel.execute('({ $display: () => ({ "text/plain": "me" }) })'))["text/plain"]).toBe(
      "me",
    );
  });

  test("what JSON can't hold is an error of the cell that shows it, and the kernel lives on", async () => {
    const wanted = /shown as application\/json isn't JSON: .*BigInt.*\nGive text there/;
    const own = await kernel.execute(
      '({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": { n: 1n } }) })',
    );
    expect(own.error?.evalue).toMatch(wanted);
    const raw = await kernel.execute('display({ "application/json": [2n] }, { raw: true })');
    expect(raw.error?.evalue).toMatch(wanted);
    expect((await kernel.execute("1 + 1")).text).toBe("2");
  });

  test("local frames and Arrow tables show their rows, with every digit", async () => {
    const frame = await kernel.execute(
      'import pl from "nodejs-polars"; pl.DataFrame({ big: [2n ** 60n, 1n], s: ["<i>", null] })',
    );
    const { data } = frame.messages.at(-1)!.content;
    expect(data["text/html"]).toContain("1152921504606846976</td>");
    expect(data["text/html"]).toContain("&lt;i&gt;</td>");
    expect(data["text/plain"]).toContain("|1152921504606846976| <i>|");
    const { text } = await kernel.execute(
      'import { tableFromArrays } from "apache-arrow"; tableFromArrays({ id: Int32Array.from([7, 8]) })',
    );
    expect(text).toMatch(/\| {2}7\|\n\| {2}8\|\n.*\n2 rows$/);
  });

  test("a method that wasn't called says so", async () => {
    const { text } = await kernel.execute("[1].includes; class A { async rows() {} }; new A().rows");
    expect(text).toBe("[AsyncFunction: rows]\nIt is a method; call it: rows()");
    await kernel.execute("spark;");
    expect((await kernel.execute("spark.version")).text).toBe(
      "[Function: version]\nIt is a method; call it: version()",
    );
    expect((await kernel.execute("const twice = (x: number) => 2 * x; twice")).text).toBe(
      "[Function: twice]",
    );
    expect((await kernel.execute("Math.max")).text).toBe("[Function: max]");
  });

  test("display() of a promise holds the cell", async () => {
    const { messages } = await kernel.execute(
      'display(new Promise(r => setTimeout(() => r("later"), 30))); 1',
    );
    expect(messages.map(({ type }) => type)).toContain("display_data");
  });
});

describe("imports", () => {
  test("files of the notebook's folder, JSON, and packages of the project", async () => {
    await mkdir(join(kernel.folder, "lib"));
    await writeFile(
      join(kernel.folder, "lib/tools.ts"),
      'import data from "./data.json" with { type: "json" };\nexport const twice = (x: number): number => data.factor * x;\n',
    );
    await writeFile(join(kernel.folder, "lib/data.json"), '{ "factor": 2 }');
    await writeFile(join(kernel.folder, "old.cjs"), "module.exports = { old: 1 };");
    expect((await kernel.execute('import { twice } from "./lib/tools.ts"; twice(21)')).text).toBe("42");
    expect((await kernel.execute('import { twice as again } from "./lib/tools"; again(4)')).text).toBe("8");
    expect(
      (await kernel.execute('import data, { factor } from "./lib/data.json"; [data.factor, factor]')).text,
    ).toBe("[ 2, 2 ]");
    expect((await kernel.execute('import { old } from "./old.cjs"; old')).text).toBe("1");
    expect((await kernel.execute('import { sum } from "lodash"; sum([1, 2])')).text).toBe("3");
    expect((await kernel.execute('(await import("./lib/tools.ts")).twice(5)')).text).toBe("10");
  });

  test("a package that isn't installed is named with the command that installs it", async () => {
    const { error } = await kernel.execute('import x from "@nobody/nothing/sub"');
    expect(error?.evalue).toBe(
      `The package "@nobody/nothing/sub" isn't installed beside the notebook.\nInstall it: npm install @nobody/nothing`,
    );
  });

  test("an error in a local file shows that file's line", async () => {
    await writeFile(
      join(kernel.folder, "broken.ts"),
      "export function broken(x: string): never {\n  throw new Error(x);\n}\n",
    );
    const { error } = await kernel.execute('import { broken } from "./broken.ts"\nbroken("no")');
    const traceback = error!.traceback.join("\n");
    expect(traceback).toContain("broken.ts, line 2:9");
    expect(traceback).toContain("> 2 |   throw new Error(x);");
    expect(traceback).toMatch(/at (async )?Cell \[\d+\], line 2:1/);
    expect(traceback).not.toContain("node:");
  });
});

test("a live value is displayed, and displayed anew when it has changed", async () => {
  const { messages } = await kernel.execute(`
    let change = () => {};
    const live = {
      count: 1,
      [Symbol.for("Jupyter.display")]() { return { "text/plain": "count " + this.count }; },
      [Symbol.for("sightline.live")](changed) { change = changed; },
    };
    live`);
  const [, shown] = messages;
  expect(shown.type).toBe("display_data");
  expect(shown.content.data["text/plain"]).toBe("count 1");
  // What changed in a cell is shown before the cell is done: tools that run notebooks drop what comes after it.
  const changed = await kernel.execute("live.count = 2; change(); live.count = 3; change()");
  const updates = changed.messages.filter(({ type }) => type === "update_display_data");
  expect(updates.map(({ content }) => content.data["text/plain"])).toEqual(["count 3"]);
  const [{ content }] = updates;
  expect(content.transient.display_id).toBe(shown.content.transient.display_id);
  const later = kernel.nextMessage(({ type }) => type === "update_display_data");
  await kernel.execute("setTimeout(() => { live.count = 4; change(); }, 50); 0");
  expect((await later).content.data["text/plain"]).toBe("count 4");
});
