import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ConsoleFile } from "./console-file.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-console-"));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test("whole lines are printed once, in order, and the rest when it is whole", () => {
  const printed = vi.spyOn(console, "log").mockImplementation(() => {});
  const file = new ConsoleFile(join(folder, "printed"));
  file.flush(); // no file yet
  appendFileSync(file.path, '"one"\n"two\\nlines"\n"thr');
  file.flush();
  expect(printed.mock.calls.flat()).toEqual(["one", "two\nlines"]);
  appendFileSync(file.path, 'ee"\n{broken\n');
  file.rest();
  expect(printed.mock.calls.flat()).toEqual(["one", "two\nlines", "three", "{broken"]);
});
