// One operation from its request to its completion mark, across broken streams.
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions, ClientOptions, ConnectClient, Release } from "./client.ts";
import {
  ExecutePlanRequest_RequestOptionSchema,
  type ExecutePlanResponse,
  type Plan,
} from "./generated/base_pb.js";
import { isConnectionLost, toSparkError } from "./spark-error.ts";

/** An engine that was asked to stop has this long to end the stream; Sail may never do so. */
const releaseMs = 2000;
/** Waits between attempts to reattach, in milliseconds; then the connection counts as lost. */
const backoffMs = [50, 200, 500, 1000, 2000];

interface ExecuteOptions extends CallOptions, ClientOptions {}

/**
 * Runs a plan as a reattachable operation. A stream that breaks, or ends without `ResultComplete`, is
 * reattached after the last response seen, so that nothing is missed or seen twice.
 * Aborting the signal interrupts the operation on the engine and throws the signal's reason.
 * @throws SparkError what the engine answered, or that the connection was lost
 * @see https://github.com/apache/spark/blob/master/sql/connect/common/src/main/protobuf/spark/connect/base.proto (ReattachExecute)
 */
export async function* executePlan(
  client: ConnectClient,
  plan: Plan,
  { signal, isGone, onCancel }: ExecuteOptions,
): AsyncGenerator<ExecutePlanResponse> {
  signal?.throwIfAborted();
  const operationId = randomUUID();
  const transport = new AbortController();
  const call = { signal: transport.signal };
  const reattachable = create(ExecutePlanRequest_RequestOptionSchema, {
    requestOption: { case: "reattachOptions", value: { reattachable: true } },
  });
  const start = () =>
    client.service.executePlan(
      { ...client.identity, plan, operationId, requestOptions: [reattachable] },
      call,
    );
  const reattach = (lastResponseId: string | undefined) =>
    client.service.reattachExecute({ ...client.identity, operationId, lastResponseId }, call);

  const cancelled = cancellation(signal);
  let lastResponseId: string | undefined;
  let isComplete = false;
  let hasFailed = false;
  let failures = 0;
  let stream = start()[Symbol.asyncIterator]();
  client.operations.add(operationId);
  try {
    while (!isComplete) {
      try {
        const next = stream.next();
        next.catch(() => {}); // it may fail after a cancellation, when nobody waits for it any more
        const result = await Promise.race([next, cancelled.promise]);
        if (result === undefined) {
          client.operations.delete(operationId);
          const release = interrupt(client, operationId, drain(next, stream));
          onCancel?.(release);
          await release;
          throw signal!.reason;
        }
        if (result.done) {
          if (++failures > backoffMs.length) throw incomplete();
          stream = reattach(lastResponseId)[Symbol.asyncIterator]();
          continue;
        }
        failures = 0;
        lastResponseId = result.value.responseId;
        isComplete = result.value.responseType.case === "resultComplete";
        if (!isComplete) yield result.value;
      } catch (error) {
        if (!isConnectionLost(error) || failures >= backoffMs.length) throw error;
        await sleep(backoffMs[failures++]);
        if (isGone?.()) throw error;
        // An operation that the server never saw can be started; one it has seen can only be joined.
        stream = await join(start, reattach, lastResponseId);
      }
    }
  } catch (error) {
    hasFailed = true;
    throw toSparkError(error);
  } finally {
    client.operations.delete(operationId);
    cancelled.dispose();
    const isAbandoned = !isComplete && !hasFailed;
    void finish(client, operationId, { stream, transport, isAbandoned });
  }
}

type Stream = AsyncIterator<ExecutePlanResponse>;

async function join(
  start: () => AsyncIterable<ExecutePlanResponse>,
  reattach: (last: string | undefined) => AsyncIterable<ExecutePlanResponse>,
  lastResponseId: string | undefined,
): Promise<Stream> {
  if (lastResponseId !== undefined) return reattach(lastResponseId)[Symbol.asyncIterator]();
  const joined = reattach(undefined)[Symbol.asyncIterator]();
  try {
    const first = await joined.next();
    return prepend(first, joined);
  } catch (error) {
    const isUnknown =
      error instanceof ConnectError && (error.code === Code.NotFound || /NOT_FOUND/.test(error.rawMessage));
    if (isUnknown) return start()[Symbol.asyncIterator]();
    throw error;
  }
}

function prepend(first: IteratorResult<ExecutePlanResponse>, rest: Stream): Stream {
  let isFirst = true;
  return {
    next() {
      if (!isFirst) return rest.next();
      isFirst = false;
      return Promise.resolve(first);
    },
  };
}

function cancellation(signal: AbortSignal | undefined) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return { promise, dispose: () => signal?.removeEventListener("abort", onAbort) };
}

async function drain(pending: Promise<IteratorResult<ExecutePlanResponse>>, stream: Stream): Promise<void> {
  try {
    while (!(await pending).done) pending = stream.next();
  } catch {
    // A cancelled operation may end with an error: that is an end too.
  }
}

async function interrupt(client: ConnectClient, operationId: string, ended: Promise<void>): Promise<Release> {
  const deadline = new AbortController();
  const late = sleep(releaseMs, "late" as const, { signal: deadline.signal }).catch(() => "late" as const);
  const asked = client
    .interrupt(operationId)
    .catch(() => {})
    .then(() => ended)
    .then(() => "ended" as const);
  const release = await Promise.race([asked, late]);
  deadline.abort();
  return release;
}

interface Ending {
  readonly stream: Stream;
  readonly transport: AbortController;
  /** Whether the reader walked away before the end. */
  readonly isAbandoned: boolean;
}

// A stream that isn't read to its end keeps its connection, and so a script that is done, alive.
async function finish(client: ConnectClient, operationId: string, ending: Ending): Promise<void> {
  const { stream, transport, isAbandoned } = ending;
  if (isAbandoned) await client.interrupt(operationId).catch(() => {});
  const late = sleep(releaseMs, undefined, { ref: false });
  await Promise.race([drain(stream.next(), stream), late]);
  transport.abort();
  try {
    const release = { case: "releaseAll" as const, value: {} };
    await client.service.releaseExecute({ ...client.identity, operationId, release });
  } catch {
    // The server drops finished operations by itself after a while.
  }
}

function incomplete(): ConnectError {
  return new ConnectError(
    "The engine ended the result without saying that it is complete, so it can't be trusted.\n" +
      "Run it again; if it happens again, restart the engine with `await spark.stop()`.",
    Code.DataLoss,
  );
}
