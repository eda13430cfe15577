import { readFileSync } from "node:fs";

/** A process that is told from a later one of the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Its start, in the system's own count; empty where there is no /proc. */
  readonly started: string;
}

/** Who has this number now. */
export function identify(pid: number): ProcessIdentity {
  try {
    // Field 22, counted after the command's closing bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return { pid, started: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] };
  } catch {
    return { pid, started: "" };
  }
}

/** Whether this very process runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return identify(pid).started === started && !hasEnded(pid);
}

/** A process that has ended stays in the list until its parent asks; that of a killed one may never. */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}
