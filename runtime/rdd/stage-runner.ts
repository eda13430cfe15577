import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import { fill, pendingRelation, type Relation } from "../plan/relation.ts";
import type { Prerequisite } from "../sql/prerequisite.ts";
import type { GivenSchema, PreparedRelation } from "../sql/relation-source.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { AccumulatorLedger, type AccumulatorUpdate } from "./accumulator-ledger.ts";
import { BlockResults } from "./block-results.ts";
import type { CapturedJob } from "./captured-job.ts";
import { executorError, executorFailure } from "./executor-error.ts";
import { JobPlanner, KeptPartitionsLost, type PlannedStage, type RowFiles, type Wanted } from "./job-plan.ts";
import { keptBlocks } from "./kept-blocks.ts";
import { ancestry, type Lineage, type Partitioner, type Preparation } from "./lineage.ts";
import { SessionWorkers } from "./session-workers.ts";
import { firstRecords, rowSchema } from "./row-schema.ts";
import { type Carrier, rowsRelation, stageRelation } from "./stage-relation.ts";
import { workerProgram } from "./worker-program.ts";

/** Cancelled workers have this long to end before the engine itself is interrupted (findings: it may not recover). */
const workersEndMs = 2000;

/**
 * How many tasks a processor of this machine is given, at most: each takes its share of the partitions. On Sail a task
 * of Python costs some milliseconds, on Spark a tenth of a second (`bench/rdd.ts`).
 */
const tasksPerProcessor = { sail: 4, spark: 2 };

/** Files of a job's stages, or a kept partition, were lost: the job is begun anew, once. */
class FilesLost extends Error {}

function saidByWorker(error: unknown): never {
  throw error instanceof FilesLost ? error.cause : error;
}

/** An action at work: it may look at RDDs whose functions it has captured, and at ours over them. */
export interface RunningJob extends Preparation {
  /** Where its tasks may keep files of their own; undefined: each where its system has such. */
  readonly scratchFolder: string | undefined;
  /** How keys are placed in an RDD, if they are. */
  partitionerOf(lineage: Lineage): Promise<Partitioner | undefined>;
  /** The last stage of an RDD, to be run over as many partitions as are needed. */
  stage(lineage: Lineage, wanted: Exclude<Wanted, { kind: "rows" }>): Promise<RunningStage>;
}

export interface RunningStage {
  readonly partitionCount: number;
  /** The records of the partitions from `start` to `end`, in order; default: of all. */
  run(start?: number, end?: number): Promise<unknown[]>;
}

export interface JobRequest {
  /** Copies the functions as they are now. */
  readonly capture: () => CapturedJob;
  readonly client: ConnectClient;
  readonly signal: AbortSignal | undefined;
}

/** Broadcast variables and kept partitions that DataFrames made of RDDs use. */
const heldBy = new WeakMap<Relation, ReadonlySet<object>>();

/** Submits the stages of jobs to a session's engine. */
export class StageRunner {
  readonly #session: SparkSession;
  readonly #workers: SessionWorkers;
  /** Whether the engine's executors have the worker's source, as far as we know. */
  #hasSource = false;

  constructor(session: SparkSession) {
    this.#session = session;
    this.#workers = SessionWorkers.of(session);
    session.explainErrors(executorError);
  }

