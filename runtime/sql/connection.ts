// A session's connection: one client for each start of the engine, with the session's state put back after a restart.
import { ConnectClient, type Release } from "../connect/client.ts";
import { isConnectionLost, SparkError } from "../connect/spark-error.ts";
import { EngineError } from "../engines/engine-error.ts";
import type { Endpoint } from "../connect/endpoint.ts";
import type { Engine } from "../engines/engine.ts";

/** Puts back what a session keeps on the server: settings and temp views. */
export type Restore = (client: ConnectClient) => Promise<void>;

export class Connection {
  readonly #engine: Engine;
  readonly #restore: Restore;
  /** The start of the engine that each client belongs to. */
  readonly #generations = new WeakMap<ConnectClient, number>();
  #generation = 0;
  #client: Promise<ConnectClient> | undefined;
  /** The engine coming to rest after an interrupt; what comes next waits for it. */
  #settling: Promise<void> | undefined;

  constructor(engine: Engine, restore: Restore) {
    this.#engine = engine;
    this.#restore = restore;
  }

  /** The client of the running engine; starts the engine if it doesn't run. */
  async client(): Promise<ConnectClient> {
    await this.#settling;
    const endpoint = await this.#engine.endpoint();
    if (this.#generation !== this.#engine.generation || !this.#client) {
      this.#generation = this.#engine.generation;
      const previous = this.#client;
      void previous?.then((client) => client.disconnect()).catch(() => {});
      this.#client = this.#open(endpoint);
      this.#client.catch(() => (this.#client = undefined));
    }
    return this.#client;
  }

  /** Says what happened when a call failed because the engine is gone or can't be reached. */
  async explain(error: unknown, client: ConnectClient | undefined): Promise<unknown> {
    const lost = error instanceof SparkError ? isConnectionLost(error.cause) : isConnectionLost(error);
    if (!lost) return error;
    const { title } = this.#engine;
    const generation = (client && this.#generations.get(client)) ?? this.#generation;
    const exit = await this.#engine.exitOf(generation);
    if (exit) {
      return new EngineError(
        `${title[0].toUpperCase()}${title.slice(1)} ${exit} in the middle of a job.`,
        "Run it again: the next call starts the engine anew and puts temp views and settings back.",
        { cause: error },
      );
    }
    return new SparkError(
      `The connection to ${title} failed: ${(error as Error).message}\n` +
        "Check that the server runs and that its address is right (SPARK_REMOTE), then run it again.",
      { cause: error },
    );
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.release();
  }

  async #open(endpoint: Endpoint): Promise<ConnectClient> {
    const generation = this.#generation;
    const engine = this.#engine;
    const client: ConnectClient = new ConnectClient(endpoint, {
      isGone: () => engine.isGone || engine.generation !== generation,
      onCancel: (release) => {
        // From this moment on: a query that starts meanwhile would end with the engine, if it has to be ended.
        this.#settling = Promise.all([this.#settling, this.#settle(client, release)]).then(() => {});
      },
    });
    this.#generations.set(client, generation);
    await this.#restore(client);
    return client;
  }

  async #settle(client: ConnectClient, release: Promise<Release>): Promise<void> {
    // Only an engine of our own can be ended; on a server of others the operation is theirs to stop.
    if (!this.#engine.isLocal) return;
    if ((await release) === "late") await this.#engine.stop();
    else await this.#engine.settle?.(() => client.operations.size === 0);
  }
}
