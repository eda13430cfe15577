import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type MemorySeen, watchMemory } from "./memory-watch.ts";

/** Watches a program that is two processes below, prints when it has begun, and ends at its input's end. */
async function watched(body: string): Promise<MemorySeen> {
  const program = `const fs = require("fs"); ${body}; console.log("begun"); process.stdin.resume() /* watched-program */`;
  const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(program)}], { stdio: "inherit" })`;
  const child = spawn(process.execPath, ["-e", parent], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const seen = watchMemory(child.pid!, "/* watched-program */");
  await once(child.stdout, "data");
  const result = seen();
  child.stdin.end();
  await exited;
  return result;
}

test("tells the most that a process held, also when it gave it back", async () => {
  const { peakMegabytes, hasSpilled } = await watched(
    "let held = Buffer.alloc(300e6, 1); held = undefined; held === undefined",
  );
  expect(peakMegabytes).toBeGreaterThan(300);
  expect(peakMegabytes).toBeLessThan(600);
  expect(hasSpilled).toBe(false);
});

test("sees files that have no name any more", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
  const path = JSON.stringify(join(folder, "scratch"));
  const { hasSpilled } = await watched(`fs.openSync(${path}, "w+"); fs.unlinkSync(${path})`);
  rmSync(folder, { recursive: true });
  expect(hasSpilled).toBe(true);
});

test("counts the processes whose command names the program, and no others", async () => {
  const seen = watchMemory(process.pid, "a program that isn't there");
  expect(seen()).toEqual({ peakMegabytes: 0, processes: 0, hasSpilled: false });
});
