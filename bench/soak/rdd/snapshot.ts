import { readdirSync, readFileSync } from "node:fs";
import { openFiles } from "../../rdd/memory-watch.ts";
import { processTree } from "../../rdd/process-tree.ts";

/** What a session holds at a moment: of its driver, its engine, and a Node worker that holds most. */
export interface Snapshot {
  readonly processes: number;
  readonly driverHandles: number;
  readonly engineHandles: number;
  readonly workerHandles: number;
  readonly driverMegabytes: number;
  readonly engineMegabytes: number;
  readonly workerMegabytes: number;
  /** In the session's folder, at any depth. */
  readonly files: number;
}

/** Takes a snapshot of this process and of all that it started. */
export function snapshot(sessionFolder: string): Snapshot {
  const started = processTree(process.pid).filter((pid) => pid !== process.pid);
  const workers = started.filter((pid) => commandOf(pid).includes("rdd-worker"));
  const engine = started.filter((pid) => !workers.includes(pid));
  const handles = (pid: number) => openFiles(pid).size;
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    processes: started.length,
    driverHandles: handles(process.pid),
    engineHandles: sum(engine.map(handles)),
    workerHandles: Math.max(0, ...workers.map(handles)),
    driverMegabytes: megabytes(process.pid),
    engineMegabytes: sum(engine.map(megabytes)),
    workerMegabytes: Math.max(0, ...workers.map(megabytes)),
    files: filesBelow(sessionFolder),
  };
}

/** How much of each there may be more of at the end, for what isn't the same from moment to moment anyway. */
const allowed: Readonly<Record<keyof Snapshot, (before: number) => number>> = {
  processes: () => 0,
  driverHandles: () => 3,
  engineHandles: () => 6,
  workerHandles: () => 1,
  driverMegabytes: (before) => 20 + before / 20,
  engineMegabytes: (before) => 20 + before / 20,
  workerMegabytes: (before) => 20 + before / 20,
  files: () => 0,
};

/**
 * What has grown from the first third of the snapshots to the last, by the least that each third has of it: what
 * leaks is never given back.
 */
export function growth(snapshots: readonly Snapshot[]): string[] {
  const third = Math.floor(snapshots.length / 3);
  return (Object.keys(allowed) as (keyof Snapshot)[]).flatMap((name) => {
    const least = (some: readonly Snapshot[]) => Math.min(...some.map((each) => each[name]));
    const before = least(snapshots.slice(0, third));
    const after = least(snapshots.slice(-third));
    return after > before + allowed[name](before) ? [`${name}: ${before} at first, ${after} at the end`] : [];
  });
}

function commandOf(pid: number): string {
  return read(pid, "cmdline");
}

function megabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s*(\d+) kB/m.exec(read(pid, "status")) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

function filesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
    .length;
}
