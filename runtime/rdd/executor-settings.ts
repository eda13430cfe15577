import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { addArtifacts, takesArtifacts } from "../connect/add-artifacts.ts";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import { artifactsOf } from "../sql/session-artifacts.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { writeNodeArchive } from "./node-archive.ts";

/** What the shim is told of the Node that runs functions, in the JSON of its plan. */
export interface WorkerSettings {
  /** A path, or "node" for what the session was sent or what is on the executor's PATH. */
  readonly node: string;
  /** SHA-256 of the Node that the session was sent, "any" for an archive of the user's, "" when none was sent. */
  readonly nodeHash: string;
  /** What a worker may use, in MiB. */
  readonly memory: number;
}

const names = {
  path: "spark.sightline.node.path",
  archive: "spark.sightline.node.archive",
  memory: "spark.sightline.worker.memory",
} as const;
const defaultMemory = "2g";
/** Below it Node itself has no room. */
const leastMemoryMb = 256;
/** Under this name executors find what was sent. */
const folderName = "sightline-node";

const sessions = new WeakMap<SparkSession, ExecutorSettings>();

/** What the settings `spark.sightline.*` of a session say of its executors, and the Node that is sent to them. */
export class ExecutorSettings {
  static of(session: SparkSession): ExecutorSettings {
    let settings = sessions.get(session);
    if (!settings) sessions.set(session, (settings = new ExecutorSettings(session)));
    return settings;
  }

  readonly #session: SparkSession;
  /** What the server's own configuration says. */
  #told: ReadonlyMap<string, string | undefined> = new Map();
  #toldWith: string | undefined;
  /** The hash of the Node that each client's session has. */
  readonly #sent = new WeakMap<ConnectClient, Map<string, Promise<string>>>();
  #nodeHash = "";
  #failure: { readonly error: unknown } | undefined;

  private constructor(session: SparkSession) {
    this.#session = session;
  }

  /**
   * Before a job: asks the server once, and sends Node once where that is wanted. What fails is said by
   * {@link current}: other jobs, such as the one that mends a setting, go on.
   */
  async prepare(client: ConnectClient): Promise<void> {
    if (this.#session.engine.isLocal) return;
    try {
      const keys = Object.values(names);
      // What this session sets and takes back again changes what the server says.
      const own = JSON.stringify(keys.map((key) => this.#session.conf.own(key)));
      if (own !== this.#toldWith) {
        this.#told = await client.config({ case: "getOption", value: { keys } });
        this.#toldWith = own;
      }
      const archive = this.#value(names.archive) ?? "false";
      this.#nodeHash = archive === "false" ? "" : await this.#send(client, archive);
      this.#failure = undefined;
    } catch (error) {
      this.#failure = { error };
    }
  }

  /**
   * As they were when {@link prepare} was last called.
   * @throws PlanError for settings that say nothing; what kept Node from being sent
   */
  get current(): WorkerSettings {
    const memory = megabytes(this.#value(names.memory) ?? defaultMemory);
    if (this.#session.engine.isLocal) return { node: process.execPath, nodeHash: "", memory };
    if (this.#failure) throw this.#failure.error;
    const path = this.#value(names.path);
    if (path !== undefined && !path.startsWith("/"))
      throw new PlanError(
        `${names.path} is "${path}", which isn't a path from the root.`,
        `Name the file on the executors: await spark.conf.set("${names.path}", "/opt/node/bin/node");`,
      );
    return { node: path ?? "node", nodeHash: this.#nodeHash, memory };
  }

  #value(name: string): string | undefined {
    return this.#session.conf.own(name) ?? this.#told.get(name);
  }

  #send(client: ConnectClient, archive: string): Promise<string> {
    let known = this.#sent.get(client);
    if (!known) this.#sent.set(client, (known = new Map()));
    let hash = known.get(archive);
    if (!hash) {
      known.set(archive, (hash = this.#sendNow(client, archive)));
      hash.catch(() => known.delete(archive));
    }
    return hash;
  }

  async #sendNow(client: ConnectClient, archive: string): Promise<string> {
    if (!(await takesArtifacts(client)))
      throw new PlanError(
        `${this.#session.engine.title} takes no files of a session, so ${names.archive} can't send Node to it.`,
        `Install Node there, and name it: await spark.conf.set("${names.path}", "/opt/node/bin/node");`,
      );
    if (archive !== "true") {
      const [artifact] = artifactsOf([archive], { archive: true });
      await addArtifacts(client, [{ ...artifact, name: `archives/${basename(archive)}#${folderName}` }]);
      return "any";
    }
    const path = join(this.#session.sessionFolder, "node.tar.gz");
    try {
      const hash = await writeNodeArchive(path);
      await addArtifacts(client, [
        { path, name: `archives/${folderName}-${hash.slice(0, 16)}.tar.gz#${folderName}` },
      ]);
      return hash;
    } finally {
      rmSync(path, { force: true });
    }
  }
}

/** Spark's way to write an amount of memory; a number alone is MiB. */
function megabytes(text: string): number {
  const [, digits, unit = "m"] = /^(\d+)([kmgt]?)b?$/i.exec(text.trim()) ?? [];
  const factor = { k: 2 ** -10, m: 1, g: 2 ** 10, t: 2 ** 20 }[unit.toLowerCase() || "m"]!;
  const value = Math.floor(Number(digits) * factor);
  if (digits !== undefined && value >= leastMemoryMb) return value;
  throw new PlanError(
    `${names.memory} is "${text}", ${digits === undefined ? "which isn't an amount of memory" : "too little for Node"}.`,
    `Give ${leastMemoryMb}m or more, as in await spark.conf.set("${names.memory}", "${defaultMemory}");`,
  );
}
