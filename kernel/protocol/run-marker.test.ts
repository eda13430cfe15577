import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { markRun, unmarkRun } from "./run-marker.ts";

/** More than any process has. */
const noPid = 2 ** 30;

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
  expect(markRun("/y/kernel-2.json", logs)).toBeUndefined();
  expect(markRun("/x/kernel-1.json", logs)).toMatch(
    /^The kernel ended unexpectedly and was started again.*\nRun the cells/,
  );
  const report = JSON.stringify({ header: { event: "Allocation failed - JavaScript heap out of memory" } });
  writeFileSync(join(logs, `report.20260101.120000.${process.pid}.0.001.json`), report);
  expect(markRun("/x/kernel-1.json", logs)).toContain("(Allocation failed - JavaScript heap out of memory)");
});

test("a report is told once and removed, and the folder is the user's alone", () => {
  const logs = folder();
  chmodSync(logs, 0o755);
  markRun("/x/kernel-1.json", logs);
  writeFileSync(join(logs, `report.20260101.120000.${process.pid}.0.001.json`), "{}");
  writeFileSync(join(logs, `report.20260101.120000.${noPid}.0.001.json`), "{}");
  writeFileSync(join(logs, "jupyter.log"), "");
  const connection = join(logs, "kernel-1.json");
  writeFileSync(join(logs, "kernel-1.running"), `${noPid}\n${connection}`);
  expect(markRun(connection, logs)).toContain("ended unexpectedly");
  expect(readdirSync(logs).sort()).toEqual([
    "jupyter.log",
    "kernel-1.running",
    `report.20260101.120000.${process.pid}.0.001.json`,
  ]);
  expect(statSync(logs).mode & 0o777).toBe(0o700);
  expect(statSync(join(logs, "kernel-1.running")).mode & 0o777).toBe(0o600);
});

test("markers of killed kernels that won't be started again are swept", () => {
  const logs = folder();
  const here = join(logs, "here.json");
  writeFileSync(here, "{}");
  const markers = {
    alive: `${process.pid}\n${join(logs, "gone.json")}`,
    restarting: `${noPid}\n${here}`,
    abandoned: `${noPid}\n${here}`,
    dead: `${noPid}\n${join(logs, "gone.json")}`,
    old: `${noPid}`,
    empty: "",
  };
  for (const [name, text] of Object.entries(markers)) writeFileSync(join(logs, `${name}.running`), text);
  utimesSync(join(logs, "abandoned.running"), 0, 0);
  markRun("/x/kernel-1.json", logs);
  const left = readdirSync(logs).filter((name) => name.endsWith(".running"));
  expect(left.sort()).toEqual(["alive.running", "kernel-1.running", "restarting.running"]);
});
