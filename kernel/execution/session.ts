import type { MessagePort, Worker } from "node:worker_threads";
import { setTimeout as sleep } from "node:timers/promises";
import { Dispatcher } from "../handlers/dispatcher.ts";
import { loadCompiler, runningCell } from "../handlers/execute.ts";
import { History } from "../handlers/history.ts";
import { registerModuleHooks } from "../language/module-hooks.ts";
import type { ToMain } from "../protocol/bridge.ts";
import type { OutputRing } from "../protocol/output-ring.ts";
import { markRun, unmarkRun } from "../protocol/run-marker.ts";
import { Outlet } from "../protocol/outlet.ts";
import { captureOutput } from "./capture-output.ts";
import { defineCellGlobals } from "./cell-globals.ts";
import { Input } from "./input.ts";
import { onInterruptSignal } from "./interrupt-signal.ts";
import { prewarmRuntime } from "./lazy-runtime.ts";
import { exitKernel, guardProcess } from "./process-guard.ts";
import { trackTimers } from "./track-timers.ts";

/** A front end that runs cells does so right after its first answer: only then is it quiet. */
const QUIET_MS = 100;
const STACK_FRAMES = 30;

export interface SessionParts {
  connectionFile: string;
  ring: OutputRing;
  port: MessagePort;
  io: Worker;
}

/** Makes the main thread ready for cells, and answers requests from then on. */
export function startSession({ connectionFile, ring, port, io }: SessionParts): void {
  // Calls inside of the runtime lie between an error and the cell's line.
  Error.stackTraceLimit = STACK_FRAMES;
  const outlet = new Outlet(port, ring);
  const input = new Input(outlet);
  guardProcess(outlet);
  captureOutput(outlet);
  const state = { outlet, input, history: new History(), notice: markRun(connectionFile) };
  process.on("exit", () => unmarkRun(connectionFile));
  let isPrewarming = false;
  const dispatcher = new Dispatcher(state, () => {
    if (isPrewarming) return;
    isPrewarming = true;
    void prewarm();
  });
  onInterruptSignal(() => dispatcher.interrupt());
  defineCellGlobals(outlet, input);
  trackTimers();
  registerModuleHooks();
  io.on("exit", exitKernel);
  port.on("message", (message: ToMain) => dispatcher.handle(message));
  void loadCompiler();
}

async function prewarm(): Promise<void> {
  do await sleep(QUIET_MS);
  while (runningCell());
  await prewarmRuntime();
}
