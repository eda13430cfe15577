import type { ConnectClient } from "../connect/client.ts";
import type { Job } from "../jobs/index.ts";
import type { SparkSession } from "./spark-session.ts";

/**
 * The settings of a session: `spark.conf`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.conf.RuntimeConfig.html
 */
export class RuntimeConfig {
  readonly #session: SparkSession;
  readonly #settings: Map<string, string>;

  constructor(session: SparkSession, settings: ReadonlyMap<string, string>) {
    this.#session = session;
    this.#settings = new Map([...settings].filter(([name]) => name !== "spark.remote"));
  }

  /** Sets a value, for this session. Runs in the order of commands. */
  set(name: string, value: string | number | boolean): Job<void> {
    const text = String(value);
    return this.#session.command(async (client) => {
      await client.config({ case: "set", value: { pairs: [{ key: name, value: text }] } });
      this.#settings.set(name, text);
    });
  }

  /**
   * The value of a setting.
   * @param fallback what to give when it isn't set
   * @throws SparkError for a setting that is neither set nor known, when there is no fallback
   */
  get(name: string, fallback?: string): Job<string | undefined> {
    return this.#session.query(async (client) => {
      const values =
        fallback === undefined
          ? await client.config({ case: "get", value: { keys: [name] } })
          : await client.config({
              case: "getWithDefault",
              value: { pairs: [{ key: name, value: fallback }] },
            });
      return values.get(name);
    });
  }

  /** The value that this session set, without asking the engine. */
  own(name: string): string | undefined {
    return this.#settings.get(name);
  }

  /** Puts a setting back to the engine's default. */
  unset(name: string): Job<void> {
    return this.#session.command(async (client) => {
      await client.config({ case: "unset", value: { keys: [name] } });
      this.#settings.delete(name);
    });
  }

  /** Sends every setting to an engine that was just started. */
  async restore(client: ConnectClient): Promise<void> {
    if (this.#settings.size === 0) return;
    const pairs = [...this.#settings].map(([key, value]) => ({ key, value }));
    await client.config({ case: "set", value: { pairs } });
  }
}
