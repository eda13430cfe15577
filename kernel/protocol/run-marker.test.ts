import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { markRun, unmarkRun } from "./run-marker.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "sightline-logs-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("says nothing after a run that ended as it should", () => {
  const logs = folder();
  expect(markRun("/x/kernel-1.json", logs)).toBeUndefined();
  unmarkRun("/x/kernel-1.json", logs);
  expect(markRun("/x/kernel-1.json", logs)).toBeUndefined();
});

test("tells of a run that ended badly, with Node's reason, and not of another kernel's", () => {
  const logs = folder();
  markRun("/x/kernel-1.json", logs);
  expect(markRun("/x/kernel-2.json", logs)).toBeUndefined();
  expect(markRun("/x/kernel-1.json", logs)).toMatch(
    /^The kernel ended unexpectedly and was started again.*\nRun the cells/,
  );
  const report = JSON.stringify({ header: { event: "Allocation failed - JavaScript heap out of memory" } });
  writeFileSync(join(logs, `report.20260101.120000.${process.pid}.0.001.json`), report);
  expect(markRun("/x/kernel-1.json", logs)).toContain("(Allocation failed - JavaScript heap out of memory)");
});
