import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Workers look for the file every 200 ms; tasks that an engine begins meanwhile find it too. */
const seenMs = 1000;

/**
 * Ends the workers of a session's functions when a job is cancelled: a loop in a function is nothing that an engine can
 * interrupt. A plan doesn't say which job it runs in, so the file ends them all.
 */
export class CancelFile {
  readonly path: string;
  readonly #endsOthers: boolean;
  #jobs = 0;
  #removed: Promise<void> | undefined;

  /** @param endsOthers whether to end workers also while other jobs run */
  constructor(path: string, endsOthers: boolean) {
    this.path = path;
    this.#endsOthers = endsOthers;
  }

  /** Resolves when workers that start now aren't ended. */
  async ready(): Promise<void> {
    await this.#removed;
  }

  /** A job begins, which the signal cancels. */
  begin(signal: AbortSignal | undefined): void {
    this.#jobs++;
    signal?.addEventListener("abort", () => this.#cancel(), { once: true });
  }

  end(): void {
    this.#jobs = Math.max(0, this.#jobs - 1);
  }

  #cancel(): void {
    if (this.#removed || this.#jobs === 0 || (this.#jobs > 1 && !this.#endsOthers)) return;
    writeFileSync(this.path, "");
    this.#removed = sleep(seenMs).then(() => {
      rmSync(this.path, { force: true });
      this.#removed = undefined;
    });
  }
}
