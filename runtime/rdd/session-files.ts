import { addArtifacts, takesArtifacts } from "../connect/add-artifacts.ts";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { SparkSession } from "../sql/spark-session.ts";

/** Files of this machine that the executors of an engine on another one get: once each. */
export class SessionFiles {
  readonly #session: SparkSession;
  readonly #paths = new Map<string, string>();

  constructor(session: SparkSession) {
    this.#session = session;
    session.extend({ restore: (client) => this.#upload(client, [...this.#paths]) });
  }

  /** Sends a file, before the jobs that are called from now on. */
  send(name: string, path: string): void {
    this.#paths.set(name, path);
    void this.#session.command((client) => this.#upload(client, [[name, path]]));
  }

  /** Doesn't send it to the session's next server; this one keeps it to the session's end. */
  forget(name: string): void {
    this.#paths.delete(name);
  }

  async #upload(client: ConnectClient, files: readonly (readonly [string, string])[]): Promise<void> {
    if (files.length === 0) return;
    if (!(await takesArtifacts(client))) {
      throw new PlanError(
        `The engine at ${this.#session.engine.title} keeps no files for its sessions, so it can't hold broadcast variables.`,
        "Use the value itself in the functions, which copies it to every task, or Spark: SPARK_REMOTE=sc://host:15002",
      );
    }
    await addArtifacts(
      client,
      files.map(([name, path]) => ({ name: `files/${name}`, path })),
    );
  }
}

const sessions = new WeakMap<SparkSession, SessionFiles>();

/** Those of a session. */
export function sessionFiles(session: SparkSession): SessionFiles {
  let files = sessions.get(session);
  if (!files) sessions.set(session, (files = new SessionFiles(session)));
  return files;
}
