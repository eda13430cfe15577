import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { types } from "node:util";
import type { CompiledCell } from "../language/compile-cell.ts";
import type { Cell } from "./cell.ts";
import { listenAgain } from "./interrupt-signal.ts";

/** How long an interrupted cell may take for its `finally` blocks. */
const CLEANUP_MS = 50;

/**
 * Runs a cell until its code is done; its jobs may still run.
 * @returns the value of its last expression, awaited
 * @throws what the cell threw, or KeyboardInterrupt
 */
export async function runCode(cell: Cell, compiled: CompiledCell): Promise<unknown> {
  // In a microtask of its own: if it is terminated, only its own stack is lost and this function goes on.
  const body = cell.scope.run(() => Promise.resolve().then(() => compiled.run()));
  try {
    return await untilInterrupted(cell, body);
  } catch (error) {
    listenAgain();
    if (isSignal(error)) cell.interrupt();
    if (!cell.scope.signal.aborted) throw error;
    await Promise.race([body.then(nothing, nothing), sleep(CLEANUP_MS)]);
    throw cell.scope.signal.reason;
  }
}

/**
 * Waits for what the cell started and didn't await.
 * @throws the first failure among them that nobody handled, or KeyboardInterrupt
 */
export async function settleJobs(cell: Cell): Promise<void> {
  if (cell.scope.size > 0 || !cell.scope.signal.aborted) await untilInterrupted(cell, cell.scope.settled());
  // Node reports a rejection that nobody handles only after the turn in which it happened.
  await untilInterrupted(cell, nextTurn());
  if (cell.failure) throw cell.failure.error;
}

/** Rejects with KeyboardInterrupt when the cell is interrupted before the promise is settled. */
export function untilInterrupted<T>(cell: Cell, promise: PromiseLike<T> | T): Promise<T> {
  return Promise.race([promise, cell.interrupted]);
}

function isSignal(error: unknown): boolean {
  // What was thrown may be anything: a Proxy may throw when it is looked at.
  return types.isNativeError(error) && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}

function nothing(): void {}
