// A session's connection: one client for each start of the engine, with the session's state put back after a restart.
import { Code } from "@connectrpc/connect";
import { cancelled, ConnectClient, type Release } from "../connect/client.ts";
import { planTooDeep } from "../connect/describe-failure.ts";
import type { Endpoint } from "../connect/endpoint.ts";
import {
  isConnectError,
  isConnectionLost,
  isOtherProtocol,
  isUnauthenticated,
  isUntrusted,
  saysSparkStopped,
} from "../connect/error-details.ts";
import type { ProgressHandler } from "../connect/execution-progress.ts";
import type { RetryPolicy } from "../connect/retry-policy.ts";
import { SparkError } from "../connect/spark-error.ts";
import { EngineError } from "../engines/engine-error.ts";
import type { Engine } from "../engines/engine.ts";
import { planForSail } from "./sail/plan-for-sail.ts";

/** What a session keeps on the server, and how it comes back on another one. */
export interface SessionState {
  /** Puts back settings and temp views. */
  readonly restore: (client: ConnectClient) => Promise<void>;
  /** The temp views that `restore` makes. */
  readonly viewNames: () => Iterable<string>;
}

/** What the server says of a session that it doesn't know any more. */
const lostSession =
  /^INVALID_HANDLE\.SESSION_(?:CHANGED|NOT_FOUND|CLOSED)|^invalid argument: session \S+ is not running$/;

export class Connection {
  /** Called with the progress of every operation. */
  readonly progressHandlers = new Set<ProgressHandler>();
  /** What is tried again; undefined = the client's own choice. */
  retryPolicies: readonly RetryPolicy[] | undefined;
  readonly #engine: Engine;
  readonly #state: SessionState;
  /** The start of the engine that each client belongs to. */
  readonly #generations = new WeakMap<ConnectClient, number>();
  #generation = 0;
  #client: Promise<ConnectClient> | undefined;
  /** The engine coming to rest after an interrupt; what comes next waits for it. */
  #settling: Promise<void> | undefined;
  /** A session that ended on its server can't be joined again, not even by its id. */
  #hasLostSession = false;
  #isClosed = false;

  constructor(engine: Engine, state: SessionState) {
    this.#engine = engine;
    this.#state = state;
  }

  /** The client that there is; undefined before the first call. Starts nothing. */
  get current(): Promise<ConnectClient> | undefined {
    return this.#generation === this.#engine.generation && !this.#engine.isGone ? this.#client : undefined;
  }

