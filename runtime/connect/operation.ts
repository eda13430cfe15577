// The stream of one operation's responses: started, reattached when it breaks, and let go of as it is read.
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ConnectClient } from "./client.ts";
import { isConnectError, isRefused } from "./error-details.ts";
import {
  ExecutePlanRequest_RequestOptionSchema,
  type ExecutePlanResponse,
  type Plan,
  type ReleaseExecuteRequest,
} from "./generated/base_pb.js";
import { SparkError } from "./spark-error.ts";

/** A stream that ends at once and without a response this many times in a row has nothing more to give. */
const emptyEnds = 5;
/** A stream that lasted this long was ended by the server's own limit (two minutes in Spark), to be asked for again. */
const longStreamMs = 1000;
/** The server keeps what was read until it is told; telling it each time would cost a call a batch. */
const releaseBytes = 8 << 20;

const reattachable = create(ExecutePlanRequest_RequestOptionSchema, {
  requestOption: { case: "reattachOptions", value: { reattachable: true } },
});
const chunked = create(ExecutePlanRequest_RequestOptionSchema, {
  requestOption: { case: "resultChunkingOptions", value: { allowArrowBatchChunking: true } },
});

export class Operation {
  readonly id: string;
  readonly #client: ConnectClient;
  readonly #plan: Plan;
  readonly #tags: string[];
  readonly #transport = new AbortController();
  #stream: AsyncIterator<ExecutePlanResponse> | undefined;
  #lastResponseId: string | undefined;
  /** Whether the server may have seen the request. */
  #mayRun = false;
  #isGivenUp = false;
  #unreleasedBytes = 0;
  #isReleasing = false;

  constructor(client: ConnectClient, plan: Plan, { id, tags }: { id: string; tags: ReadonlySet<string> }) {
    this.id = id;
    this.#client = client;
    this.#plan = plan;
    this.#tags = [...tags];
    this.#stream = this.#start();
  }

  /**
   * The next response, each exactly once; the last one is `resultComplete`. After a failure that is worth it, it
   * waits and joins the operation again behind the last response.
   * @throws what the server answered, or the connection's failure when the policy has no attempt left
   */
  async next(): Promise<ExecutePlanResponse> {
    const attempts = this.#client.attempts();
    for (let endings = 0; ;) {
      const began = performance.now();
      try {
        this.#stream ??= this.#reattach();
        const { done, value } = await this.#stream.next();
        this.#mayRun = true;
        if (!done) return this.#seen(value);
        this.#stream = undefined;
        if (this.#isGivenUp) throw incomplete();
        // While the mark of completion is missing there is more to come.
        if (performance.now() - began < longStreamMs && ++endings > emptyEnds) throw incomplete();
      } catch (error) {
        this.#stream = undefined;
        if (this.#isGivenUp || error instanceof SparkError) throw error;
        this.#mayRun ||= !isRefused(error);
        if (isUnknown(error)) this.#startAgain(error);
        // Joined at once; a server that has it and hasn't it, in turns, is believed so often only.
        else if (isThereAlready(error) && ++endings <= emptyEnds) continue;
        else if (!(await this.#client.tryAgain(attempts, error, this.#transport.signal))) throw error;
      }
    }
  }

  /** From now on a broken stream is an end: nobody needs the rest. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** Waits for the end of the stream behind the last response. */
  async readToEnd(): Promise<void> {
    try {
      while (this.#stream && !(await this.#stream.next()).done);
    } catch {
      // An end as well.
    }
  }

  /** Lets go of it on the server and here. */
  close(): void {
    this.#transport.abort();
    this.#release({ case: "releaseAll", value: {} } as ReleaseExecuteRequest["release"]);
  }

  #start(): AsyncIterator<ExecutePlanResponse> {
    const request = {
      ...this.#client.identity,
      plan: this.#plan,
      operationId: this.id,
      tags: this.#tags,
      requestOptions: [reattachable, chunked],
    };
    const call = { signal: this.#transport.signal };
    return this.#client.service.executePlan(request, call)[Symbol.asyncIterator]();
  }

  #reattach(): AsyncIterator<ExecutePlanResponse> {
    const { identity, service } = this.#client;
    const request = { ...identity, operationId: this.id, lastResponseId: this.#lastResponseId };
    return service.reattachExecute(request, { signal: this.#transport.signal })[Symbol.asyncIterator]();
  }

  // A request that was lost on its way is sent again. Spark keeps an operation beyond its connection and remembers
  // its id, so that it runs once. Sail lets go of both with the connection: a query can be asked again, of a command
  // nobody knows how far it came.
  #startAgain(error: ConnectError): void {
    const isQuery = changesNothing(this.#plan);
    const isOnce = /INVALID_HANDLE\./.test(error.rawMessage) || !this.#mayRun;
    if (this.#lastResponseId === undefined && (isOnce || isQuery)) {
      this.#stream = this.#start();
      return;
    }
    const what = isQuery ? "a result" : "a command";
    const remedy = isQuery
      ? "Run it again."
      : "It may have been done, in part or whole: look at what it changes before you run it again.";
    throw new SparkError(
      `The connection broke in the middle of ${what}, and the engine doesn't have it any more (${error.rawMessage}).\n` +
        remedy,
      { errorClass: "RESPONSE_ALREADY_RECEIVED", cause: error },
    );
  }

  #seen(response: ExecutePlanResponse): ExecutePlanResponse {
    this.#client.observe(response);
    this.#lastResponseId = response.responseId;
    if (response.responseType.case === "arrowBatch") {
      this.#unreleasedBytes += response.responseType.value.data.length;
      if (this.#unreleasedBytes >= releaseBytes && !this.#isReleasing) {
        this.#unreleasedBytes = 0;
        const value = { responseId: response.responseId };
        this.#release({ case: "releaseUntil", value } as ReleaseExecuteRequest["release"]);
      }
    }
    return response;
  }

  #release(release: ReleaseExecuteRequest["release"]): void {
    const { identity, service } = this.#client;
    this.#isReleasing = true;
    const released = service.releaseExecute({ ...identity, operationId: this.id, release });
    // The server drops finished operations by itself after a while.
    void released.catch(() => {}).then(() => (this.#isReleasing = false));
  }
}

function changesNothing({ opType }: Plan): boolean {
  if (opType.case !== "command") return opType.case === "root";
  const { commandType } = opType.value;
  const input = commandType.case === "sqlCommand" ? commandType.value.input?.relType : undefined;
  return input?.case === "sql" && /^\s*(?:SELECT|VALUES|SHOW|DESC|EXPLAIN)\b/i.test(input.value.query);
}

// Sail says "operation not found", and of one that ended while nobody listened "task context not found".
function isUnknown(error: unknown): error is ConnectError {
  return (
    isConnectError(error) &&
    (error.code === Code.NotFound ||
      /INVALID_HANDLE\.(?:OPERATION|SESSION)_NOT_FOUND|^(?:invalid argument|internal error): (?:operation|task context) not found/.test(
        error.rawMessage,
      ))
  );
}

/** A request that was thought to be lost has arrived: the operation can be joined. */
function isThereAlready(error: unknown): boolean {
  return isConnectError(error) && error.rawMessage.includes("INVALID_HANDLE.OPERATION_ALREADY_EXISTS");
}

function incomplete(): ConnectError {
  return new ConnectError(
    "The engine ended the result without saying that it is complete, so it can't be trusted.\n" +
      "Run it again; if it happens again, restart the engine with `await spark.stop()`.",
    Code.DataLoss,
  );
}
