import type { MessagePort } from "node:worker_threads";
import type { ToIo } from "./bridge.ts";
import type { Content } from "./message.ts";
import type { OutputRing, StreamName } from "./output-ring.ts";

/** The main thread's way out: text through the ring, everything else as messages that follow it in order. */
export class Outlet {
  readonly #port: Pick<MessagePort, "postMessage">;
  readonly #ring: OutputRing;
  readonly #wake = () => this.#post({ kind: "drain" });

  constructor(port: Pick<MessagePort, "postMessage">, ring: OutputRing) {
    this.#port = port;
    this.#ring = ring;
  }

  /** Prints for the request `id`; waits while more than the ring holds is unsent. */
  stream(id: number, name: StreamName, text: string): void {
    if (text !== "") this.#ring.write(id, name, text, this.#wake);
  }

  /** Sends a message to all front ends. */
  publish(id: number, type: string, content: Content, metadata?: Content): void {
    this.#post({ kind: "publish", id, type, content, metadata, after: this.#ring.position });
  }

  /** Answers the request; with `abortsQueue` the cells that wait behind it are given up. */
  reply(id: number, type: string, content: Content, abortsQueue = false): void {
    this.#post({ kind: "reply", id, type, content, after: this.#ring.position, abortsQueue });
  }

  askInput(id: number, content: Content): void {
    this.#post({ kind: "askInput", id, content, after: this.#ring.position });
  }

  /** The main thread heard the interrupt, so it needn't be terminated. */
  interrupted(sequence: number): void {
    this.#post({ kind: "interrupted", sequence });
  }

  #post(message: ToIo): void {
    this.#port.postMessage(message);
  }
}
