import { PlanError } from "../connect/plan-error.ts";
import { argumentError } from "./argument-error.ts";

/** Metrics by their names. */
export type Metrics = Readonly<Record<string, unknown>>;

/**
 * Metrics of the rows that pass a point of a plan, told by the first action on it: see {@link DataFrame.observe}.
 * @example
 * const seen = new Observation("seen");
 * await events.observe(seen, count(lit(1)).alias("rows")).write.parquet("events");
 * console.log((await seen.get).rows);
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.Observation.html
 */
export class Observation {
  #name: string | undefined;
  #state: "new" | "attached" | "running" | "done" = "new";
  readonly #result = Promise.withResolvers<Metrics>();

  /** @param name chosen by chance when it isn't given */
  constructor(name?: string) {
    if (name !== undefined && (typeof name !== "string" || name === "")) {
      throw argumentError("Observation", name, 'a name, or nothing: new Observation("seen")');
    }
    this.#name = name;
    this.#result.promise.catch(() => {});
  }

  /** Its name in plans. */
  get name(): string {
    return (this.#name ??= crypto.randomUUID());
  }

  /**
   * The metrics by name, of the first action on the observed DataFrame.
   * @throws PlanError when it observes nothing, or no action was called yet: it would wait for ever
   */
  get get(): Promise<Metrics> {
    if (this.#state === "new" || this.#state === "attached") {
      const [what, remedy] =
        this.#state === "new"
          ? [
              "This Observation observes nothing.",
              'Attach it: df.observe(observation, count("*").alias("rows"))',
            ]
          : [
              "No action has run on the observed DataFrame.",
              "Call one first, such as .collect() or .write.parquet(path).",
            ];
      return Promise.reject(new PlanError(what, remedy));
    }
    return this.#result.promise;
  }

  /** Binds it to a plan, once. For {@link DataFrame.observe}. */
  attach(): void {
    if (this.#state !== "new") {
      throw new PlanError(
        "This Observation observes a DataFrame already.",
        "Make another one: new Observation()",
      );
    }
    this.#state = "attached";
  }

  /** Says that an action has begun. For {@link DataFrame}. */
  begin(): void {
    if (this.#state === "attached") this.#state = "running";
  }

  /** Takes the metrics, or the failure of the action. For {@link DataFrame}. */
  settle(outcome: { readonly metrics: Metrics } | { readonly error: unknown }): void {
    if (this.#state === "done") return;
    this.#state = "done";
    if ("metrics" in outcome) this.#result.resolve(outcome.metrics);
    else this.#result.reject(outcome.error);
  }

  /** Whether its metrics are known. For {@link DataFrame}. */
  get isDone(): boolean {
    return this.#state === "done";
  }
}
