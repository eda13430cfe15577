import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

/**
 * The processor seconds that a process and everything it started have used: those that run, and those that ended
 * and were waited for. One that ended without its parent waiting is lost, so take it while the parent runs.
 */
export function treeCpuSeconds(root: number): number {
  const all = processes();
  const ticks = below(root, all).reduce((sum, pid) => sum + (all.get(pid)?.ticks ?? 0), 0);
  return ticks / ticksPerSecond;
}

/** The ids of a process and of everything it started that still runs. */
export function processTree(root: number): number[] {
  return below(root, processes());
}

function below(root: number, all: ReadonlyMap<number, Stat>): number[] {
  const children = Map.groupBy(all.keys(), (pid) => all.get(pid)!.parent);
  const found = [root];
  for (let i = 0; i < found.length; i++) found.push(...(children.get(found[i]) ?? []));
  return found;
}

function processes(): Map<number, Stat> {
  return new Map(readdirSync("/proc").flatMap((name) => statOf(name) ?? []));
}

function statOf(name: string): [[number, Stat]] | undefined {
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
