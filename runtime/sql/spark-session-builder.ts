import { PlanError } from "../connect/plan-error.ts";
import { chooseEngine } from "../engines/choose-engine.ts";
import type { Engine } from "../engines/engine.ts";
import { defaultRemote, takeEngine } from "../engines/prestart.ts";
import type { SparkSession } from "./spark-session.ts";

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
    this.#remote = url;
    return this;
  }

  /** The name of the application, as servers show it. */
  appName(name: string): this {
    return this.config("spark.app.name", name);
  }

  /** `local[*]` as {@link remote} takes it; other masters belong to the server. */
  master(url: string): this {
    return this.remote(url);
  }

  /** One setting, or several. */
  config(name: string, value: string | number | boolean): this;
  config(settings: Readonly<Record<string, string | number | boolean>>): this;
  config(
    first: string | Readonly<Record<string, string | number | boolean>>,
    value?: string | number | boolean,
  ): this {
    const settings = typeof first === "string" ? { [first]: value } : first;
    for (const [name, setting] of Object.entries(settings)) {
      if (setting === undefined) {
        throw new PlanError(`The setting "${name}" has no value.`, 'Pass one: .config("name", "value")');
      }
      this.#settings.set(name, String(setting));
    }
    return this;
  }

  /**
   * The active session, with these settings applied, or a new one when there is none; resolves when its engine answers.
   * @throws EngineError when the engine can't be started; SparkError when the server can't be reached
   */
  async getOrCreate(): Promise<SparkSession> {
    const session = this.lazy();
    await session.version();
    return session;
  }

  /** Like {@link getOrCreate}, without waiting: the first action does. */
  lazy(): SparkSession {
    if (active && !active.isStopped) {
      this.#refuseOtherEngine(active);
      for (const [name, value] of this.#settings) active.conf.set(name, value);
      return active;
    }
    const { engine, folder } = takeEngine(this.#chosenRemote());
    active = this.#make(engine, folder, this.#settings);
    return active;
  }

  #chosenRemote(): string | undefined {
    return this.#remote ?? defaultRemote() ?? this.#settings.get("spark.remote");
  }

  #refuseOtherEngine(session: SparkSession): void {
    if (this.#remote === undefined) return;
    const wanted = chooseEngine(this.#remote, session.sessionFolder);
    if (wanted.name === session.engine.name && wanted.title === session.engine.title) return;
    throw new PlanError(
      `A session on ${session.engine.title} is active; it can't move to ${wanted.title}.`,
      "End it first: `await spark.stop()`.",
    );
  }
}
