import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that can be told from a later one of the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as letters and digits that only this system understands; "" where that is unknown. */
  readonly started: string;
}

/** What to remember of a running process. */
export function identify(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) };
}

/** Whether this very process runs; a zombie doesn't. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return started !== "" && startOf(pid) === started;
}

function startOf(pid: number): string {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).replaceAll(
        /\W/g,
        "",
      );
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Counted after the command's closing bracket: field 3 is the state, field 22 the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "" : `${fields[19]}x${boot()}`;
  } catch {
    return "";
  }
}

/** The start is counted from the boot, so the boot belongs to it. */
function boot(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
}
