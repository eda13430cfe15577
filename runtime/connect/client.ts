// Calls of the Spark Connect service for one session. One client speaks to one engine process.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, type Http2SessionManager } from "@connectrpc/connect-node";
import type { RecordBatch } from "apache-arrow";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { JobScope } from "../jobs/index.ts";
import { arrowBatches } from "./arrow-batches.ts";
import { describeFailure } from "./describe-failure.ts";
import { clientTypeOf, connectionOptions, type Endpoint } from "./endpoint.ts";
import { errorMetadata, isConnectError, isConnectionLost } from "./error-details.ts";
import { currentListener } from "./execution-listener.ts";
import { executePlan } from "./execute.ts";
import type { ProgressHandler } from "./execution-progress.ts";
import {
  AnalyzePlanRequest_Explain_ExplainMode as ExplainMode,
  type AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  type ConfigRequest_OperationSchema,
  type ExecutePlanResponse,
  type FetchErrorDetailsResponse,
  type InterruptRequest,
  InterruptRequest_InterruptType as InterruptType,
  type Plan,
  PlanSchema,
  SparkConnectService,
} from "./generated/base_pb.js";
import type { Command } from "./generated/commands_pb.js";
import type { Relation } from "./generated/relations_pb.js";
import type { DataType } from "./generated/types_pb.js";
import { Attempts, DefaultPolicy, type RetryPolicy } from "./retry-policy.ts";
import { SparkError } from "./spark-error.ts";
import { currentTags } from "./tags.ts";
import { http2Sessions } from "./http2-sessions.ts";
import { refuseMalformedText } from "./text-encoding.ts";

export { ExplainMode };

export interface CallOptions {
  /** Aborting it cancels the work on the engine too. */
  readonly signal?: AbortSignal;
}

/** Whether the engine said that a cancelled operation has ended, or was silent for too long. */
export type Release = "ended" | "late";

/** What a session has for each of its clients, one after the other. */
export interface ClientOptions {
  /** Called at once when an operation is cancelled, with the promise of how the engine let go of it. */
  readonly onCancel?: (release: Promise<Release>) => void;
  /** Whether the engine is ours alone, so that nobody else has operations on it. */
  readonly isOwn?: boolean;
  /** Whether the engine's process has ended, so that trying again is useless. */
  readonly isGone?: () => boolean;
  /** Called with what each operation tells of its progress. */
  readonly progressHandlers?: ReadonlySet<ProgressHandler>;
  /** The most that the engine takes in one message; default: what gRPC takes, 2 GiB. */
  readonly maxMessageBytes?: number;
  /** The plan as the engine is to have it; default: as it is. */
  readonly planFor?: (plan: Plan) => Plan;
  /** What is tried again; default: {@link DefaultPolicy}. */
  readonly retryPolicies?: () => readonly RetryPolicy[] | undefined;
}

/** Which operations an interrupt is meant for. */
export type InterruptTarget = "all" | { readonly tag: string } | { readonly operationId: string };

interface RunningOperation {
  readonly tags: ReadonlySet<string>;
  readonly cancel: (reason: unknown) => void;
}

/** A server that never answered is most likely a wrong address: about 17 seconds, not PySpark's ten minutes. */
const firstContact = [new DefaultPolicy({ maxRetries: 5 })];
const usual = [new DefaultPolicy()];
refuseMalformedText();

const detailsMs = 5000;
const rememberedOperations = 1000;

/** A session on a Spark Connect server: the service's calls, with retries, reattachment and errors as {@link SparkError}. */
export class ConnectClient {
  readonly sessionId: string;
  readonly endpoint: Endpoint;
  /** The generated client, for the calls that the methods here don't cover. */
  readonly service: Client<typeof SparkConnectService>;
  /** The operations under way, by their ids. */
  readonly operations = new Map<string, RunningOperation>();
  readonly #http2: Http2SessionManager;
  readonly #options: ClientOptions;
  readonly #ended = new Set<string>();
  /** The server's own id of the session; another one means that the server was started anew. */
  #serverSessionId: string | undefined;

