import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
});
afterAll(() => kernel.stop());

// eslint-disable-next-line no-control-regex
const plain = (lines: string[]) => lines.join("\n").replaceAll(/\u001b\[\d+m/g, "");

async function failure(code: string) {
  const { error, reply, stderr } = await kernel.execute(code);
  expect(reply.status).toBe("error");
  const cell = `Cell [${reply.execution_count}]`;
  return { ...error!, text: plain(error!.traceback).replaceAll(cell, "Cell [n]"), stderr };
}

test("a throwing cell shows the line, a caret and only the user's frames", async () => {
  const { ename, evalue, text } = await failure(
    "const limit: number = 1\nfunction check(x: any) {\n  return x.a.b\n}\ncheck({})",
  );
  expect([ename, evalue]).toEqual(["TypeError", "Cannot read properties of undefined (reading 'b')"]);
  expect(text).toBe(
    [
      "TypeError: Cannot read properties of undefined (reading 'b')",
      "  Cell [n], line 3:14",
      "    1 | const limit: number = 1",
      "    2 | function check(x: any) {",
      "  > 3 |   return x.a.b",
      "      |              ^",
      "    4 | }",
      "    5 | check({})",
      "    at check (Cell [n], line 3:14)",
      "    at Cell [n], line 5:1",
    ].join("\n"),
  );
});

test("a name that isn't there says which import or declaration brings it", async () => {
  await kernel.execute("graphistry;");
  expect((await failure("Window.partitionBy(1)")).evalue).toBe(
    'Window is not defined\nImport it: import { Window } from "sightline"',
  );
  const { text } = await failure("const a = 1;\n  total = a + 1");
  expect(text).toMatch(
    /^ReferenceError: total is not defined\nDeclare it: let total = …\n {2}Cell \[n\], line 2:/,
  );
  expect((await failure("total == 1")).evalue).toBe("total is not defined");
});

test("an export in one of the module's namespaces is pointed at", async () => {
  expect((await failure('import { fromDDL } from "sightline"')).evalue).toBe(
    'The module "sightline" has no export named `fromDDL`.\nIt is in `types`: import { types } from "sightline"; then types.fromDDL',
  );
});

test("a syntax error shows the caret and runs nothing", async () => {
  const { ename, text } = await failure("globalThis.didRun = true\nlet x: number = ;");
  expect(ename).toBe("SyntaxError");
  expect(text).toContain("  > 2 | let x: number = ;\n      |                 ^");
  expect((await kernel.execute("typeof didRun")).text).toBe("'undefined'");
});

test("errors printed by user code have the user's positions too", async () => {
  const { stderr, reply } = await kernel.execute("interface A { b: 1 }\nconsole.error(new Error('seen'))");
  expect(stderr).toContain(`Cell [${reply.execution_count}], line 2:15`);
  expect(stderr).not.toContain("node:");
});

test("a value that can't show itself points at the expression that gave it", async () => {
  await kernel.execute(
    "const shy = { [Symbol.for('Jupyter.display')]: async () => { throw Object.assign(new Error('hidden'), { stack: 'Error: hidden' }) } }",
  );
  const { text } = await failure("interface Later { a: 1 }\nconst b: Later = { a: 1 };\n  await null; shy");
  expect(text).toBe(
    [
      "Error: hidden",
      "  Cell [n], line 3:15",
      "    1 | interface Later { a: 1 }",
      "    2 | const b: Later = { a: 1 };",
      "  > 3 |   await null; shy",
      "      |               ^",
      "    at Cell [n], line 3:15",
    ].join("\n"),
  );
});

test("causes and the parts of an AggregateError are shown", async () => {
  expect((await failure("throw new Error('outer', { cause: new RangeError('inner') })")).text).toContain(
    "Caused by RangeError: inner",
  );
  expect(
    (await failure("throw new AggregateError([new Error('one'), new TypeError('two')], 'both')")).text,
  ).toContain("One of them: TypeError: two");
});

test.each([
  ["throw 'text'", "Thrown", "text"],
  ["throw undefined", "Thrown", "undefined"],
  ["throw { code: 5 }", "Thrown", "{ code: 5 }"],
  ["throw new Proxy({}, { get() { throw 1 } })", "Thrown", "{}"],
  ["class MyError extends Error { name = 'MyError' }; throw new MyError('mine')", "MyError", "mine"],
])("%s", async (code, ename, evalue) => {
  expect(await failure(code)).toMatchObject({ ename, evalue });
});

test("process.exit() is refused with a sentence, and the kernel lives on", async () => {
  expect((await failure("process.exit(3)")).evalue).toBe(
    "process.exit(3) would end the kernel and lose every variable, so it was refused.\nThrow an error to stop the cell, or restart the kernel from the Kernel menu.",
  );
  expect((await kernel.execute("1 + 1")).text).toBe("2");
});

test("a rejection that nobody handles fails the running cell", async () => {
  expect((await failure("void Promise.reject(new Error('floating'))\n1")).evalue).toBe("floating");
  expect(
    (
      await failure(
        "void (async () => { await null; throw new Error('inside') })()\nawait new Promise(r => setTimeout(r, 20))",
      )
    ).evalue,
  ).toBe("inside");
});

test("an exception in a timer is reported to the cell that started it, and the kernel lives on", async () => {
  expect(
    (
      await failure(
        "setTimeout(() => { throw new Error('tick') }, 5); await new Promise(r => setTimeout(r, 40))",
      )
    ).evalue,
  ).toBe("tick");
  const late = kernel.nextMessage(({ type }) => type === "stream");
  const { messages } = await kernel.execute("setTimeout(() => { throw new Error('after') }, 30); 0");
  await kernel.execute("1");
  const message = await late;
  expect(message.parentId).toBe(messages[0].parentId);
  expect(message.content.name).toBe("stderr");
  expect(message.content.text).toMatch(/^Not caught by Cell \[\d+\]: .*Error.*: after/);
});

test("a job whose failure comes from elsewhere shows the line that started it", async () => {
  const jobs = JSON.stringify(new URL("../../runtime/jobs/index.ts", import.meta.url).href);
  await kernel.execute(`import { Job } from ${jobs}; const far: { fail(): void } = { fail() {} }`);
  await kernel.execute("setInterval(() => far.fail(), 5); 0");
  const code =
    "const job = Job.start(() => new Promise((_, reject) => { far.fail = () => reject(Object.assign(new Error('far'), { stack: 'Error: far' })) }))\nawait job";
  const { text } = await failure(code);
  expect(text).toContain("Error: far\n  Cell [n], line 1:17\n  > 1 | const job = Job.start(");
});

test("a job that nobody awaited holds its cell, and fails it", async () => {
  const jobs = JSON.stringify(new URL("../../runtime/jobs/index.ts", import.meta.url).href);
  await kernel.execute(
    `import { Job } from ${jobs}; const wait = (ms: number) => new Promise(r => setTimeout(r, ms))`,
  );
  expect(
    (
      await kernel.execute(
        "void Job.start(async () => { await wait(50); console.log('job done') }); console.log('code done')",
      )
    ).stdout,
  ).toBe("code done\njob done\n");
  expect(
    (await failure("void Job.start(async () => { await wait(20); throw new Error('job failed') }); 1"))
      .evalue,
  ).toBe("job failed");
  expect(
    (
      await kernel.execute(
        "try { await Job.start(async () => { throw new Error('caught') }) } catch { 'fine' }",
      )
    ).reply.status,
  ).toBe("ok");
});
