import type { Input } from "../execution/input.ts";
import type { BridgeRequest } from "../protocol/bridge.ts";
import type { Content } from "../protocol/message.ts";
import type { Outlet } from "../protocol/outlet.ts";
import type { History } from "./history.ts";

/** What all handlers share. */
export interface KernelState {
  outlet: Outlet;
  input: Input;
  history: History;
  /** What the first cell has to tell the user, about the run before. */
  notice: string | undefined;
}

export interface Reply {
  content: Content;
  /** Gives up the cells that wait behind this one. */
  abortsQueue?: boolean;
}

/** Answers one kind of request on the main thread. */
export type Handler = (request: BridgeRequest, state: KernelState) => Reply | Promise<Reply>;
