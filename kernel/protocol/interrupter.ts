import { Session } from "node:inspector";
import type { ToMain } from "./bridge.ts";

/** How long the main thread may take to answer before what it runs is terminated. */
const PATIENCE_MS = 100;

/**
 * Stops what the main thread runs: first by asking, which aborts the cell's jobs, timers and input; then,
 * if the main thread is too busy to hear it, by terminating what is on its stack. Variables are kept.
 */
export class Interrupter {
  readonly #toMain: (message: ToMain) => void;
  readonly #answers = new Map<number, () => void>();
  #sequence = 0;
  readonly #sessions = new Set<Session>();

  constructor(toMain: (message: ToMain) => void) {
    this.#toMain = toMain;
  }

  /** The main thread heard the request. */
  answered(sequence: number): void {
    this.#answers.get(sequence)?.();
  }

  /** Resolves when the main thread has heard, or what kept it from hearing was told to end. */
  async interrupt(): Promise<void> {
    const sequence = ++this.#sequence;
    const heard = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      this.#answers.set(sequence, () => {
        clearTimeout(timer);
        resolve(true);
      });
      this.#toMain({ kind: "interrupt", sequence });
    });
    this.#answers.delete(sequence);
    if (!heard) this.#terminate();
  }

  /** Lets go of the main thread, which otherwise waits at its end for whoever might debug it. */
  release(): void {
    for (const session of this.#sessions) session.disconnect();
    this.#sessions.clear();
  }

  #terminate(): void {
    const session = new Session();
    session.connectToMainThread();
    this.#sessions.add(session);
    // The callback comes when the stack is gone; in a system call (execSync) only after that call.
    session.post("Runtime.terminateExecution", () => {
      if (this.#sessions.delete(session)) session.disconnect();
      this.#toMain({ kind: "terminated" });
    });
  }
}
