// Who hears what an engine tells beside the result of an operation: its metrics, and those that a plan observes.
import { AsyncLocalStorage } from "node:async_hooks";
import type { ExecutePlanResponse } from "./generated/base_pb.js";

export type ExecutionListener = (answer: Pick<ExecutePlanResponse, "metrics" | "observedMetrics">) => void;

const listeners = new AsyncLocalStorage<ExecutionListener>();

/** Runs `work`; what the operations that it starts tell is passed to the listener. */
export function withListener<T>(listener: ExecutionListener, work: () => T): T {
  return listeners.run(listener, work);
}

export function currentListener(): ExecutionListener | undefined {
  return listeners.getStore();
}
