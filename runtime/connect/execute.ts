// One operation from its request to its completion mark, across broken streams.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions, ConnectClient, Release } from "./client.ts";
import type { JobScope } from "../jobs/index.ts";
import type { ExecutionListener } from "./execution-listener.ts";
import { ProgressReports } from "./execution-progress.ts";
import type { ExecutePlanResponse, Plan } from "./generated/base_pb.js";
import { Operation } from "./operation.ts";

/** An engine that was asked to stop has this long to end the stream; Sail may never do so. */
const releaseMs = 2000;

export interface ExecuteOptions extends CallOptions {
  /** The tags that it is found by. */
  readonly tags: ReadonlySet<string>;
  /** What is told how far it is. */
  readonly scope: JobScope | undefined;
  /** What hears metrics. */
  readonly listener?: ExecutionListener;
}

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
  { signal, tags, scope, listener }: ExecuteOptions,
): AsyncGenerator<ExecutePlanResponse> {
  signal?.throwIfAborted();
  const operation = new Operation(client, plan, { id: randomUUID(), tags });
  const progress = new ProgressReports(operation.id, () => client.progressHandlers, scope);
  const cancelled = cancellation(signal);
  client.operations.set(operation.id, { tags, cancel: cancelled.cancel });
  let ending: "complete" | "failed" | "abandoned" = "abandoned";
  try {
    for (;;) {
      const next = operation.next();
      const response = await cancelled.or(next);
      if ("reason" in response) {
        client.ended(operation.id);
        operation.giveUp();
        const release = interrupt(client, operation, next);
        client.onCancel(release);
        await release;
        throw response.reason;
      }
      const { responseType, metrics, observedMetrics } = response;
      if (metrics || observedMetrics.length > 0) listener?.(response);
      if (responseType.case === "resultComplete") {
        ending = "complete";
        return;
      }
      if (responseType.case === "executionProgress") progress.update(responseType.value);
      else {
        if (responseType.case === "arrowBatch") progress.received(responseType.value.rowCount);
        yield response;
      }
    }
  } catch (error) {
    ending = "failed";
    throw await client.explain(error, plan);
  } finally {
    client.ended(operation.id);
    cancelled.dispose();
    void finish(client, operation, ending === "abandoned");
    progress.finish();
  }
}

/** Ends the wait for a response: by the signal, or by an interrupt of this client. */
function cancellation(signal: AbortSignal | undefined) {
  let cancelled: { reason: unknown } | undefined;
  let wake: ((cancelled: { reason: unknown }) => void) | undefined;
  const cancel = (reason: unknown) => {
    cancelled ??= { reason };
    wake?.(cancelled);
  };
  const onAbort = () => cancel(signal!.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    /** The cancellation, or what came before it. Not by Promise.race: one promise in each race keeps all their results. */
    or: <T>(next: Promise<T>) =>
      new Promise<T | { reason: unknown }>((resolve, reject) => {
        // A late failure goes nowhere: this is settled then.
        next.then(resolve, reject);
        wake = resolve;
        if (cancelled) resolve(cancelled);
      }),
    cancel,
    dispose: () => signal?.removeEventListener("abort", onAbort),
  };
}

async function drain(operation: Operation, pending = operation.next()): Promise<void> {
  try {
    while ((await pending).responseType.case !== "resultComplete") pending = operation.next();
  } catch {
    // A cancelled operation may end with an error: that is an end too.
  }
}

async function interrupt(
  client: ConnectClient,
  operation: Operation,
  pending: Promise<ExecutePlanResponse>,
): Promise<Release> {
  const deadline = new AbortController();
  const late = sleep(releaseMs, "late" as const, { signal: deadline.signal }).catch(() => "late" as const);
  const ended = drain(operation, pending);
  const asked = client
    .stop(operation.id)
    .then(() => ended)
    .then(() => "ended" as const);
  const release = await Promise.race([asked, late]);
  deadline.abort();
  return release;
}

// A stream that isn't read to its end keeps its connection, and so a script that is done, alive.
async function finish(client: ConnectClient, operation: Operation, isAbandoned: boolean): Promise<void> {
  operation.giveUp();
  if (isAbandoned) {
    await client.stop(operation.id);
    await Promise.race([drain(operation), sleep(releaseMs, undefined, { ref: false })]);
  } else await Promise.race([operation.readToEnd(), sleep(releaseMs, undefined, { ref: false })]);
  operation.close();
}