  constructor(endpoint: Endpoint, options: ClientOptions = {}) {
    this.endpoint = endpoint;
    this.sessionId = endpoint.sessionId ?? randomUUID();
    this.#options = options;
    const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
    const baseUrl = `${endpoint.useTls ? "https" : "http"}://${host}:${endpoint.port}`;
    this.#http2 = http2Sessions(
      baseUrl,
      // Half-open connections are found out; servers refuse pings that come more often than every five minutes.
      endpoint.connect ? {} : { pingIntervalMs: 330_000, pingTimeoutMs: 20_000 },
      {
        // The default window of 64 KiB makes a round trip of every few batches.
        settings: { initialWindowSize: 16 << 20 },
        ...connectionOptions(endpoint),
      },
    );
    const transport = createGrpcTransport({
      baseUrl,
      sessionManager: this.#http2,
      // Schemas nest deeper than the usual 100 messages: a struct in a struct is four.
      binaryOptions: { recursionLimit: 10_000 },
      readMaxBytes: 0x7fff_ffff,
      writeMaxBytes: options.maxMessageBytes ?? 0x7fff_ffff,
      // On one machine, packing and unpacking takes several times as long as sending.
      ...(isLoopback(endpoint.host) && { acceptCompression: [] }),
      interceptors: [headers(endpoint)],
    });
    this.service = createClient(SparkConnectService, transport);
  }

  /** What every request says of who asks, and of the session it means. */
  get identity() {
    const { userId } = this.endpoint;
    return {
      sessionId: this.sessionId,
      userContext: { userId, userName: userId },
      clientType: clientTypeOf(this.endpoint),
      clientObservedServerSideSessionId: this.#serverSessionId,
    };
  }

  get progressHandlers(): ReadonlySet<ProgressHandler> {
    return this.#options.progressHandlers ?? new Set();
  }

  /** Whether the server has ever answered. */
  get isKnown(): boolean {
    return this.#serverSessionId !== undefined;
  }

  /** Runs a plan and yields the server's answers; ends only after an explicit mark of completion. */
  execute(plan: Plan, options: CallOptions = {}): AsyncIterable<ExecutePlanResponse> {
    return executePlan(this, this.#options.planFor?.(plan) ?? plan, {
      ...options,
      tags: currentTags(),
      scope: JobScope.current(),
      listener: currentListener(),
    });
  }

  /** Runs a query and yields its result as Arrow batches as they arrive. */
  batches(relation: Relation, options: CallOptions = {}): AsyncIterable<RecordBatch> {
    return arrowBatches(this.execute(rootPlan(relation), options));
  }

  /** Runs a command; resolves with what it answered, one entry for each response. */
  async command(command: Command, options: CallOptions = {}): Promise<ExecutePlanResponse[]> {
    const plan = create(PlanSchema, { opType: { case: "command", value: command } });
    return Array.fromAsync(this.execute(plan, options));
  }

  /** The schema that the engine gives a plan. */
  async schema(relation: Relation): Promise<DataType> {
    const plan = rootPlan(relation);
    const answer = await this.analyze({ case: "schema", value: { plan } });
    if (answer.result.case !== "schema" || !answer.result.value.schema)
      throw new Error("The engine sent no schema.");
    return answer.result.value.schema;
  }

  /** Asks about a plan without running it. */
  async analyze(analyze: Analyze): Promise<AnalyzePlanResponse> {
    const plan = (analyze as { value?: { plan?: Plan } } | undefined)?.value?.plan;
    const sent = plan && this.#options.planFor ? withPlan(analyze, this.#options.planFor(plan)) : analyze;
    return this.call((service, identity) => service.analyzePlan({ ...identity, analyze: sent }), plan);
  }

  /** Reads or changes the session's configuration. */
  async config(
    opType: MessageInitShape<typeof ConfigRequest_OperationSchema>["opType"],
  ): Promise<Map<string, string | undefined>> {
    const answer = await this.call((service, identity) =>
      service.config({ ...identity, operation: { opType } }),
    );
    return new Map(answer.pairs.map(({ key, value }) => [key, value]));
  }

  /**
   * Stops operations of the session, also those that another client started; resolves with the ids of those it stopped.
   * Operations of this client fail with `OPERATION_CANCELED`, whatever the engine says of their end.
   * @param by how people called it, for the message
   */
  async interrupt(target: InterruptTarget = "all", by = "interruptAll()"): Promise<string[]> {
    const mine = Array.from(this.operations).filter(
      ([id, { tags }]) =>
        target === "all" || ("tag" in target ? tags.has(target.tag) : id === target.operationId),
    );
    const request: Pick<InterruptRequest, "interruptType" | "interrupt"> =
      target === "all"
        ? { interruptType: InterruptType.ALL, interrupt: { case: undefined } }
        : "tag" in target
          ? { interruptType: InterruptType.TAG, interrupt: { case: "operationTag", value: target.tag } }
          : {
              interruptType: InterruptType.OPERATION_ID,
              interrupt: { case: "operationId", value: target.operationId },
            };
    // First here: a busy Sail may answer nobody, and each operation asks for its own end.
    for (const [, operation] of mine) operation.cancel(cancelled(by));
    if (this.#options.isOwn) return mine.map(([id]) => id);
    const answer = await this.call((service, identity) => service.interrupt({ ...identity, ...request }));
    // Sail names operations that have ended long ago, too.
    const theirs = answer.interruptedIds.filter((id) => !this.#ended.has(id));
    return [...new Set([...mine.map(([id]) => id), ...theirs])];
  }

  /** Asks the engine to stop an operation that nobody needs any more. */
  async stop(operationId: string): Promise<void> {
    const interrupt = { case: "operationId" as const, value: operationId };
    this.#remember(operationId);
    try {
      await this.service.interrupt({
        ...this.identity,
        interruptType: InterruptType.OPERATION_ID,
        interrupt,
      });
    } catch {
      // It ends with the connection, or when the server finds it abandoned.
    }
  }

  /** Tells the session that an operation is being cancelled. */
  onCancel(release: Promise<Release>): void {
    this.#options.onCancel?.(release);
  }

  /** Ends the session on the server and closes the connection. */
  async release(): Promise<void> {
    try {
      await this.service.releaseSession(this.identity, { timeoutMs: 2000 });
    } catch {
      // The engine may be gone already; its session is then gone with it.
    }
    this.disconnect();
  }

  /** Closes the connection; calls under way fail. */
  disconnect(): void {
    this.#http2.abort();
  }

  /**
   * Makes a call that may be made twice, with retries.
   * @param plan what it is about, for the error
   * @throws SparkError
   */
  async call<T extends { sessionId: string; serverSideSessionId: string }>(
    make: (service: Client<typeof SparkConnectService>, identity: ConnectClient["identity"]) => Promise<T>,
    plan?: Plan,
  ): Promise<T> {
    const attempts = this.attempts();
    for (;;) {
      try {
        const answer = await make(this.service, this.identity);
        this.observe(answer);
        return answer;
      } catch (error) {
        if (!(await this.tryAgain(attempts, error))) throw await this.explain(error, plan);
      }
    }
  }

  /** The attempts that a new call has. */
  attempts(): Attempts {
    return new Attempts(this.#options.retryPolicies?.() ?? (this.isKnown ? usual : firstContact));
  }

  /** Waits before the next attempt after a failure; false when there is none. Says what it waits for. */
  async tryAgain(attempts: Attempts, error: unknown, signal?: AbortSignal): Promise<boolean> {
    if (this.#options.isGone?.()) return false;
    const waitMs = attempts.after(error);
    if (waitMs === undefined) return false;
    const scope = JobScope.current();
    const report = {
      id: `connection ${this.sessionId}`,
      since: performance.now(),
      text: `no answer from ${this.endpoint.host}:${this.endpoint.port}, attempt ${attempts.count + 1}`,
    };
    scope?.report({ ...report, isDone: false });
    try {
      for (const until = performance.now() + waitMs; performance.now() < until;) {
        if (this.#options.isGone?.() || signal?.aborted || scope?.signal.aborted) return false;
        await sleep(Math.min(200, Math.max(1, until - performance.now())));
      }
    } finally {
      scope?.report({ ...report, isDone: true });
    }
    return !this.#options.isGone?.();
  }

  /** Notices when a response comes from another start of the server, which knows nothing of this session. */
  observe(response: { sessionId: string; serverSideSessionId: string }): void {
    const { sessionId, serverSideSessionId } = response;
    const isOther = this.#serverSessionId !== undefined && serverSideSessionId !== this.#serverSessionId;
    if (sessionId !== this.sessionId || (isOther && serverSideSessionId !== "")) {
      throw new SparkError(
        `INVALID_HANDLE.SESSION_CHANGED: the answer belongs to the session ${sessionId} (${serverSideSessionId}), ` +
          `asked was ${this.sessionId} (${this.#serverSessionId}).`,
        { errorClass: "INVALID_HANDLE.SESSION_CHANGED", sqlState: "HY000" },
      );
    }
    this.#serverSessionId ||= serverSideSessionId || undefined;
  }

  /** What a call threw, as people read it; asks the server for what it knows of the error. */
  async explain(error: unknown, plan?: Plan): Promise<unknown> {
    const details =
      isConnectError(error) && !isConnectionLost(error) ? await this.#detailsOf(error) : undefined;
    return describeFailure(error, { details, sql: plan && sqlOf(plan) });
  }

  [inspect.custom](): string {
    return `ConnectClient { ${this.endpoint.host}:${this.endpoint.port}, session ${this.sessionId} }`;
  }

  async #detailsOf(
    error: Parameters<typeof errorMetadata>[0],
  ): Promise<FetchErrorDetailsResponse | undefined> {
    const errorId = errorMetadata(error).get("errorId");
    if (!errorId) return undefined;
    try {
      return await this.service.fetchErrorDetails({ ...this.identity, errorId }, { timeoutMs: detailsMs });
    } catch {
      // What came with the error is what there is.
      return undefined;
    }
  }

  #remember(operationId: string): void {
    this.#ended.add(operationId);
    if (this.#ended.size > rememberedOperations) this.#ended.delete(this.#ended.values().next().value!);
  }

  /** An operation came to its end. */
  ended(operationId: string): void {
    this.operations.delete(operationId);
    this.#remember(operationId);
  }
}

type Analyze = MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"];

function withPlan(analyze: Analyze, plan: Plan): Analyze {
  return { ...analyze, value: { ...(analyze as { value: object }).value, plan } } as Analyze;
}

/** The plan of a query. */
export function rootPlan(relation: Relation): Plan {
  return create(PlanSchema, { opType: { case: "root", value: relation } });
}

/** The error of what an interrupt stopped. */
export function cancelled(by: string): SparkError {
  return new SparkError(
    `OPERATION_CANCELED: the job was stopped by ${by}.\nRun it again if you want its result.`,
    {
      errorClass: "OPERATION_CANCELED",
      sqlState: "HY008",
    },
  );
}

/** The SQL text that a plan is, or begins with. */
function sqlOf({ opType }: Plan): string | undefined {
  const relation =
    opType.case === "root"
      ? opType.value
      : opType.case === "command" && opType.value.commandType.case === "sqlCommand"
        ? opType.value.commandType.value.input
        : undefined;
  let relType = relation?.relType;
  // What actions put around a query: a limit, a count, a picture of its rows.
  while (relType && relType.case !== "sql") {
    const input: Relation | undefined = (relType.value as { input?: Relation } | undefined)?.input;
    relType = input?.relType;
  }
  return relType?.case === "sql" ? relType.value.query : undefined;
}

function headers(endpoint: Endpoint): Interceptor {
  return (next) => (request) => {
    if (endpoint.token) request.header.set("authorization", `Bearer ${endpoint.token}`);
    for (const [name, value] of Object.entries(endpoint.headers)) request.header.set(name, value);
    return next(request);
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
