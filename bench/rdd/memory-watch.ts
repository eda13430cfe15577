import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { processTree } from "./process-tree.ts";

export interface MemorySeen {
  /** The most that one of the watched processes ever held, in MB; 0 when there was none. */
  readonly peakMegabytes: number;
  /** How many of them there were. */
  readonly processes: number;
  /** Whether one of them had a file open that has no name any more, as spilled data are in. */
  readonly hasSpilled: boolean;
}

/**
 * Watches the processes below one whose command names a program, from now until it is asked. What each held at most
 * is counted by the system, so a process that lives for a few looks is never underestimated by much.
 * @param program a part of their command line, such as "rdd-worker"
 */
export function watchMemory(root: number, program: string): () => MemorySeen {
  const peaks = new Map<number, number>();
  let hasSpilled = false;
  const look = () => {
    for (const pid of processTree(root)) {
      if (!read(pid, "cmdline").includes(program)) continue;
      const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(read(pid, "status")) ?? [];
      if (kilobytes !== undefined) peaks.set(pid, Number(kilobytes));
      hasSpilled ||= openFiles(pid)
        .entries()
        .some(([fd, path]) => fd > 2 && isScratch(path));
    }
  };
  const timer = setInterval(look, 200);
  return () => {
    clearInterval(timer);
    look();
    const peakMegabytes = Math.round(Math.max(0, ...peaks.values()) / 1024);
    return { peakMegabytes, processes: peaks.size, hasSpilled };
  };
}

/** Scratch files lose their names as soon as they are open. What a process prints, at 1 and 2, may go to such a one too. */
const isScratch = (path: string) =>
  path.startsWith("/") && path.endsWith(" (deleted)") && !path.startsWith("/memfd:");

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

/** What a process has open, by number: a path, which ends in " (deleted)" when it has none any more, or what else it is. */
export function openFiles(pid: number): Map<number, string> {
  const folder = `/proc/${pid}/fd`;
  const found = new Map<number, string>();
  try {
    for (const fd of readdirSync(folder)) {
      try {
        found.set(Number(fd), readlinkSync(`${folder}/${fd}`));
      } catch {
        // it was closed in between
      }
    }
  } catch {
    // it has ended
  }
  return found;
}
