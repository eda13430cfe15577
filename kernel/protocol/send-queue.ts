import { setTimeout as sleep } from "node:timers/promises";

type Frames = readonly (Uint8Array | string)[];

interface Sending {
  send(frames: (Uint8Array | string)[]): Promise<void>;
}

const RETRY_MS = 2;

/** Sends one message after the other: zeromq allows one at a time, and front ends rely on the order. */
export class SendQueue {
  readonly #socket: Sending;
  #tail: Promise<void> = Promise.resolve();

  constructor(socket: Sending) {
    this.#socket = socket;
  }

  /** Resolves when the message is handed over, after all before it. Never rejects: a lost peer loses its messages. */
  send(frames: Frames): Promise<void> {
    this.#tail = this.#tail.then(() => this.#sendWhenPossible([...frames]));
    return this.#tail;
  }

  /** Resolves when nothing is left to send. */
  settled(): Promise<void> {
    return this.#tail;
  }

  async #sendWhenPossible(frames: (Uint8Array | string)[]): Promise<void> {
    for (;;) {
      try {
        await this.#socket.send(frames);
        return;
      } catch (error) {
        // EAGAIN: a subscriber is behind and its queue is full. With noDrop we wait, where zeromq would drop.
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
        await sleep(RETRY_MS);
      }
    }
  }
}
