import { cancelled, type InterruptTarget } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import { DefaultPolicy, RetryPolicy } from "../connect/retry-policy.ts";
import type { Job } from "../jobs/index.ts";
import type { Connection } from "./connection.ts";

/**
 * How a session's calls reach the server: `spark.client`.
 * @example spark.client.setRetryPolicies([new DefaultPolicy({ maxRetries: 3, maxBackoff: 1000 })]);
 */
export class SessionClient {
  readonly #connection: Connection;
  /** What was called and isn't done, whether it was sent yet or waits for a command before it. */
  readonly #jobs = new Set<{ readonly tags: ReadonlySet<string>; readonly abort: AbortController }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Sets what is tried again, and how long it waits in between. The first policy that knows a failure counts.
   * Without this call it is PySpark's {@link DefaultPolicy}, 15 times in about ten minutes; a server that has never
   * answered is given up after 17 seconds.
   * @param policies none = nothing is tried again
   */
  setRetryPolicies(policies: readonly RetryPolicy[]): void {
    if (!Array.isArray(policies) || !policies.every((each) => each instanceof RetryPolicy)) {
      throw new PlanError(
        "setRetryPolicies() takes a list of policies.",
        "Pass one: spark.client.setRetryPolicies([new DefaultPolicy({ maxRetries: 3 })])",
      );
    }
    this.#connection.retryPolicies = [...policies];
  }

  /** The policies that hold, as a copy. */
  getRetryPolicies(): RetryPolicy[] {
    return [...(this.#connection.retryPolicies ?? [new DefaultPolicy()])];
  }

  /**
   * Starts a job that an interrupt finds by its tags, from its call on. For {@link SparkSession}.
   * @param start is given what runs the work, which takes the signal of the scope that the job belongs to
   */
  interruptible<T>(
    tags: ReadonlySet<string>,
    work: (signal: AbortSignal) => Promise<T>,
    start: (run: (signal: AbortSignal | undefined) => Promise<T>) => Job<T>,
  ): Job<T> {
    const entry = { tags, abort: new AbortController() };
    this.#jobs.add(entry);
    const job = start(async (signal) => {
      const onAbort = () => entry.abort.abort(signal!.reason);
      if (signal?.aborted) onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        entry.abort.signal.throwIfAborted();
        return await work(entry.abort.signal);
      } finally {
        signal?.removeEventListener("abort", onAbort);
      }
    });
    void job.settled().then(() => this.#jobs.delete(entry));
    return job;
  }

  /** Stops jobs and operations. For {@link SparkSession}. */
  async interrupt(target: InterruptTarget, by: string): Promise<string[]> {
    const jobs = [...this.#jobs].filter(
      ({ tags }) => target === "all" || ("tag" in target && tags.has(target.tag)),
    );
    const client = await this.#connection.current?.catch(() => undefined);
    const stopped = client?.interrupt(target, by);
    for (const { abort } of jobs) abort.abort(cancelled(by));
    try {
      return (await stopped) ?? [];
    } catch (error) {
      throw await this.#connection.explain(error, client);
    }
  }
}
