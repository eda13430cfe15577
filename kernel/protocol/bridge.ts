/** What the two threads of the kernel say to each other: I/O (sockets) and main (user code). */
import type { MessagePort } from "node:worker_threads";
import type { Content } from "./message.ts";

/** Handed to the I/O thread when it starts. */
export interface IoThreadData {
  connectionFile: string;
  /** Shared memory of {@link OutputRing}. */
  ring: SharedArrayBuffer;
  /** Where the main thread listens. */
  port: MessagePort;
}

/** A shell request on its way to the main thread; answers name it by `id`. */
export interface BridgeRequest {
  id: number;
  type: string;
  content: Content;
  metadata: Content;
}

export type ToMain =
  | ({ kind: "request" } & BridgeRequest)
  | { kind: "input"; id: number; value: string }
  /** Asks to stop the cell in the polite way; unanswered, the main thread is terminated. */
  | { kind: "interrupt"; sequence: number }
  /** The code that was running is gone from the stack; whoever waited for it must be told. */
  | { kind: "terminated" }
  /** A front end has its first answer: from now on the kernel may prepare what the next cells need. */
  | { kind: "ready" }
  | { kind: "exit" };

/** `after` is the position in the ring before which everything has to be sent first. */
export type ToIo =
  | { kind: "publish"; id: number; type: string; content: Content; metadata?: Content; after: number }
  | { kind: "reply"; id: number; type: string; content: Content; after: number; abortsQueue: boolean }
  | { kind: "askInput"; id: number; content: Content; after: number }
  | { kind: "drain" }
  | { kind: "interrupted"; sequence: number };
