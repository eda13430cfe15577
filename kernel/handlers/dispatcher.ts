import { errorReport } from "../display/error-report.ts";
import { exitKernel } from "../execution/process-guard.ts";
import type { BridgeRequest, ToMain } from "../protocol/bridge.ts";
import { commInfoRequest, commMessage, commOpen } from "./comm.ts";
import { completeRequest } from "./complete.ts";
import { executeRequest, lastExecutionCount, runningCell } from "./execute.ts";
import { historyRequest } from "./history.ts";
import { inspectRequest } from "./inspect.ts";
import { isCompleteRequest } from "./is-complete.ts";
import { Cell, KeyboardInterrupt } from "../execution/cell.ts";
import type { Handler, KernelState, Reply } from "./request.ts";

const handlers: Record<string, Handler> = {
  execute_request: executeRequest,
  complete_request: completeRequest,
  inspect_request: inspectRequest,
  is_complete_request: isCompleteRequest,
  history_request: historyRequest,
  comm_info_request: commInfoRequest,
  comm_open: commOpen,
  comm_msg: commMessage,
  comm_close: commMessage,
};

/** How long a request may take to end by itself after its code was terminated. */
const FAREWELL_MS = 250;

/** Hands what the I/O thread says to the handlers, and answers each request exactly once. */
export class Dispatcher {
  readonly #state: KernelState;
  readonly #onIdle: () => void;
  #pending: BridgeRequest | undefined;

  /** @param onIdle called when nothing runs: once when a front end is there, and after each request */
  constructor(state: KernelState, onIdle: () => void) {
    this.#state = state;
    this.#onIdle = onIdle;
  }

  handle(message: ToMain): void {
    switch (message.kind) {
      case "request":
        return void this.#answer(message);
      case "input":
        return this.#state.input.answer(message.id, message.value);
      case "interrupt":
        this.#state.outlet.interrupted(message.sequence);
        return this.interrupt();
      case "terminated":
        return this.#terminated();
      case "ready":
        return void (this.#pending ?? this.#onIdle());
      case "exit":
        return exitKernel();
    }
  }

  /** Stops the cell that runs or, when none does, what the last one left ticking. */
  interrupt(): void {
    const cell = runningCell();
    if (cell) cell.interrupt();
    // Nobody waits for a cell: what an earlier one left ticking is what the user wants to stop.
    else Cell.current()?.clearTimers();
  }

  async #answer(request: BridgeRequest): Promise<void> {
    this.#pending = request;
    const handler = handlers[request.type];
    let reply: Reply;
    try {
      reply = handler ? await handler(request, this.#state) : refusal(request);
    } catch (error) {
      reply = failure(error);
    }
    this.#reply(request, reply);
  }

  #reply(request: BridgeRequest, { content, abortsQueue }: Reply): void {
    if (this.#pending !== request) return;
    this.#pending = undefined;
    this.#state.outlet.reply(request.id, replyType(request.type), content, abortsQueue);
    this.#onIdle();
  }

  #terminated(): void {
    this.interrupt();
    const request = this.#pending;
    if (!request) return;
    // If the handler itself was on the stack it never answers.
    setTimeout(() => this.#reply(request, failure(new KeyboardInterrupt())), FAREWELL_MS);
  }
}

function failure(error: unknown): Reply {
  return {
    content: { status: "error", execution_count: lastExecutionCount(), ...errorReport(error) },
    abortsQueue: true,
  };
}

function refusal({ type }: BridgeRequest): Reply {
  return failure(new Error(`The kernel doesn't know ${type}.`));
}

function replyType(type: string): string {
  return type.replace(/_request$/, "_reply");
}
