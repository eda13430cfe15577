import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { growth, snapshot, type Snapshot } from "./snapshot.ts";

const quiet: Snapshot = {
  processes: 4,
  driverHandles: 40,
  engineHandles: 100,
  workerHandles: 20,
  driverMegabytes: 200,
  engineMegabytes: 300,
  workerMegabytes: 90,
  files: 7,
};

test("sees handles and files that are left open and lying", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
  const before = snapshot(folder);
  const fds = Array.from({ length: 5 }, () => openSync(folder, "r"));
  writeFileSync(join(folder, "left"), "");
  const after = snapshot(folder);
  fds.forEach((fd) => closeSync(fd));
  rmSync(folder, { recursive: true });
  expect(after.driverHandles - before.driverHandles).toBeGreaterThanOrEqual(5);
  expect(after.files).toBe(before.files + 1);
});

test("tells what has grown round by round, and not what goes up and down", () => {
  const waves = [0, 3, 1, 4, 0, 2].map((more) => ({
    ...quiet,
    processes: 4 + more,
    engineMegabytes: 300 + 50 * more,
  }));
  expect(growth(waves)).toEqual([]);
  const leaks = waves.map((wave, round) => ({ ...wave, files: 7 + round, workerHandles: 20 + 3 * round }));
  expect(growth(leaks)).toEqual([
    "workerHandles: 20 at first, 32 at the end",
    "files: 7 at first, 11 at the end",
  ]);
  const slow = waves.map((wave, round) => ({ ...wave, driverMegabytes: 200 + 20 * round }));
  expect(growth(slow)).toEqual(["driverMegabytes: 200 at first, 280 at the end"]);
});
