// When a call is tried again, and after how long: PySpark's policies and their numbers.
import { Code } from "@connectrpc/connect";
import { isConnectError, isConnectionLost, retryDelayMs } from "./error-details.ts";
import { PlanError } from "./plan-error.ts";

/** How a {@link RetryPolicy} waits; all times in milliseconds. */
export interface RetryOptions {
  /** How often it tries again; `Infinity` for ever. */
  readonly maxRetries?: number;
  /** The first wait. */
  readonly initialBackoff?: number;
  /** What each further wait is multiplied by. */
  readonly backoffMultiplier?: number;
  /** The longest wait. */
  readonly maxBackoff?: number;
  /** A random time of up to this is added to waits from `minJitterThreshold` on, so that clients don't come at once. */
  readonly jitter?: number;
  readonly minJitterThreshold?: number;
  /** Whether a wait that the server asks for counts, up to `maxServerRetryDelay`. */
  readonly recognizeServerRetryDelay?: boolean;
  readonly maxServerRetryDelay?: number;
}

const defaults: Required<RetryOptions> = {
  maxRetries: Infinity,
  initialBackoff: 1000,
  backoffMultiplier: 1,
  maxBackoff: Infinity,
  jitter: 0,
  minJitterThreshold: 0,
  recognizeServerRetryDelay: false,
  maxServerRetryDelay: Infinity,
};

/**
 * Says which failures of a call are tried again, and how long to wait before. Extend it and override `canRetry`; set it
 * with `spark.client.setRetryPolicies([…])`.
 * @throws PlanError for a number that isn't one, or is below 0
 */
export class RetryPolicy {
  readonly options: Required<RetryOptions>;

  constructor(options: RetryOptions = {}) {
    this.options = { ...defaults, ...options };
    for (const [name, value] of Object.entries(this.options)) {
      const isRight =
        name === "recognizeServerRetryDelay" ? typeof value === "boolean" : isCount(value as unknown);
      if (!isRight) {
        throw new PlanError(
          `A retry policy was given ${name} = ${String(value)}.`,
          "Pass milliseconds or counts from 0 on: new DefaultPolicy({ maxRetries: 3, maxBackoff: 1000 })",
        );
      }
    }
  }

  /** Whether this failure is worth another attempt. */
  canRetry(_error: unknown): boolean {
    return false;
  }
}

/**
 * What is tried again unless you say otherwise, as in PySpark: lost connections and servers that are unavailable, a
 * stream that another one took the place of, and what the server itself asks to try again; 15 times in ten minutes.
 * @see https://github.com/apache/spark/blob/master/python/pyspark/sql/connect/client/retries.py
 */
export class DefaultPolicy extends RetryPolicy {
  constructor(options: RetryOptions = {}) {
    super({
      maxRetries: 15,
      initialBackoff: 50,
      backoffMultiplier: 4,
      maxBackoff: 60_000,
      jitter: 500,
      minJitterThreshold: 2000,
      recognizeServerRetryDelay: true,
      maxServerRetryDelay: 600_000,
      ...options,
    });
  }

  override canRetry(error: unknown): boolean {
    if (!isConnectError(error)) return false;
    if (isConnectionLost(error)) return true;
    if (error.code === Code.Internal && error.rawMessage.includes("INVALID_CURSOR.DISCONNECTED")) return true;
    return retryDelayMs(error) !== undefined;
  }
}

/** The attempts of one call under its policies: the first policy that knows a failure says how long to wait. */
export class Attempts {
  readonly #budgets: { policy: RetryPolicy; tried: number; next: number }[];
  /** How often it was tried again. */
  count = 0;

  constructor(policies: readonly RetryPolicy[]) {
    this.#budgets = policies.map((policy) => ({ policy, tried: 0, next: policy.options.initialBackoff }));
  }

  /** Milliseconds to wait before the next attempt; undefined when there is none. */
  after(error: unknown): number | undefined {
    const budget = this.#budgets.find(({ policy }) => policy.canRetry(error));
    if (!budget) return undefined;
    const { options } = budget.policy;
    if (budget.tried >= options.maxRetries) return undefined;
    budget.tried++;
    this.count++;
    let wait = budget.next;
    budget.next = Math.min(options.maxBackoff, wait * options.backoffMultiplier);
    if (options.recognizeServerRetryDelay && isConnectError(error)) {
      wait = Math.max(wait, Math.min(retryDelayMs(error) ?? 0, options.maxServerRetryDelay));
    }
    if (wait >= options.minJitterThreshold) wait += Math.random() * options.jitter;
    return Math.floor(wait);
  }
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}
