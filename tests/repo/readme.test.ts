import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

test("README's example runs as it stands, and prints what README says", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, script, output] = /<!-- example:begin -->\n\n```ts\n(.*?)```\n\n```\n(.*?)```/s.exec(readme)!;
  // Inside the project, so that "sightline" is found by its name.
  const folder = join(root, ".sightline", "readme");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "example.ts");
  writeFileSync(file, script);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: root, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.trim()).toBe(output.trim());
});
