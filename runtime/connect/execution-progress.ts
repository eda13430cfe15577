// How far an operation is: what the engine tells of its stages, and what has arrived here.
import type { JobScope } from "../jobs/index.ts";
import type { ExecutePlanResponse_ExecutionProgress } from "./generated/base_pb.js";

/** One stage of a job, as Spark's UI shows it. */
export interface StageInfo {
  readonly stageId: number;
  readonly numTasks: number;
  readonly numCompletedTasks: number;
  /** Bytes of input read so far. */
  readonly numBytesRead: number;
  readonly done: boolean;
}

/** What a handler of `spark.registerProgressHandler` is called with. */
export interface ExecutionProgress {
  readonly operationId: string;
  /** Empty on an engine that doesn't tell (Sail). */
  readonly stages: readonly StageInfo[];
  /** Tasks that run now. */
  readonly inflightTasks: number;
  /** Rows of the result that have arrived here. */
  readonly rowsReceived: number;
  /** Whether the operation has ended, in whatever way: the last call for it. */
  readonly done: boolean;
}

/** A function for `spark.registerProgressHandler`. What it throws fails the operation. */
export type ProgressHandler = (progress: ExecutionProgress) => void;

/** Tells handlers, and the scope that the operation was started in, how far it is. */
export class ProgressReports {
  readonly #operationId: string;
  readonly #handlers: () => Iterable<ProgressHandler>;
  readonly #scope: JobScope | undefined;
  readonly #since = performance.now();
  #stages: readonly StageInfo[] = [];
  #inflightTasks = 0;
  #rowsReceived = 0;

  constructor(
    operationId: string,
    handlers: () => Iterable<ProgressHandler>,
    jobScope: JobScope | undefined,
  ) {
    this.#operationId = operationId;
    this.#handlers = handlers;
    this.#scope = jobScope;
  }

  /** The engine told of its stages. */
  update({ stages, numInflightTasks }: ExecutePlanResponse_ExecutionProgress): void {
    if (!stages.some(({ numTasks }) => numTasks > 0n)) return;
    this.#stages = stages.map((stage) => ({
      stageId: Number(stage.stageId),
      numTasks: Number(stage.numTasks),
      numCompletedTasks: Number(stage.numCompletedTasks),
      numBytesRead: Number(stage.inputBytesRead),
      done: stage.done,
    }));
    this.#inflightTasks = Number(numInflightTasks);
    this.#tell(false);
  }

  received(rows: bigint): void {
    this.#rowsReceived += Number(rows);
    for (const handler of this.#handlers()) handler(this.#event(false));
  }

  finish(): void {
    this.#inflightTasks = 0;
    this.#tell(true);
  }

  #event(done: boolean): ExecutionProgress {
    return {
      operationId: this.#operationId,
      stages: this.#stages,
      inflightTasks: this.#inflightTasks,
      rowsReceived: this.#rowsReceived,
      done,
    };
  }

  #tell(isDone: boolean): void {
    for (const handler of [...this.#handlers()]) handler(this.#event(isDone));
    if (this.#stages.length === 0 || !this.#scope) return;
    const sum = (of: (stage: StageInfo) => number) =>
      this.#stages.reduce((total, stage) => total + of(stage), 0);
    this.#scope.report({
      id: this.#operationId,
      since: this.#since,
      isDone,
      work: {
        stages: this.#stages.length,
        stagesDone: this.#stages.filter(({ done }) => done).length,
        tasks: sum(({ numTasks }) => numTasks),
        tasksDone: sum(({ numCompletedTasks }) => numCompletedTasks),
        tasksRunning: this.#inflightTasks,
        bytesRead: sum(({ numBytesRead }) => numBytesRead),
        rowsReceived: this.#rowsReceived,
      },
    });
  }
}
