// The folder of a cluster that ends with the process that started it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { places } from "../places.ts";
import { identify, isRunning } from "./process-identity.ts";

/**
 * Makes an empty folder. Those that processes left behind when they were killed are removed first.
 * @param name "kafka" or "hdfs"
 */
export function makeRunFolder(name: string): string {
  mkdirSync(places.runs, { recursive: true, mode: 0o700 });
  for (const other of readdirSync(places.runs)) {
    const [, pid, started] = /^(\d+)-(\w*)-/.exec(other) ?? [];
    if (pid && !isRunning({ pid: Number(pid), started }))
      rmSync(join(places.runs, other), { recursive: true, force: true });
  }
  const { pid, started } = identify(process.pid);
  return mkdtempSync(join(places.runs, `${pid}-${started}-${name}-`));
}
