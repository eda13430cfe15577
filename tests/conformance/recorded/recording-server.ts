// A Spark Connect server that runs nothing: it keeps what a client sends, so that plans can be compared without an engine.
import { create, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import { type ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { randomUUID } from "node:crypto";
import { createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import {
  AnalyzePlanRequestSchema,
  ConfigRequestSchema,
  type ExecutePlanRequest,
  type ExecutePlanResponseSchema,
  PlanSchema,
  SparkConnectService,
} from "../../../runtime/connect/generated/base_pb.js";
import { RelationSchema } from "../../../runtime/connect/generated/relations_pb.js";
import { dataType } from "../../../runtime/plan/data-type.ts";

type Answer = MessageInitShape<typeof ExecutePlanResponseSchema>;

export class RecordingServer {
  /** The plans that were sent for execution, as JSON. */
  readonly requests: unknown[] = [];
  /** What it was asked otherwise, of plans and settings, as JSON. */
  readonly questions: unknown[] = [];
  /** What it answers when it is asked for schemas, one after another, as Spark's JSON. */
  schemas: readonly unknown[] = [];
  readonly #server: Http2Server;
  readonly #sockets = new Set<{ destroy(): void }>();

  private constructor() {
    this.#server = createServer(connectNodeAdapter({ routes: (router) => this.#routes(router) }));
    this.#server.on("session", (session) => this.#sockets.add(session));
  }

  static async start(): Promise<RecordingServer> {
    const recording = new RecordingServer();
    await new Promise<void>((resolve) => recording.#server.listen(0, "127.0.0.1", resolve));
    return recording;
  }

  /** The address that a session is asked for with. */
  get remote(): string {
    return `sc://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #routes(router: ConnectRouter): void {
    router.service(SparkConnectService, {
      executePlan: (request) => this.#answer(request),
      analyzePlan: (request) => {
        this.questions.push(toJson(AnalyzePlanRequestSchema, request));
        const { sessionId } = request;
        return { sessionId, result: { case: "schema", value: { schema: this.#nextSchema() } } };
      },
      config: (request) => {
        this.questions.push(toJson(ConfigRequestSchema, request));
        return { sessionId: request.sessionId, pairs: [] };
      },
      addArtifacts: async (requests) => {
        const asked = await Array.fromAsync(requests);
        return { sessionId: asked[0]?.sessionId, artifacts: [] };
      },
      releaseExecute: ({ sessionId }) => ({ sessionId }),
      releaseSession: ({ sessionId }) => ({ sessionId }),
    });
  }

  #nextSchema() {
    const [next = { type: "struct", fields: [] }, ...later] = this.schemas;
    if (later.length > 0) this.schemas = later;
    return dataType(next as Parameters<typeof dataType>[0]);
  }

  async *#answer({ plan, sessionId, operationId = randomUUID() }: ExecutePlanRequest): AsyncIterable<Answer> {
    if (plan) this.requests.push(toJson(PlanSchema, plan));
    const from = () => ({ sessionId, operationId, responseId: randomUUID() });
    if (plan?.opType.case === "command" && plan.opType.value.commandType.case === "sqlCommand") {
      yield {
        ...from(),
        responseType: { case: "sqlCommandResult", value: { relation: answerOfCommand() } },
      };
    }
    yield { ...from(), responseType: { case: "resultComplete", value: {} } };
  }
}

/** What recorder.py puts in place of a server's answer, too: it is the server's, and isn't compared. */
function answerOfCommand() {
  const namedTable = { unparsedIdentifier: "answer of a command" };
  return create(RelationSchema, {
    relType: { case: "read", value: { readType: { case: "namedTable", value: namedTable } } },
  });
}
