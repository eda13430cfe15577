import { inspect } from "node:util";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { wellFormed } from "../connect/well-formed.ts";
import { checkText } from "./check-text.ts";
import type { SparkSession } from "./spark-session.ts";

/**
 * The settings of a session: `spark.conf`.
 * @example await spark.conf.set("spark.sql.session.timeZone", "UTC");
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.conf.RuntimeConfig.html
 */
export class RuntimeConfig {
  readonly #session: SparkSession;
  readonly #settings: Map<string, string>;

  constructor(session: SparkSession, settings: ReadonlyMap<string, string>) {
    this.#session = session;
    this.#settings = new Map(
      [...settings].filter(([name]) => name !== "spark.remote" && name !== "spark.master"),
    );
  }

  /** Sets a value, for this session. Runs in the order of commands. */
  set(key: string, value: string | number | bigint | boolean): Job<void> {
    const name = this.#name("set", key);
    if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
      throw new PlanError(
        `The setting "${name}" was given ${value === null ? "null" : typeof value}.`,
        `Pass text, a number, or true or false; spark.conf.unset("${name}") puts it back to its default.`,
      );
    }
    const text = wellFormed(String(value));
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
  get(key: string, fallback?: undefined): Job<string | undefined>;
  get(key: string, fallback: string): Job<string>;
  get(key: string, fallback?: string | null): Job<string | null | undefined>;
  get(key: string, fallback?: string | null): Job<any> {
    const name = this.#name("get", key);
    if (fallback !== undefined && fallback !== null && typeof fallback !== "string") {
      throw new PlanError(
        `conf.get("${name}") was given ${typeof fallback} as what to give when it isn't set.`,
        'Pass text or null: spark.conf.get("spark.app.name", "none")',
      );
    }
    if (fallback) wellFormed(fallback);
    return this.#session.query(async (client) => {
      if (fallback === undefined) {
        return (await client.config({ case: "get", value: { keys: [name] } })).get(name);
      }
      const pairs = [{ key: name, value: fallback ?? undefined }];
      const values = await client.config({ case: "getWithDefault", value: { pairs } });
      return values.get(name) ?? fallback;
    });
  }

  /** Every setting that the engine tells, by name. */
  getAll(): Job<Record<string, string>> {
    return this.#session.query(async (client) => {
      const values = await client.config({ case: "getAll", value: {} });
      return Object.fromEntries([...values].map(([name, value]) => [name, value ?? ""]));
    });
  }

  /** Whether a setting can be changed while the engine runs. */
  isModifiable(key: string): Job<boolean> {
    const name = this.#name("isModifiable", key);
    return this.#session.query(
      async (client) =>
        (await client.config({ case: "isModifiable", value: { keys: [name] } })).get(name) === "true",
    );
  }

  /** The value that this session set, without asking the engine. */
  own(name: string): string | undefined {
    return this.#settings.get(name);
  }

  /** The settings of this session that a further one on the same engine begins with. For {@link SparkSession}. */
  get given(): ReadonlyMap<string, string> {
    return this.#settings;
  }

  /** Puts a setting back to the engine's default. */
  unset(key: string): Job<void> {
    const name = this.#name("unset", key);
    return this.#session.command(async (client) => {
      await client.config({ case: "unset", value: { keys: [name] } });
      this.#settings.delete(name);
    });
  }

  /** Sends every setting to an engine that was just started. */
  async restore(client: ConnectClient): Promise<void> {
    if (this.#settings.size === 0) return;
    await applySettings(client, this.#settings);
  }

  /** Sets what a builder was given: what the engine lets nobody change while it runs is passed over, as in PySpark. */
  apply(settings: ReadonlyMap<string, string>): Job<void> {
    return this.#session.command(async (client) => {
      await applySettings(client, settings);
      for (const [name, value] of settings) this.#settings.set(name, value);
    });
  }

  [inspect.custom](): string {
    return "RuntimeConfig {}";
  }

  #name(method: string, key: unknown): string {
    return checkText(
      key,
      `conf.${method}(key)`,
      `spark.conf.${method}("spark.sql.session.timeZone"${method === "set" ? ', "UTC"' : ""})`,
    );
  }
}

async function applySettings(client: ConnectClient, settings: ReadonlyMap<string, string>): Promise<void> {
  const pairs = [...settings].map(([key, value]) => ({ key, value }));
  await client.config({ case: "set", value: { pairs, silent: true } });
}
