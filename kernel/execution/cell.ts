import { JobScope } from "../../runtime/jobs/index.ts";
import { CellScope } from "./cell-scope.ts";

/** The cell was stopped by the user. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";

  constructor() {
    super("The cell was interrupted; variables keep the values they had.");
    // The place where the kernel noticed tells the user nothing.
    this.stack = `${this.name}: ${this.message}`;
  }
}

const cellOfScope = new WeakMap<JobScope, Cell>();

/** One run of a cell: what it started, and how it is stopped. */
export class Cell {
  static #latest: Cell | undefined;
  /** The request that it answers; output names it. */
  readonly id: number;
  /** The name by which its code runs: `Cell [3]`. */
  readonly url: string;
  readonly allowsInput: boolean;
  readonly scope = new CellScope();
  /** Timers of the cell that still wait. */
  readonly timers = new Set<NodeJS.Timeout | NodeJS.Immediate>();
  /** Rejects when the cell is interrupted. */
  readonly interrupted: Promise<never>;
  #reject: (reason: unknown) => void = () => {};
  #isRunning = true;
  #failure: { error: unknown } | undefined;

  constructor(options: { id: number; url: string; allowsInput: boolean }) {
    this.id = options.id;
    this.url = options.url;
    this.allowsInput = options.allowsInput;
    this.interrupted = new Promise((_, reject) => (this.#reject = reject));
    this.interrupted.catch(() => {});
    cellOfScope.set(this.scope, this);
    Cell.#latest = this;
  }

  /** The cell that the running code belongs to: also in its timers and promises, after it is done. */
  static current(): Cell | undefined {
    const scope = JobScope.current();
    return (scope && cellOfScope.get(scope)) ?? Cell.#latest;
  }

  /** The cell that runs now. */
  static running(): Cell | undefined {
    return Cell.#latest?.isRunning ? Cell.#latest : undefined;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** An error that nothing in the cell caught, if there was one. */
  get failure(): { error: unknown } | undefined {
    return this.#failure;
  }

  /** Keeps the first error that came from a promise or timer of the running cell. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Stops jobs, timers and input of the cell, and the cell itself if it runs. */
  interrupt(): void {
    const reason = new KeyboardInterrupt();
    this.clearTimers();
    this.scope.cancel(reason);
    this.#reject(reason);
  }

  clearTimers(): void {
    for (const timer of this.timers) {
      clearTimeout(timer as NodeJS.Timeout);
      clearImmediate(timer as NodeJS.Immediate);
    }
    this.timers.clear();
  }

  finish(): void {
    this.#isRunning = false;
  }
}
