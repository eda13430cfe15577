import { execFileSync } from "node:child_process";
import { vi } from "vitest";
import type { JupyterClient } from "./jupyter-client.ts";
import { descendants } from "./processes.ts";

type Process = ReturnType<typeof descendants>[number];

/** The engines that a kernel started and that run now. */
export function enginesOf(kernel: JupyterClient): Process[] {
  return descendants(kernel.process.pid!).filter(({ command }) => command.includes("serve.py"));
}

/** The processes that run the closures of a kernel's RDDs now. */
export function workersOf(kernel: JupyterClient): Process[] {
  return descendants(kernel.process.pid!).filter(({ command }) => command.includes("rdd-worker"));
}

/** Waits until there are this many; a limit only for the case that they never come. */
export function untilThere(find: () => Process[], count: number): Promise<Process[]> {
  const found = () => {
    const processes = find();
    return processes.length >= count && processes;
  };
  return vi.waitUntil(found, { timeout: 30_000, interval: 50 }) as Promise<Process[]>;
}

/** Waits until a process has computed for a second since the call: it is in the middle of something. */
export async function untilComputing(pid: number): Promise<void> {
  const seconds = () =>
    Number(execFileSync("ps", ["-o", "cputimes=", "-p", String(pid)], { encoding: "utf8" }));
  const before = seconds();
  await vi.waitUntil(() => seconds() > before, { timeout: 30_000, interval: 50 });
}
