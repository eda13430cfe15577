/** PyPI's jupyter_kernel_test, each of its tests as one of ours. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";

const project = fileURLToPath(new URL("../../", import.meta.url));
const python = join(project, ".venv/bin/python");
let outcomes = new Map<string, string>();
let output = "";

beforeAll(async () => {
  if (!existsSync(python)) return;
  const env = {
    ...process.env,
    JUPYTER_PATH: join(project, "share/jupyter"),
    SIGHTLINE_ENGINE_START: "lazy",
  };
  const script = join(project, "tests/kernel/kernel_test.py");
  const run = promisify(execFile)(python, [script, "-v"], { env, cwd: project });
  // unittest reports on stderr, and exits with 1 when a test fails.
  output = await run.then(
    ({ stderr }) => stderr,
    (failed: { stderr: string }) => failed.stderr,
  );
  outcomes = new Map(
    [...output.matchAll(/^(test_\w+) \([\w.]+\) \.\.\. (?:\n {2}test.*?)*?(ok|FAIL|ERROR|skipped)/gm)].map(
      ([, name, how]) => [name, how],
    ),
  );
});

for (const name of [
  "test_completion",
  "test_display_data",
  "test_error",
  "test_execute_result",
  "test_execute_stderr",
  "test_execute_stdout",
  "test_history",
  "test_inspect",
  "test_is_complete",
  "test_kernel_info",
]) {
  test(`jupyter_kernel_test: ${name}`, (context) => {
    if (!existsSync(python)) context.skip("npm run setup");
    expect(outcomes.get(name), output).toBe("ok");
  });
}
