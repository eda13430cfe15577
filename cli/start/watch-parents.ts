import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const intervalMs = 500;

/**
 * Calls back once when a process that started us is gone: our parent, and above it npm, where a shell lies between us
 * and npm. A shell that is killed tells nobody, so the chain is looked at.
 */
export function watchParents(onGone: () => void): void {
  const watched = [process.pid];
  if (process.env.npm_command && isShell(process.ppid)) watched.push(process.ppid);
  const chain = () => watched.map((pid) => (pid === process.pid ? process.ppid : parentOf(pid))).join(" ");
  const before = chain();
  const timer = setInterval(() => {
    if (chain() === before) return;
    clearInterval(timer);
    onGone();
  }, intervalMs);
  timer.unref();
}

function isShell(pid: number): boolean {
  try {
    return /^(-?|.*\/)(sh|bash|dash|zsh|ksh|ash)$/.test(ask(pid, "comm"));
  } catch {
    return false;
  }
}

function parentOf(pid: number): string {
  try {
    return ask(pid, "ppid");
  } catch {
    return "gone";
  }
}

function ask(pid: number, field: "comm" | "ppid"): string {
  if (process.platform !== "linux")
    return execFileSync("ps", ["-o", `${field}=`, "-p", `${pid}`], { encoding: "utf8" }).trim();
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const close = stat.lastIndexOf(")");
  return field === "comm" ? stat.slice(stat.indexOf("(") + 1, close) : stat.slice(close + 2).split(" ")[1];
}
