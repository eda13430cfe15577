import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { SparkSession } from "../sql/spark-session.ts";
import { CancelFile } from "./cancel-file.ts";
import { ConsoleFile } from "./console-file.ts";
import { ExecutorSettings, type WorkerSettings } from "./executor-settings.ts";

const sessions = new WeakMap<SparkSession, SessionWorkers>();

/**
 * What a session's plans tell the workers on executors, whichever job a plan runs in: UDFs, and DataFrames of RDDs. It
 * watches the session's jobs: cancelling one ends its workers, and what functions print appears while it runs.
 */
export class SessionWorkers {
  static of(session: SparkSession): SessionWorkers {
    let workers = sessions.get(session);
    if (!workers) sessions.set(session, (workers = new SessionWorkers(session)));
    return workers;
  }

  readonly #settings: ExecutorSettings;
  readonly #console: ConsoleFile | undefined;
  readonly #cancel: CancelFile | undefined;
  #pythonVersion: string | undefined;

  private constructor(session: SparkSession) {
    const { engine, sessionFolder } = session;
    this.#settings = ExecutorSettings.of(session);
    if (engine.isLocal) {
      this.#console = new ConsoleFile(join(sessionFolder, `printed-${randomUUID()}`));
      // Sail's own way would end the engine, and with it every job.
      this.#cancel = new CancelFile(join(sessionFolder, `cancel-${randomUUID()}`), engine.name === "sail");
    }
    session.extend({
      before: async (signal, client) => {
        this.#pythonVersion ??= await engine.pythonVersion();
        await this.#settings.prepare(client);
        await this.#cancel?.ready();
        this.#cancel?.begin(signal);
        this.#console?.watch();
      },
      after: () => {
        this.#cancel?.end();
        this.#console?.rest();
      },
      restore: async (client) => {
        this.#pythonVersion ??= await engine.pythonVersion();
        await this.#settings.prepare(client);
      },
    });
  }

  /** A file whose appearance ends the workers; "" where they couldn't see it. */
  get cancelFile(): string {
    return this.#cancel?.path ?? "";
  }

  /** A file whose lines are shown here; "" where workers couldn't see it. */
  get consoleFile(): string {
    return this.#console?.path ?? "";
  }

  /** As the engine's workers want it; known once a job has begun. */
  get pythonVersion(): string {
    return this.#pythonVersion ?? "";
  }

  /** @throws PlanError for settings that say nothing; what kept Node from being sent */
  get settings(): WorkerSettings {
    return this.#settings.current;
  }
}
