import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly isComputing: boolean;
}

/** The running processes that this one started, and those that they started, with their command lines. */
export function descendants(pid: number): Process[] {
  const all = list();
  const found: Process[] = [];
  for (let parents = new Set([pid]); parents.size > 0;) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

/** The workers of functions that this process's engines have started and that compute. */
export function spinningWorkers(): Process[] {
  return descendants(process.pid).filter(
    ({ command, isComputing }) => command.includes("rdd-worker.cjs") && isComputing,
  );
}

/** Waits until none of these runs any more; a test's own timeout is the limit. */
export async function allGone(processes: readonly Pick<Process, "pid" | "command">[]): Promise<void> {
  const isLeft = () =>
    list().some(({ pid, command }) => processes.some((p) => p.pid === pid && p.command === command));
  while (isLeft()) await sleep(100);
}

/** Waits until nothing runs under a number that something had a moment ago. */
export async function pidGone(pid: number): Promise<void> {
  while (list().some((each) => each.pid === pid)) await sleep(100);
}

function list(): Process[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    // A zombie has ended; only its parent hasn't asked yet.
    return match && !match[3].startsWith("Z")
      ? [{ pid: +match[1], parent: +match[2], command: match[4], isComputing: match[3].startsWith("R") }]
      : [];
  });
}
