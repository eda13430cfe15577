// Calls of the Spark Connect service for one session. One client speaks to one engine process.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { RecordBatch } from "apache-arrow";
import { randomUUID } from "node:crypto";
import { arrowBatches } from "./arrow-batches.ts";
import type { Endpoint } from "./endpoint.ts";
import { executePlan } from "./execute.ts";
import {
  AnalyzePlanRequest_Explain_ExplainMode as ExplainMode,
  type AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  type ConfigRequest_OperationSchema,
  type ExecutePlanResponse,
  InterruptRequest_InterruptType,
  type Plan,
  PlanSchema,
  SparkConnectService,
} from "./generated/base_pb.js";
import type { Command } from "./generated/commands_pb.js";
import type { Relation } from "./generated/relations_pb.js";
import type { DataType } from "./generated/types_pb.js";
import { toSparkError } from "./spark-error.ts";

export { ExplainMode };

export interface CallOptions {
  /** Aborting it cancels the work on the engine too. */
  readonly signal?: AbortSignal;
}

/** Whether the engine said that a cancelled operation has ended, or was silent for too long. */
export type Release = "ended" | "late";

export interface ClientOptions {
  /** Called at once when an operation is cancelled, with the promise of how the engine let go of it. */
  readonly onCancel?: (release: Promise<Release>) => void;
  /** Whether the engine's process has ended, so that trying again is useless. */
  readonly isGone?: () => boolean;
}

/** A session on a Spark Connect server: the service's calls, with retries, reattachment and errors as {@link SparkError}. */
export class ConnectClient {
  readonly sessionId: string;
  readonly endpoint: Endpoint;
  /** The generated client, for the calls that the methods here don't cover. */
  readonly service: Client<typeof SparkConnectService>;
  /** The ids of the operations under way. */
  readonly operations = new Set<string>();
  readonly #http2: Http2SessionManager;
  readonly #options: ClientOptions;

  constructor(endpoint: Endpoint, options: ClientOptions = {}) {
    this.endpoint = endpoint;
    this.sessionId = endpoint.sessionId ?? randomUUID();
    this.#options = options;
    const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
    const baseUrl = `${endpoint.useTls ? "https" : "http"}://${host}:${endpoint.port}`;
    this.#http2 = new Http2SessionManager(
      baseUrl,
      {},
      {
        // The default window of 64 KiB makes a round trip of every few batches.
        settings: { initialWindowSize: 16 << 20 },
        ...(endpoint.connect && { createConnection: endpoint.connect }),
      },
    );
    const transport = createGrpcTransport({
      baseUrl,
      sessionManager: this.#http2,
      readMaxBytes: 0x7fff_ffff,
      writeMaxBytes: 0x7fff_ffff,
      interceptors: [headers(endpoint)],
    });
    this.service = createClient(SparkConnectService, transport);
  }

  /** What every request says of who asks. */
  get identity() {
    const { userId } = this.endpoint;
    return {
      sessionId: this.sessionId,
      userContext: { userId, userName: userId },
      clientType: this.endpoint.userAgent ?? "sightline",
    };
  }

  /** Runs a plan and yields the server's answers; ends only after an explicit mark of completion. */
  execute(plan: Plan, options: CallOptions = {}): AsyncIterable<ExecutePlanResponse> {
    return executePlan(this, plan, { ...this.#options, ...options });
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
    const answer = await this.analyze({ case: "schema", value: { plan: rootPlan(relation) } });
    if (answer.result.case !== "schema" || !answer.result.value.schema)
      throw new Error("The engine sent no schema.");
    return answer.result.value.schema;
  }

  /** Asks about a plan without running it. */
  async analyze(
    analyze: MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"],
  ): Promise<AnalyzePlanResponse> {
    return this.#call(() => this.service.analyzePlan({ ...this.identity, analyze }));
  }

  /** Reads or changes the session's configuration. */
  async config(
    opType: MessageInitShape<typeof ConfigRequest_OperationSchema>["opType"],
  ): Promise<Map<string, string | undefined>> {
    const answer = await this.#call(() => this.service.config({ ...this.identity, operation: { opType } }));
    return new Map(answer.pairs.map(({ key, value }) => [key, value]));
  }

  /** Asks the engine to stop one operation, or every one of the session; resolves with the ids it stopped. */
  async interrupt(operationId?: string): Promise<string[]> {
    const answer = await this.#call(() =>
      this.service.interrupt(
        operationId === undefined
          ? { ...this.identity, interruptType: InterruptRequest_InterruptType.ALL }
          : {
              ...this.identity,
              interruptType: InterruptRequest_InterruptType.OPERATION_ID,
              interrupt: { case: "operationId", value: operationId },
            },
      ),
    );
    return answer.interruptedIds;
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

  async #call<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw toSparkError(error);
    }
  }
}

/** The plan of a query. */
export function rootPlan(relation: Relation): Plan {
  return create(PlanSchema, { opType: { case: "root", value: relation } });
}

function headers(endpoint: Endpoint): Interceptor {
  return (next) => (request) => {
    if (endpoint.token) request.header.set("authorization", `Bearer ${endpoint.token}`);
    for (const [name, value] of Object.entries(endpoint.headers)) request.header.set(name, value);
    return next(request);
  };
}
