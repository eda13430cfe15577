// A session's private folder, and the removal of those whose process is gone.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { EngineError } from "./engine-error.ts";
import { projectFile } from "./project-folder.ts";

/**
 * Makes a folder that only this account can enter; it is removed when the process exits.
 * @throws EngineError when the place for it in the system's temporary folder was taken by somebody else
 */
export function makeSessionFolder(): string {
  const parent = parentFolder(projectFile("."), tmpdir());
  sweep(parent);
  const folder = mkdtempSync(join(parent, `${process.pid}-`));
  if (kept.size === 0) process.on("exit", removeAll);
  kept.add(folder);
  return folder;
}

export function removeSessionFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  if (kept.delete(folder) && kept.size === 0) process.off("exit", removeAll);
}

/** Those of this process. One listener for all: Node warns of more than ten. */
const kept = new Set<string>();

function removeAll(): void {
  for (const folder of kept) removeSessionFolder(folder);
}

/**
 * Where this account keeps its sessions, made if it isn't there: in the project when that is its own, otherwise, as on
 * a hub, where the project belongs to root, in the temporary folder, where anybody could have put something before.
 * @throws EngineError when it isn't ours alone
 */
export function parentFolder(project: string, temporary: string): string {
  const own = join(project, ".sightline", "sessions");
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (whyNotPrivate(own) === undefined) return own;
  } catch {
    // The project can't be written to.
  }
  const { uid } = userInfo();
  const path = join(temporary, `sightline-${uid}`);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new EngineError(
        `No folder for the session's files can be made: ${(error as Error).message}`,
        "Set TMPDIR to a folder that you can write to, then restart the kernel.",
        { cause: error },
      );
    }
  }
  const why = whyNotPrivate(path);
  if (why === undefined) return path;
  throw new EngineError(
    `The session's files can't be kept in ${path}: ${why}.`,
    `Remove it, or set TMPDIR to a folder of your own: export TMPDIR=$HOME/.cache, then restart the kernel.`,
  );
}

function whyNotPrivate(path: string): string | undefined {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return "it is a symbolic link";
  if (!found.isDirectory()) return "it is not a folder";
  if (found.uid !== userInfo().uid) return `it belongs to the account ${found.uid}`;
  const mode = found.mode & 0o777;
  return mode & 0o077 ? `other accounts may enter it (mode ${mode.toString(8).padStart(4, "0")})` : undefined;
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
