import { PlanError } from "../connect/plan-error.ts";
import { chooseEngine } from "../engines/choose-engine.ts";
import type { Engine } from "../engines/engine.ts";
import { defaultRemote, takeEngine } from "../engines/prestart.ts";
import { missedSetting } from "../engines/spark/start-settings.ts";
import { checkText } from "./check-text.ts";
import { SparkConf } from "./spark-conf.ts";
import type { SparkSession } from "./spark-session.ts";

type Setting = string | number | bigint | boolean;
type Settings = Readonly<Record<string, Setting>>;

/** How a session is made of its engine and its private folder. */
type MakeSession = (engine: Engine, folder: string, settings: ReadonlyMap<string, string>) => SparkSession;

let active: SparkSession | undefined;

/** The session that was made last and not stopped, if there is one. */
export function activeSession(): SparkSession | undefined {
  return active?.isStopped ? undefined : active;
}

/**
 * Chooses the engine and the settings of a session.
 * @example await SparkSession.builder.remote("sc://spark.example:15002").getOrCreate()
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SparkSession.builder.html
 */
export class SparkSessionBuilder {
  readonly #make: MakeSession;
  readonly #settings = new Map<string, string>();
  #remote: string | undefined;

  /** Use {@link SparkSession.builder}. */
  constructor(make: MakeSession) {
    this.#make = make;
  }

  /**
   * The engine: `sc://host:15002/;token=…` a server, `local[*]` Spark on this machine, `sail` the embedded one.
   * Default: `SPARK_REMOTE`, then the setting `spark.remote`, then the embedded one.
   */
  remote(url: string): this {
    this.#remote = checkText(url, "remote(url)", '.remote("sc://host:15002")');
    return this;
  }

  /** The name of the application, as servers show it. */
  appName(name: string): this {
    return this.config("spark.app.name", checkText(name, "appName(name)", '.appName("report")'));
  }

  /** `local[*]` as {@link remote} takes it; other masters belong to the server. */
  master(url: string): this {
    return this.remote(checkText(url, "master(url)", '.master("local[*]")'));
  }

  /**
   * One setting, or several: by name, as a {@link SparkConf}, or as PySpark's keyword arguments `conf` and `map`. Spark
   * on this machine is started with those that it reads at its start, such as `spark.jars` and `spark.driver.memory`.
   * @example builder.config("spark.sql.shuffle.partitions", 8)
   * @example builder.config({ conf: new SparkConf().setAppName("report") })
   */
  config(name: string, value: Setting): this;
  config(
    settings:
      | SparkConf
      | Readonly<Record<string, Setting>>
      | { readonly conf: SparkConf }
      | { readonly map: Settings },
  ): this;
  config(
    first: string | SparkConf | Settings | { readonly conf: SparkConf } | { readonly map: Settings },
    value?: Setting,
  ): this {
    for (const [name, setting] of settingsOf(first, value)) {
      if (!["string", "number", "bigint", "boolean"].includes(typeof setting)) {
        const given = setting === undefined ? "no value" : setting === null ? "null" : `a ${typeof setting}`;
        throw new PlanError(
          `The setting "${name}" has ${given}.`,
          'Pass text, a number, or true or false: .config("name", "value")',
        );
      }
      // A setting that names the engine is as good as the method that does.
      if (name === "spark.master") this.#remote ??= String(setting);
      this.#settings.set(name, String(setting));
    }
    return this;
  }

  /**
   * The active session, with these settings applied, or a new one when there is none; resolves when its engine answers.
   * @throws EngineError when the engine can't be started; SparkError when the server can't be reached; PlanError when
   *   Spark on this machine runs already and a setting is one that it reads at its start, such as `spark.jars`
   */
  async getOrCreate(): Promise<SparkSession> {
    const session = this.lazy();
    await session.version();
    return session;
  }

  /**
   * A new session, whether there is one or not. On the active one's engine it shares that, with settings and views of
   * its own; `getOrCreate()` still gives the one that was first.
   */
  async create(): Promise<SparkSession> {
    const current = activeSession();
    if (!current) return this.getOrCreate();
    this.#refuseOtherEngine(current);
    const session = current.newSession();
    if (this.#settings.size > 0) await session.conf.apply(this.#settings);
    else await session.version();
    return session;
  }

  /** Like {@link getOrCreate}, without waiting: the first action does. */
  lazy(): SparkSession {
    if (active && !active.isStopped) {
      this.#refuseOtherEngine(active);
      if (this.#settings.size > 0) active.conf.apply(this.#settings);
      return active;
    }
    const { engine, folder } = takeEngine(this.#chosenRemote(), this.#settings);
    active = this.#make(engine, folder, this.#settings);
    return active;
  }

  #chosenRemote(): string | undefined {
    return this.#remote ?? defaultRemote() ?? this.#settings.get("spark.remote");
  }

  #refuseOtherEngine(session: SparkSession): void {
    this.#refuseLateSettings(session);
    if (this.#remote === undefined) return;
    const wanted = chooseEngine(this.#remote, session.sessionFolder);
    if (wanted.name === session.engine.name && wanted.title === session.engine.title) return;
    throw new PlanError(
      `A session on ${session.engine.title} is active; it can't move to ${wanted.title}.`,
      "End it first: `await spark.stop()`.",
    );
  }

  #refuseLateSettings({ engine }: SparkSession): void {
    if (engine.name !== "spark") return;
    const missed = missedSetting(this.#settings, engine.startSettings ?? new Map());
    if (missed === undefined) return;
    throw new PlanError(
      `Spark reads "${missed}" when it starts, and ${engine.title} runs already.`,
      "End it first, `await spark.stop()`, and ask for a new session with all its settings.",
    );
  }
}

function settingsOf(
  first: string | SparkConf | Settings | { readonly conf: SparkConf } | { readonly map: Settings },
  value: Setting | undefined,
): Iterable<readonly [string, unknown]> {
  if (typeof first === "string") return [[first, value]];
  if (first instanceof SparkConf) return first.getAll();
  if (typeof first !== "object" || first === null) {
    throw new PlanError(
      `config() was given ${first === null ? "null" : typeof first}.`,
      'Pass a name and a value, .config("name", "value"), or settings by name.',
    );
  }
  if ("conf" in first && first.conf instanceof SparkConf) return first.conf.getAll();
  if ("map" in first && typeof first.map === "object") return Object.entries(first.map);
  return Object.entries(first);
}
