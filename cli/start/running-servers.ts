import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";

/** What a running server says about itself in its `jpserver-<pid>.json`. */
export interface ServerInfo {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly root_dir: string;
}

/** Reads what the server of this process id has written; undefined until it listens. */
export function readServerInfo(pid: number): ServerInfo | undefined {
  try {
    return JSON.parse(readFileSync(join(places.runtime, `jpserver-${pid}.json`), "utf8"));
  } catch {
    return undefined;
  }
}

/** The servers of this clone that run now. */
export function runningServers(): ServerInfo[] {
  return serverPids()
    .filter(isAlive)
    .map(readServerInfo)
    .filter((info) => info !== undefined);
}

/** Removes what servers that were killed left behind; their files hold dead tokens. */
export function removeDeadServers(): void {
  for (const pid of serverPids().filter((pid) => !isAlive(pid)))
    for (const name of [`jpserver-${pid}.json`, `jpserver-${pid}-open.html`])
      rmSync(join(places.runtime, name), { force: true });
}

function serverPids(): number[] {
  try {
    return readdirSync(places.runtime).flatMap(
      (name) => /^jpserver-(\d+)\.json$/.exec(name)?.slice(1).map(Number) ?? [],
    );
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
