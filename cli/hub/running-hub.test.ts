import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { identify, isRunning } from "../../dev/processes/process-identity.ts";
import { RunningHub } from "./running-hub.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-running-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a folder is taken once, and free again after its release", async () => {
  const folder = temporaryFolder();
  const hub = new RunningHub(folder);
  await hub.take();
  hub.note(identify(process.pid), "http://127.0.0.1:8000");
  expect(statSync(join(folder, "hub.json")).mode & 0o777).toBe(0o600);
  await expect(new RunningHub(folder).take()).rejects.toThrow(
    `The hub of this folder runs already, at http://127.0.0.1:8000 (process ${process.pid}).\nEnd it by Ctrl-C in its terminal, or kill ${process.pid}.`,
  );
  hub.release();
  await new RunningHub(folder).take();
});

test("a killed hub's folder is taken over, and nobody is ended who only has its number", async () => {
  const folder = temporaryFolder();
  const other = spawn("sleep", ["60"]);
  onTestFinished(() => void other.kill());
  const reused = { pid: other.pid!, started: "1" };
  writeFileSync(join(folder, "hub.json"), JSON.stringify({ owner: reused, hub: reused }));
  writeFileSync(join(folder, "proxy.json"), JSON.stringify(reused));
  writeFileSync(join(folder, "proxy.pid"), `${other.pid}`);
  await new RunningHub(folder).take();
  expect(isRunning(identify(other.pid!))).toBe(true);
  expect(existsSync(join(folder, "proxy.pid"))).toBe(false);
});
