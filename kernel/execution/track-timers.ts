import { getCallSites, promisify } from "node:util";
import { Cell } from "./cell.ts";

type Start = (
  callback: (...args: unknown[]) => unknown,
  ...rest: unknown[]
) => NodeJS.Timeout | NodeJS.Immediate;

/**
 * Makes timers that cells start known to their cell, so that an interrupt ends them. Those that
 * libraries start on a cell's behalf (a connection's keep-alive) are left alone.
 */
export function trackTimers(): void {
  track("setTimeout", true);
  track("setInterval", false);
  track("setImmediate", true);
}

function track(name: "setTimeout" | "setInterval" | "setImmediate", firesOnce: boolean): void {
  const start = globalThis[name] as unknown as Start;
  const tracked: Start = (callback, ...rest) => {
    const cell = startedByCell() ? Cell.current() : undefined;
    if (!cell || typeof callback !== "function") return start(callback, ...rest);
    const timer = start(
      (...args) => {
        if (firesOnce) cell.timers.delete(timer);
        return callback(...args);
      },
      ...rest,
    );
    cell.timers.add(timer);
    return timer;
  };
  Object.defineProperty(tracked, "name", { value: name });
  Object.defineProperty(tracked, promisify.custom, {
    value: (start as unknown as Record<symbol, unknown>)[promisify.custom],
  });
  globalThis[name] = tracked as never;
}

function startedByCell(): boolean {
  // Two frames up: this function, the tracked timer, its caller.
  return getCallSites(3)[2]?.scriptName.startsWith("Cell [") ?? false;
}
