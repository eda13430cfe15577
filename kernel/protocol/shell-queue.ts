import type { Message } from "./message.ts";

export interface ShellRequest {
  id: number;
  message: Message;
}

/** Shell requests, one at a time and in the order in which they came. */
export class ShellQueue {
  readonly #waiting: ShellRequest[] = [];
  readonly #start: (request: ShellRequest) => void;
  #current: ShellRequest | undefined;
  #ids = 0;

  /** @param start begins a request; {@link finish} must be called when it is answered */
  constructor(start: (request: ShellRequest) => void) {
    this.#start = start;
  }

  /** The request that is being answered. */
  get current(): ShellRequest | undefined {
    return this.#current;
  }

  push(message: Message): void {
    this.#waiting.push({ id: ++this.#ids, message });
    this.#next();
  }

  finish(): void {
    this.#current = undefined;
    this.#next();
  }

  /** Takes the cells that wait out of the queue, because the one before them failed. */
  takeCells(): ShellRequest[] {
    const cells = this.#waiting.filter(({ message }) => message.header.msg_type === "execute_request");
    const others = this.#waiting.filter((request) => !cells.includes(request));
    this.#waiting.splice(0, this.#waiting.length, ...others);
    return cells;
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#waiting.shift();
    if (this.#current) this.#start(this.#current);
  }
}
