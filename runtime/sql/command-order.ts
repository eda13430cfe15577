// The order within a session (docs/explanation/jobs.md): commands keep the order they were called in, and a query
// waits for the commands before it; queries run side by side.
import { PlanError } from "../connect/plan-error.ts";
import { Job } from "../jobs/index.ts";

/** A reader that takes its time doesn't hold a cell: `holdsScope: false`. */
export interface JobOptions {
  readonly holdsScope?: boolean;
}

type Work<T> = (signal: AbortSignal | undefined) => Promise<T>;

/** Starts jobs in the order that a session promises. */
export class CommandOrder {
  /** The last command, while it runs. */
  #last: Job<unknown> | undefined;

  /** Runs `work` after the commands called before it. */
  query<T>(work: Work<T>, options?: JobOptions): Job<T> {
    const before = this.#last;
    return Job.start(async (signal) => {
      await succeeded(before);
      return work(signal);
    }, options);
  }

  /** Like {@link query}, and what is called after it waits for it. */
  command<T>(work: Work<T>): Job<T> {
    const job = this.query(work);
    this.#last = job;
    void job.settled().then(() => {
      if (this.#last === job) this.#last = undefined;
    });
    return job;
  }
}

// A failure that somebody handles, by await or catch, is theirs to judge; otherwise what comes after would
// silently work on data that isn't there.
async function succeeded(before: Job<unknown> | undefined): Promise<void> {
  const failed = await before?.settled();
  if (!failed || before?.isHandled) return;
  const reason = failed.error instanceof Error ? failed.error.message : String(failed.error);
  throw new PlanError(
    `This was not run, because the command before it failed: ${reason}`,
    "Mend that command, or await it and handle its failure.",
    { cause: failed.error },
  );
}
