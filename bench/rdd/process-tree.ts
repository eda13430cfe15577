import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * The processor seconds that a process and everything it started have used: those that run, and those that ended
 * and were waited for. One that ended without its parent waiting is lost, so take it while the parent runs.
 */
export function treeCpuSeconds(root: number): number {
  const processes = new Map(readdirSync("/proc").flatMap((name) => statOf(name) ?? []));
  const children = Map.groupBy(processes.keys(), (pid) => processes.get(pid)!.parent);
  let ticks = 0;
  const pending = [root];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    ticks += processes.get(pid)?.ticks ?? 0;
    pending.push(...(children.get(pid) ?? []));
  }
  return ticks / ticksPerSecond;
}

function statOf(name: string): [[number, { parent: number; ticks: number }]] | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${name}/stat`, "utf8");
  } catch {
    return undefined; // it has ended
  }
  // The name of the command, in parentheses, may hold anything; see proc(5).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, and those of children that were waited for
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return [[Number(name), { parent: Number(fields[1]), ticks }]];
}
