// A session's private folder, and the removal of those whose process is gone.
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { projectFile } from "./project-folder.ts";

/** Makes a folder that only this account can enter; it is removed when the process exits. */
export function makeSessionFolder(): string {
  const parent = parentFolder();
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  sweep(parent);
  const folder = mkdtempSync(join(parent, `${process.pid}-`));
  process.once("exit", () => removeSessionFolder(folder));
  return folder;
}

export function removeSessionFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

// On a hub the project belongs to root, and each account keeps its sessions in the system's temporary folder.
function parentFolder(): string {
  try {
    accessSync(projectFile("."), constants.W_OK);
    return projectFile(".sightline/sessions");
  } catch {
    return join(tmpdir(), `sightline-${userInfo().uid}`);
  }
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
