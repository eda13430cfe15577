import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Command, root } from "../support/command.ts";

/** Runs the project's test runner on a tree of its own that holds these test files. */
async function runTests(files: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const tree = mkdtempSync(join(tmpdir(), "sightline-runner-"));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  mkdirSync(join(tree, "samples"));
  for (const [name, text] of Object.entries(files))
    writeFileSync(
      join(tree, "samples", `${name}.test.ts`),
      `import { beforeAll, describe, expect, test } from "vitest";\n${text}`,
    );
  const command = [process.execPath, join(root, "tests", "run.ts"), "samples/"];
  const { code, stdout } = await Command.run(command, { cwd: tree, env: { VITEST: "", NODE_ENV: "" } });
  return { code, lines: stdout.trim().split("\n") };
}

test("counts what passed, failed and was skipped, each skip with the command that enables it", async () => {
  const { code, lines } = await runTests({
    mixed: `
      test("adds", () => expect(1 + 1).toBe(2));
      test("fails", () => expect(1).toBe(2));
      test("needs a thing", (context) => context.skip("apt-get install thing"));`,
  });
  expect(lines.at(-2)).toBe("SKIP samples/mixed.test.ts > needs a thing: apt-get install thing");
  expect(lines.at(-1)).toBe("1 passed, 1 failed, 1 skipped");
  expect(code).toBe(1);
});

test("a run in which something was skipped and the rest passed succeeds", async () => {
  const { code, lines } = await runTests({
    fine: `test("adds", () => {}); test("needs a thing", (context) => context.skip("apt-get install thing"));`,
  });
  expect(lines.at(-1)).toBe("1 passed, 0 failed, 1 skipped");
  expect(code).toBe(0);
});

test.each([
  [
    "a skip that names no command",
    `test("a", () => {}); test.skip("b", () => {});`,
    "1 passed, 1 failed, 0 skipped",
  ],
  [
    "a file that does not load",
    `import "./nowhere.ts"; test("a", () => {});`,
    "0 passed, 1 failed, 0 skipped",
  ],
  [
    "a hook that throws",
    `describe("d", () => { beforeAll(() => { throw new Error("no"); }); test("a", () => {}); });`,
    "0 passed, 2 failed, 0 skipped",
  ],
  [
    "an error outside of tests",
    `test("a", () => {}); setTimeout(() => { throw new Error("late"); });
    await new Promise((resolve) => setTimeout(resolve, 50));`,
    "1 passed, 1 failed, 0 skipped",
  ],
])("%s is a failure", async (_, text, closing) => {
  const { code, lines } = await runTests({ sample: text });
  expect(lines.at(-1)).toBe(closing);
  expect(code).toBe(1);
});

test("a run without a test fails", async () => {
  const { code, lines } = await runTests({});
  expect(lines.at(-1)).toBe("0 passed, 0 failed, 0 skipped");
  expect(code).toBe(1);
});
