import type { InterruptTarget } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import { DefaultPolicy, RetryPolicy } from "../connect/retry-policy.ts";
import type { Connection } from "./connection.ts";

/**
 * How a session's calls reach the server: `spark.client`.
 * @example spark.client.setRetryPolicies([new DefaultPolicy({ maxRetries: 3, maxBackoff: 1000 })]);
 */
export class SessionClient {
  readonly #connection: Connection;

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

  /** Stops operations, when there is a connection at all. For {@link SparkSession}. */
  async interrupt(target: InterruptTarget, by: string): Promise<string[]> {
    const client = await this.#connection.current?.catch(() => undefined);
    if (!client) return [];
    try {
      return await client.interrupt(target, by);
    } catch (error) {
      throw await this.#connection.explain(error, client);
    }
  }
}