  /** The client of the running engine; starts the engine if it doesn't run. */
  async client(): Promise<ConnectClient> {
    await this.#settling;
    const endpoint = await this.#engine.endpoint();
    if (this.#isClosed) throw cancelled("stop()");
    if (this.#generation !== this.#engine.generation || !this.#client) {
      this.#generation = this.#engine.generation;
      const previous = this.#client;
      void previous?.then((client) => client.disconnect()).catch(() => {});
      this.#client = this.#open(endpoint);
      this.#client.catch(() => (this.#client = undefined));
    }
    return this.#client;
  }

  /** Says what happened when a call failed because the session or the engine is gone, or can't be reached. */
  async explain(error: unknown, client: ConnectClient | undefined): Promise<unknown> {
    if (error instanceof RangeError && error.message.startsWith("Maximum call stack")) return planTooDeep();
    const isLost = error instanceof SparkError && lostSession.test(error.errorClass ?? error.message);
    const cause = error instanceof SparkError ? error.cause : error;
    if (this.#isClosed && (isLost || isConnectionLost(cause) || isHungUp(cause))) return cancelled("stop()");
    if (isLost) return this.#sessionLost(error, client);
    if (isUntrusted(cause)) return this.#untrusted(cause as Error);
    if (!client?.isKnown && isOtherProtocol(cause)) return this.#notConnect(cause as Error);
    if (isUnauthenticated(cause)) return this.#unauthenticated(cause as Error);
    const generation = (client && this.#generations.get(client)) ?? this.#generation;
    if (isConnectError(cause) && saysSparkStopped(cause.rawMessage)) await this.#endStopped(generation);
    if (!isConnectionLost(cause)) return error;
    const { title } = this.#engine;
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

  /**
   * Ends the session on its server; what still runs fails.
   * @param endsEngine whether the engine is about to be ended, and the session with it
   */
  async close({ endsEngine }: { endsEngine: boolean }): Promise<void> {
    this.#isClosed = true;
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    if (endsEngine) client?.disconnect();
    else await client?.release();
  }

  async #open(endpoint: Endpoint): Promise<ConnectClient> {
    const generation = this.#generation;
    const engine = this.#engine;
    const client: ConnectClient = new ConnectClient(this.#hasLostSession ? fresh(endpoint) : endpoint, {
      progressHandlers: this.progressHandlers,
      retryPolicies: () => this.retryPolicies,
      ...(engine.name === "sail" ? { planFor: planForSail, maxMessageBytes: sailMessageBytes } : {}),
      isOwn: engine.isLocal,
      isGone: () => engine.isGone || engine.generation !== generation,
      onCancel: (release) => {
        // From this moment on: a query that starts meanwhile would end with the engine, if it has to be ended.
        const settled = this.#settle(client, release).catch(() => {}); // an engine that can't be ended says so to the next job
        this.#settling = Promise.all([this.#settling, settled]).then(() => {});
      },
    });
    this.#generations.set(client, generation);
    try {
      await this.#state.restore(client);
      return client;
    } catch (error) {
      client.disconnect();
      throw error;
    }
  }

  /** Ends a Spark that has stopped itself: the next call starts another. */
  async #endStopped(generation: number): Promise<void> {
    if (this.#engine.isLocal && generation === this.#engine.generation) await this.#engine.stop();
  }

  #sessionLost(error: SparkError, client: ConnectClient | undefined): SparkError {
    this.#hasLostSession = true;
    void this.#client?.then(
      (current) => {
        if (current !== client) return;
        this.#client = undefined;
        current.disconnect();
      },
      () => {},
    );
    const views = Array.from(this.#state.viewNames(), (name) => `\`${name}\``);
    const kept = views.length > 0 ? `settings and the temp views ${shorten(views)}` : "its settings";
    return new SparkError(
      "Spark session ended on the server; temp views and cached tables are gone. This cell was not re-run.\n" +
        `Run it again: the next call opens a new session and puts ${kept} back; cached tables are to be made again.`,
      { errorClass: error.errorClass, sqlState: error.sqlState, cause: error },
    );
  }

  #notConnect(error: Error): SparkError {
    return new SparkError(
      `${this.#engine.title} isn't a Spark Connect server: ${rawMessage(error)}\n` +
        "Name the port of Spark Connect, 15002 unless set otherwise; the others are of Spark's pages and masters.",
      { cause: error },
    );
  }

  #unauthenticated(error: Error): SparkError {
    return new SparkError(
      `${this.#engine.title} doesn't let us in: ${rawMessage(error)}\n` +
        "Pass the server's token, sc://host:15002/;token=…, or set SPARK_CONNECT_AUTHENTICATE_TOKEN.",
      { cause: error },
    );
  }

  #untrusted(error: Error): SparkError {
    return new SparkError(
      `${this.#engine.title} can't be trusted: ${rawMessage(error)}\n` +
        "Name its authority's certificate, NODE_EXTRA_CA_CERTS=/path/ca.pem, before the start; a server without TLS " +
        "takes no token and no use_ssl=true.",
      { cause: error },
    );
  }

  async #settle(client: ConnectClient, release: Promise<Release>): Promise<void> {
    // Only an engine of our own can be ended; on a server of others the operation is theirs to stop.
    if (!this.#engine.isLocal) return;
    if ((await release) === "late") await this.#engine.stop();
    else await this.#engine.settle?.(() => client.operations.size === 0);
  }
}

/** Sail leaves a longer message without an answer. */
const sailMessageBytes = 128 << 20;

/** Whether we closed the connection under the call. */
function isHungUp(error: unknown): boolean {
  return isConnectError(error) && error.code === Code.Canceled;
}

function rawMessage(error: Error): string {
  return (isConnectError(error) ? error.rawMessage : error.message).trim();
}

function fresh(endpoint: Endpoint): Endpoint {
  return { ...endpoint, sessionId: undefined };
}

function shorten(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(", ")
    : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