  /** Lets `work` run stages; when files of theirs are lost, once more. */
  async job<R>(request: JobRequest, work: (job: RunningJob) => Promise<R>): Promise<R> {
    const added = new AccumulatorLedger();
    const result = await this.#attempts(request, added, work).catch((error: unknown) => {
      added.apply();
      throw error;
    });
    added.applyOrThrow();
    return result;
  }

  async #attempts<R>(
    request: JobRequest,
    added: AccumulatorLedger,
    work: (job: RunningJob) => Promise<R>,
  ): Promise<R> {
    const first = request.capture();
    try {
      return await this.#attempt(request, first, added, work);
    } catch (error) {
      const isLost = error instanceof FilesLost || error instanceof KeptPartitionsLost;
      if (!isLost || request.signal?.aborted) throw error;
      // The functions as they were when the action was called, unless those of lost partitions are needed too.
      return await this.#attempt(request, first.isWhole ? first : request.capture(), added, work).catch(
        saidByWorker,
      );
    }
  }

  async #attempt<R>(
    { client, signal }: JobRequest,
    job: CapturedJob,
    added: AccumulatorLedger,
    work: (job: RunningJob) => Promise<R>,
  ): Promise<R> {
    const carrier = await this.#carrier(job, added);
    const { folder } = carrier;
    if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const done = new Set<number>();
    const run = (stage: PlannedStage, start = 0, end = stage.partitionCount) =>
      this.#run(client, stage, carrier, [start, end], signal, done);
    try {
      const planner: JobPlanner = new JobPlanner({
        job,
        folder,
        isLocal: carrier.isLocal,
        run,
        readRows: (rows) => this.#rowFiles(rows, carrier, client, signal),
        keep: (kept) => keptBlocks(kept, carrier, client, planner),
      });
      return await work({
        scratchFolder: carrier.scratchFolder || undefined,
        partitionCount: (lineage) => planner.partitionCount(lineage),
        partitionerOf: (lineage) => planner.partitionerOf(lineage),
        collect: (lineage) => planner.collect(lineage),
        counts: (lineage) => planner.counts(lineage),
        async stage(lineage, wanted) {
          const stage = await planner.stage(lineage, wanted);
          return {
            partitionCount: stage.partitionCount,
            run: (start, end) => run(stage, start, end),
          };
        },
      });
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }

  /** The records as rows of a DataFrame; what has to be looked at for their plan is, when a job first needs it. */
  frame(lineage: Lineage, given: GivenSchema, job: CapturedJob): PreparedRelation {
    const relation = pendingRelation();
    const held = new Set(job.held);
    heldBy.set(relation, held);
    const holdKept = () => {
      for (const part of ancestry(lineage)) {
        if (part.kind !== "kept" || !part.kept.isActive) continue;
        part.kept.partitions.isOfDataFrame = true;
        held.add(part.kept.partitions);
      }
    };
    holdKept();
    let planning: Promise<void> | undefined;
    const plan = async (client: ConnectClient, signal: AbortSignal | undefined) => {
      holdKept();
      const added = new AccumulatorLedger();
      const carrier = await this.#carrier(job, added, true);
      const run = (stage: PlannedStage, start = 0, end = stage.partitionCount) =>
        this.#run(client, stage, carrier, [start, end], signal, new Set());
      const planner: JobPlanner = new JobPlanner({
        job,
        folder: undefined,
        isLocal: carrier.isLocal,
        run,
        readRows: (rows) => this.#rowFiles(rows, carrier, client, signal),
        keep: (kept) => keptBlocks(kept, carrier, client, planner),
      });
      const { schema, isSingle } = await rowSchema(given, () => firstRecords(planner, lineage, run));
      const sink = { kind: "rows", schema: schema.jsonValue(), isSingle } as const;
      // The job that reads the rows isn't known.
      const { cancelFile, consoleFile } = this.#workers;
      fill(
        relation,
        rowsRelation(await planner.stage(lineage, sink), { ...carrier, cancelFile, consoleFile }),
      );
      added.applyOrThrow();
    };
    const check: Prerequisite["check"] = async (client, _purpose, signal) => {
      for (;;) {
        const isOfOther = planning !== undefined;
        planning ??= plan(client, signal).catch((error: unknown) => {
          planning = undefined;
          throw error;
        });
        try {
          return await planning;
        } catch (error) {
          // The job that looked may have been cancelled, which this one wasn't.
          if (!isOfOther || signal?.aborted) throw error;
        }
      }
    };
    return { relation, prerequisites: [{ check }] };
  }

  /** Of a job they go with it; of a DataFrame, whose life nobody knows, with the session. */
  async #rowFiles(
    { method, write }: Extract<Lineage, { kind: "rows" }>,
    { isLocal, folder = this.#session.sessionFolder }: Carrier,
    client: ConnectClient,
    signal: AbortSignal | undefined,
  ): Promise<RowFiles> {
    if (!isLocal) {
      throw new PlanError(
        `${method} of ${this.#session.engine.title} isn't possible yet: its rows would have to pass files of this machine.`,
        "Work on the rows where they are: df.mapInArrow(f, schema), or functions with udf().",
      );
    }
    const place = join(folder, `rows-${randomUUID()}`);
    mkdirSync(place, { mode: 0o700 });
    return { folder: place, partitions: await write(place, client, signal) };
  }

  #localTasks(): number {
    const { engine, sparkContext } = this.#session;
    return engine.name === "sail"
      ? tasksPerProcessor.sail * availableParallelism()
      : tasksPerProcessor.spark * sparkContext.defaultParallelism;
  }

  async #carrier(job: CapturedJob, added: AccumulatorLedger, isRelation = false): Promise<Carrier> {
    const { engine, sessionFolder } = this.#session;
    const jobId = randomUUID();
    return {
      jobId,
      job,
      added,
      program: workerProgram(),
      settings: this.#workers.settings,
      isLocal: engine.isLocal,
      sendsSource: isRelation || !this.#hasSource,
      cancelFile: engine.isLocal ? join(sessionFolder, `cancel-${jobId}`) : "",
      folder: engine.isLocal && !isRelation ? join(sessionFolder, `job-${jobId}`) : undefined,
      scratchFolder: engine.isLocal ? sessionFolder : "",
      pythonVersion: await engine.pythonVersion(),
      maxTasks: engine.isLocal ? this.#localTasks() : Number.POSITIVE_INFINITY,
      keepsOrder: engine.name !== "sail",
    };
  }

  /** Runs the stages whose files a stage reads, each once, and then the stage. */
  async #run(
    client: ConnectClient,
    stage: PlannedStage,
    carrier: Carrier,
    range: readonly [number, number],
    signal: AbortSignal | undefined,
    done: Set<number>,
  ): Promise<unknown[]> {
    for (const input of stage.inputs) {
      if (input.kind !== "shuffle" || input.folder === "" || done.has(input.id)) continue;
      const { partitionCount } = input.stage;
      await this.#run(client, input.stage, carrier, [0, partitionCount], signal, done);
      done.add(input.id);
    }
    const [start, end] = range;
    if (start === end) return [];
    const results = await this.#collected(client, stage, carrier, range, signal);
    const records = [...results.records(start, end, carrier.job.recordClasses)];
    this.#hasSource = true;
    return records;
  }

  /** The rows of a stage, which is run again where that helps. */
  async #collected(
    client: ConnectClient,
    stage: PlannedStage,
    carrier: Carrier,
    range: readonly [number, number],
    signal: AbortSignal | undefined,
    isSecond = false,
  ): Promise<BlockResults> {
    try {
      const note = (updates: readonly AccumulatorUpdate[]) =>
        carrier.added.note(stage.lineage, `${stage.sink.kind} ${range.join()}`, updates);
      return await this.#rows(client, stageRelation(stage, carrier, range), carrier.cancelFile, note, signal);
    } catch (error) {
      const kind = executorFailure(error)?.kind;
      if (kind === "missing") throw new FilesLost("Files of the job were lost.", { cause: error });
      if (isSecond || signal?.aborted) throw error;
      // An executor that joined later: nothing of this job was done there yet.
      if (kind === "worker-missing")
        return this.#collected(client, stage, { ...carrier, sendsSource: true }, range, signal, true);
      // A cluster runs the task of a worker that died again by itself; on this machine neither Sail nor Spark does.
      if (kind === "crash" && this.#session.engine.isLocal)
        return this.#collected(client, stage, this.#afresh(carrier), range, signal, true);
      throw error;
    }
  }

  /** The workers of the attempt before are ended by its cancel file. */
  #afresh(carrier: Carrier): Carrier {
    const jobId = randomUUID();
    return { ...carrier, jobId, cancelFile: join(this.#session.sessionFolder, `cancel-${jobId}`) };
  }

  async #rows(
    client: ConnectClient,
    relation: Relation,
    cancelFile: string,
    note: (updates: readonly AccumulatorUpdate[]) => void,
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
      note(results.updates);
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
