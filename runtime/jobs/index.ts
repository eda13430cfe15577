/** Jobs: the promises of work that an engine does, and the scopes that wait for them. Imports nothing. */
import { AsyncLocalStorage } from "node:async_hooks";

/**
 * A promise of a job that already runs. It works like any promise; using it as a value
 * (`1 + df.count()`, `${df.count()}`) throws, because that would be the promise and not its result.
 *
 * A job belongs to the {@link JobScope} it was started in, which waits for it: in a notebook a cell is
 * done when its jobs are done, and a job that fails fails its cell even if nobody awaited it.
 * @example const rows = await df.count();
 */
export class Job<T> extends Promise<T> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Whether anyone awaits the outcome; a failure of a job nobody awaits fails its scope. */
  isHandled = false;

  /**
   * Runs `work` at once as a job of the current scope. `signal` is aborted when the scope is cancelled.
   * @param holdsScope whether the scope waits for it
   */
  static start<T>(
    work: (signal: AbortSignal | undefined) => Promise<T>,
    { holdsScope = true }: { holdsScope?: boolean } = {},
  ): Job<T> {
    const scope = JobScope.current();
    const job = new Job<T>((resolve, reject) => {
      work(scope?.signal).then(resolve, reject);
    });
    if (holdsScope) scope?.add(job);
    return job;
  }

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isHandled = true;
    return super.then(onFulfilled, onRejected);
  }

  /** Waits without counting as someone who handles a failure. */
  settled(): Promise<{ error: unknown } | undefined> {
    return super.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  }

  /** What printing it says: it is easily taken for its result. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "Job (a promise: await it for the result)";
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError("This is the promise of a job, not its result.\nAwait it: `await df.count()`.");
  }
}

const storage = new AsyncLocalStorage<JobScope>();

/** How much of an operation is done, in the engine's own units. */
export interface WorkDone {
  readonly stages: number;
  readonly stagesDone: number;
  readonly tasks: number;
  readonly tasksDone: number;
  readonly tasksRunning: number;
  readonly bytesRead: number;
  readonly rowsReceived: number;
}

/** What a job tells of itself while it runs: how far an operation is, or what it waits for. */
export interface JobReport {
  /** The same for all reports on one thing. */
  readonly id: string;
  /** When it began, as `performance.now()`. */
  readonly since: number;
  /** What is waited for, "starting Spark on this machine"; of an operation there is `work` instead. */
  readonly text?: string;
  readonly work?: WorkDone;
  /** The last report with this id. */
  readonly isDone: boolean;
}

/**
 * The jobs started by a piece of code, however deep: the kernel makes one for each cell.
 * @example
 * const scope = new JobScope();
 * const value = await scope.run(() => df.write.parquet("events"));
 * await scope.settled();
 */
export class JobScope {
  readonly #jobs = new Set<Job<unknown>>();
  readonly #failures: { job: Job<unknown>; error: unknown }[] = [];
  readonly #abort = new AbortController();

  /** The scope of the running code, if any. */
  static current(): JobScope | undefined {
    return storage.getStore();
  }

  /** Aborted by {@link cancel}; streams, timers and input of the scope listen to it too. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** How many jobs still run. */
  get size(): number {
    return this.#jobs.size;
  }

  /** Runs `body`; jobs it starts, also later and in its callbacks, belong to this scope. */
  run<T>(body: () => T): T {
    return storage.run(this, body);
  }

  /** Makes it wait for a job, whose failure is then its own unless somebody handles it. */
  add(job: Job<unknown>): void {
    this.#jobs.add(job);
    void job.settled().then((failed) => {
      this.#jobs.delete(job);
      if (failed) this.#failures.push({ job, error: failed.error });
    });
  }

  /** Called with what jobs tell of themselves; here it goes nowhere. */
  report(_report: JobReport): void {}

  /** Resolves when no job runs any more; rejects with the first failure that nobody handled. */
  async settled(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all([...this.#jobs].map((job) => job.settled()));
    const unhandled = this.#failures.find(({ job }) => !job.isHandled);
    this.#failures.length = 0;
    if (unhandled) throw unhandled.error;
  }

  /** Cancels every job of the scope on its engine. */
  cancel(reason: unknown): void {
    this.#abort.abort(reason);
  }
}
