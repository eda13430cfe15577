import { setTimeout as sleep } from "node:timers/promises";
import type { StorageError } from "../storage-error.ts";

const firstPauseMs = 50;
const longestPauseMs = 2000;

/** How long one operation may go on trying. Each failure says what the error will be if it was the last. */
export class Patience {
  readonly #endMs: number;
  #pauseMs = firstPauseMs;
  #stubbornSinceMs: number | undefined;
  /** How long it may be that nobody takes a connection, where that is shorter. */
  readonly nobodyMs: number | undefined;
  /** Why the last try failed; what an end of the time in the middle of another is put down to. */
  lastReason: StorageError | undefined;

  constructor(totalMs: number, nobodyMs?: number) {
    this.#endMs = performance.now() + totalMs;
    this.nobodyMs = nobodyMs;
  }

  /** What is left, in milliseconds; at least 1. */
  get leftMs(): number {
    return Math.max(1, this.#endMs - performance.now());
  }

  /** Something went well: the next pause is a short one again. */
  calm(): void {
    this.#pauseMs = firstPauseMs;
    this.#stubbornSinceMs = undefined;
  }

  /**
   * Waits before the next try, longer each time, at random so that many clients don't come at once.
   * @param withinMs for failures that seldom pass: how long they may go on, when nothing else fails between them
   * @throws StorageError the reason, when the time is up
   */
  async pause(reason: StorageError, withinMs?: number): Promise<void> {
    const pauseMs = this.#pauseMs * (0.5 + Math.random());
    const nowMs = performance.now();
    this.#stubbornSinceMs = withinMs === undefined ? undefined : (this.#stubbornSinceMs ?? nowMs);
    const stubbornEndMs = (this.#stubbornSinceMs ?? nowMs) + (withinMs ?? Number.POSITIVE_INFINITY);
    if (nowMs + pauseMs >= Math.min(this.#endMs, stubbornEndMs)) throw reason;
    this.lastReason = reason;
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    await sleep(pauseMs);
  }
}
