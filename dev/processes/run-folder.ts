// The folder of a cluster that ends with the process that started it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { places } from "../places.ts";
import { identify, isRunning } from "./process-identity.ts";

/**
 * Makes an empty folder. Those that processes left behind when they were killed are removed first.
 * @param name "kafka" or "hdfs"
 */
export function makeRunFolder(name: string): string {
  // Not everything that runs in them takes every path: a clone may lie in a folder with a space in its name.
  const parent = isPlainPath(places.runs) ? places.runs : join(tmpdir(), `sightline-dev-${userInfo().uid}`);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const other of readdirSync(parent)) {
    const [, pid, started] = /^(\d+)-(\w*)-/.exec(other) ?? [];
    if (pid && !isRunning({ pid: Number(pid), started }))
      rmSync(join(parent, other), { recursive: true, force: true });
  }
  const { pid, started } = identify(process.pid);
  return mkdtempSync(join(parent, `${pid}-${started}-${name}-`));
}

/** Whether a path is the same in a file: URL. Hadoop takes the % of any other for a format, and fails. */
export function isPlainPath(path: string): boolean {
  return !pathToFileURL(path).href.includes("%");
}
