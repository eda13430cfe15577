import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import { fill, pendingRelation, type Relation } from "../plan/relation.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { BlockResults } from "./block-results.ts";
import { executorError, executorFailure } from "./executor-error.ts";
import type { JobPlan } from "./job-plan.ts";
import { type Carrier, rowsRelation, stageRelation } from "./stage-relation.ts";
import type { JobClasses } from "./worker/records.ts";
import { workerProgram } from "./worker-program.ts";

/** Cancelled workers have this long to end before the engine itself is interrupted (findings: it may not recover). */
const workersEndMs = 2000;

/** On Sail a task of Python costs some milliseconds, and all of them run in one process (`bench/rdd.ts`). */
const sailTasks = 4 * availableParallelism();

/** Submits stages to a session's engine. */
export class StageRunner {
  readonly #session: SparkSession;
  /** Whether the engine's executors have the worker's source, as far as we know. */
  #hasSource = false;

  constructor(session: SparkSession) {
    this.#session = session;
    session.explainErrors(executorError);
  }

  /** Runs a job over its partitions from `start` to `end` and gives the records of its result, in order. */
  async run(
    client: ConnectClient,
    { stage, classes }: JobPlan,
    [start, end]: readonly [number, number],
    signal: AbortSignal | undefined,
  ): Promise<unknown[]> {
    const carrier = await this.#carrier(!this.#hasSource);
    const relation = (sendsSource: boolean) =>
      stageRelation(stage, { ...carrier, sendsSource }, [start, end]);
    const collect = (sendsSource: boolean) =>
      this.#collect(client, relation(sendsSource), carrier.cancelFile, signal);
    let results: BlockResults;
    try {
      results = await collect(carrier.sendsSource);
    } catch (error) {
      // An executor that joined later: nothing of this job was done there yet.
      if (executorFailure(error)?.kind !== "worker-missing") throw error;
      results = await collect(true);
    }
    this.#hasSource = true;
    return [...results.records(start, end, jobClasses(classes))];
  }

  /** The job's rows as a relation for a DataFrame; it is known when the engine's Python version is. */
  relation({ stage }: JobPlan): Relation {
    const relation = pendingRelation();
    void this.#session.command(async () => {
      const carrier = await this.#carrier(true);
      fill(relation, rowsRelation(stage, { ...carrier, cancelFile: "" }));
    });
    return relation;
  }

  async #carrier(sendsSource: boolean): Promise<Carrier> {
    const { engine, sessionFolder } = this.#session;
    const jobId = randomUUID();
    return {
      jobId,
      program: workerProgram(),
      isLocal: engine.isLocal,
      sendsSource,
      cancelFile: engine.isLocal ? join(sessionFolder, `cancel-${jobId}`) : "",
      pythonVersion: await engine.pythonVersion(),
      maxTasks: engine.name === "sail" ? sailTasks : Number.POSITIVE_INFINITY,
      keepsOrder: engine.name !== "sail",
    };
  }

  async #collect(
    client: ConnectClient,
    relation: Relation,
    cancelFile: string,
    signal: AbortSignal | undefined,
  ): Promise<BlockResults> {
    const cancel = cancellation(cancelFile, signal);
    const results = new BlockResults((partition, line) => console.log(`[partition ${partition}] ${line}`));
    try {
      for await (const batch of client.batches(relation, { signal: cancel.engineSignal })) results.add(batch);
      signal?.throwIfAborted();
      return results;
    } catch (error) {
      signal?.throwIfAborted();
      // Sail leaves the other partitions of a failed job running; a job that is tried again keeps its file.
      if (executorFailure(error)?.kind !== "worker-missing") cancel.endWorkers();
      throw error;
    } finally {
      cancel.dispose();
    }
  }
}

/** Ends the workers first when the job is cancelled, and interrupts the engine only if that isn't enough. */
function cancellation(cancelFile: string, signal: AbortSignal | undefined) {
  const engine = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isEnding = false;
  const endWorkers = () => {
    if (cancelFile === "") return;
    isEnding = true;
    try {
      writeFileSync(cancelFile, "");
    } catch {
      // The session has ended, and its folder with it: so do its workers.
    }
  };
  const onAbort = () => {
    const interrupt = () => engine.abort(signal?.reason);
    if (cancelFile === "") return interrupt();
    endWorkers();
    timer = setTimeout(interrupt, workersEndMs);
  };
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    engineSignal: engine.signal,
    endWorkers,
    dispose() {
      signal?.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      // The workers look for it a few times a second; it goes with the session's folder otherwise.
      if (isEnding) setTimeout(() => rmSync(cancelFile, { force: true }), 5000).unref();
    },
  };
}

function jobClasses(classes: JobPlan["classes"]): JobClasses {
  return new Map([...classes].map(([id, constructor]) => [id, { constructor, hasPrivateFields: false }]));
}
