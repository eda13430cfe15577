import { availableParallelism } from "node:os";
import { openStorage } from "../storage/open-storage.ts";
import type { FeedSpec } from "./feeds/feed-spec.ts";
import { PartitionWriters } from "./partition-writers.ts";
import { type IngestProgress, Rate } from "./progress.ts";
import { retry } from "./retry.ts";
import { showProgress } from "./show-progress.ts";
import { checkTopics } from "./source/cluster.ts";
import type { GroupConsumer } from "./source/group-consumer.ts";
import type { KafkaSource } from "./source/kafka.ts";
import { rootMessage } from "./source/kafka-error.ts";
import type { FetchedRecord } from "./source/record-batch.ts";
import { partitionName, type TopicPartition } from "./source/topic-partition.ts";
import type { Commit } from "./table/commit-log.ts";
import { LakeTable } from "./table/lake-table.ts";
import type { ParquetTarget } from "./table/parquet.ts";
import { ParseWorker } from "./worker/parse-worker.ts";

const TICK_MS = 100;
/** How long a job that shall end waits for something that can't be reached. */
const PATIENCE_MS = 120_000;

export interface IngestJobOptions {
  readonly source: KafkaSource;
  readonly parse: Readonly<Record<string, FeedSpec | ((value: Buffer) => unknown)>>;
  readonly target: ParquetTarget;
  readonly processingTimeMs: number;
  readonly isAvailableNow: boolean;
}

/**
 * A running {@link ingest}. In a notebook it shows its progress, live, as the last value of a cell.
 * @see ingest
 */
export class IngestJob {
  /** Resolves when the job has ended as it should, with the last progress; rejects with what made it fail. */
  readonly finished: Promise<IngestProgress>;
  readonly #options: IngestJobOptions;
  readonly #outcome = Promise.withResolvers<IngestProgress>();
  readonly #workers: ParseWorker[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #rate = new Rate();
  readonly #counts = {
    rows: 0,
    parsedRows: 0,
    files: 0,
    bytes: 0,
    commits: 0,
    deadLetters: 0,
    lostRecords: 0,
  };
  #state: IngestProgress["state"] = "starting";
  readonly #problems: { storage?: string; kafka?: string } = {};
  #failure: string | undefined;
  #writers: PartitionWriters | undefined;
  #consumer: GroupConsumer | undefined;
  /** Where a job that takes what is there now ends, by partition. */
  #ends: ReadonlyMap<string, number> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drained = Promise.withResolvers<void>();
  #ending: Promise<void> | undefined;

  /** Made by {@link ingest}. */
  constructor(options: IngestJobOptions) {
    this.#options = options;
    this.finished = this.#outcome.promise;
    // Whoever waits for it hears of a failure; a notebook that doesn't still sees it in the progress.
    this.finished.catch(() => {});
    this.#start().catch((error: unknown) => this.#end(error));
  }

  /** What has been done so far; a fresh object each time. */
  get progress(): IngestProgress {
    const partitions = [...(this.#writers ?? [])].map((writer) => {
      const { topic, partition, head } = writer;
      const endOffset = this.#consumer?.highWatermark(writer);
      // A cut that held no event moves the position only.
      const done = writer.isClean ? writer.position : head;
      const lag = endOffset === undefined ? undefined : Math.max(0, endOffset - done);
      return { topic, partition, committedOffset: done, endOffset, lag };
    });
    const { rows, files, bytes, commits, deadLetters, lostRecords } = this.#counts;
    const problem = this.#failure ?? this.#problems.storage ?? this.#problems.kafka;
    return {
      state: this.#state,
      rows,
      rate: this.#state === "running" ? this.#rate.perSecond : 0,
      lag: partitions.reduce((sum, { lag = 0 }) => sum + lag, 0),
      files,
      bytes,
      commits,
      deadLetters,
      lostRecords,
      partitions: partitions.toSorted((a, b) =>
        a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
      ),
      ...(problem === undefined || this.#state === "stopped" ? {} : { problem }),
    };
  }

  /**
   * Stops reading, commits what was read, and leaves the group.
   * @returns the last progress; rejects if the job failed
   */
  stop(): Promise<IngestProgress> {
    void this.#end();
    return this.finished;
  }

  /** Calls back when the progress has changed, at most a few times a second, until the function it returns is called. */
  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return showProgress(this.progress, this.#options.target.url);
  }

  /** The kernel shows the job anew whenever this calls back. */
  [Symbol.for("sightline.live")](changed: () => void): () => void {
    return this.onProgress(changed);
  }

  async #start(): Promise<void> {
    const { source, parse, target, processingTimeMs, isAvailableNow } = this.#options;
    const threads = Math.max(1, Math.min(4, availableParallelism()));
    for (let i = 0; i < threads; i++) this.#workers.push(this.#startWorker());
    const opened = openTable(target);
    // What is wrong with Kafka is told first; the other failure is the same at the next try.
    opened.catch(() => {});
    const metadata = await checkTopics(source, source.topics);
    const table = await opened;
    // Kafka's client is large: a notebook without ingest doesn't load it.
    const { GroupConsumer } = await import("./source/group-consumer.ts");
    if (this.#ending) return;
    const writers = new PartitionWriters({
      table,
      source,
      parse,
      target,
      processingTimeMs,
      workers: this.#workers,
      attempt: (step) => this.#attempt(step),
      committed: (partition, commit) => this.#committed(partition, commit),
      fail: (error) => void this.#end(error),
    });
    const consumer = new GroupConsumer(source, {
      assigned: (partitions, topicIds) => this.#orEnd(() => writers.assign(partitions, topicIds)),
      replaced: (partition) => void this.#orEnd(async () => writers.replaced(partition)).catch(() => {}),
      records: (partition, records, next) => this.#records(partition, records, next),
      problem: (error) => this.#noteProblem("kafka", error),
      outOfRange: (partition, start, end) =>
        void this.#orEnd(async () => {
          this.#counts.lostRecords += writers.passOver(partition, start, end);
        }).catch(() => {}),
    });
    writers.consumer = consumer;
    this.#writers = writers;
    this.#consumer = consumer;
    if (isAvailableNow) {
      const partitions = source.topics.flatMap((topic) =>
        metadata.topics.get(topic)!.partitions.map((_, partition) => ({ topic, partition })),
      );
      this.#ends = await this.#attempt(() => consumer.listOffsets(partitions, "latest"));
    }
    // The brokers answered a moment ago: one that leads the group may be gone, and another takes over.
    await this.#attempt(() => consumer.start());
    if (this.#ending) return;
    this.#state = "running";
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #startWorker(): ParseWorker {
    return new ParseWorker(
      (id, state, addedRows) => {
        this.#writers?.note(id, state);
        this.#counts.parsedRows += addedRows;
        this.#drained.resolve();
        this.#drained = Promise.withResolvers();
      },
      (error) => void this.#end(error),
    );
  }

  async #records(partition: TopicPartition, records: FetchedRecord[], nextOffset: number): Promise<void> {
    const writers = this.#writers!;
    // Reading goes on behind them, whether they were taken or not.
    await this.#orEnd(async () => writers.add(partition, records, nextOffset));
    while (writers.isFull && (this.#state === "running" || this.#state === "stopping")) {
      writers.cutDue();
      await Promise.race([this.#drained.promise, new Promise((resolve) => setTimeout(resolve, TICK_MS))]);
    }
  }

  #tick(): void {
    this.#rate.sample(this.#counts.parsedRows);
    this.#writers!.cutDue();
    for (const listener of this.#listeners) listener();
    if (this.#ends && this.#state === "running" && this.#isAtEnd(this.#ends)) void this.#end();
  }

  #isAtEnd(ends: ReadonlyMap<string, number>): boolean {
    let isAtEnd = true;
    for (const writer of this.#writers!) {
      const hasAll = writer.position >= (ends.get(partitionName(writer)) ?? 0);
      if (hasAll && writer.openSince !== undefined) this.#writers!.cut(writer);
      isAtEnd &&= hasAll && writer.isClean;
    }
    return isAtEnd;
  }

  async #committed(partition: TopicPartition, commit: Commit): Promise<void> {
    const tableFiles = commit.files.filter(({ rows }) => rows > 0);
    this.#counts.rows += commit.rows;
    this.#counts.commits++;
    this.#counts.deadLetters += commit.deadLetters;
    this.#counts.files += tableFiles.length;
    this.#counts.bytes += tableFiles.reduce((sum, { bytes }) => sum + bytes, 0);
    // The table's own commit is what counts; this one tells Kafka's tools, and the next one makes up for it.
    await this.#consumer!.commit(partition, commit.nextOffset).catch((error: unknown) =>
      this.#noteProblem("kafka", error),
    );
  }

  /** A service waits as long as it takes; a job that is to end doesn't wait for ever. */
  async #attempt<T>(step: () => Promise<T>): Promise<T> {
    const patienceMs = () => {
      if (this.#state === "stopped" || this.#state === "failed") return 0;
      return this.#state === "running" && !this.#ends ? Number.POSITIVE_INFINITY : PATIENCE_MS;
    };
    const done = await retry(step, patienceMs, (error) => this.#noteProblem("storage", error));
    this.#noteProblem("storage", undefined);
    return done;
  }

  async #orEnd<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      void this.#end(error);
      throw error;
    }
  }

  #noteProblem(origin: "storage" | "kafka", error: unknown): void {
    this.#problems[origin] = error === undefined ? undefined : rootMessage(error);
  }

  #end(error?: unknown): Promise<void> {
    this.#ending ??= this.#close(error);
    return this.#ending;
  }

  async #close(error?: unknown): Promise<void> {
    let failure = error;
    if (failure === undefined) {
      this.#state = "stopping";
      try {
        await this.#consumer?.pause();
        await this.#writers?.cutAll();
      } catch (late) {
        failure = late;
      }
    }
    this.#state = failure === undefined ? "stopped" : "failed";
    clearInterval(this.#timer);
    await this.#consumer?.close().catch(() => {});
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    if (failure === undefined) {
      this.#outcome.resolve(this.progress);
    } else {
      this.#failure = failure instanceof Error ? failure.message : String(failure);
      this.#outcome.reject(failure);
    }
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** The table, once it is known that it can be written. */
async function openTable(target: ParquetTarget): Promise<LakeTable> {
  const { url, webhdfs, user } = target;
  const storage = await openStorage(url, {
    webhdfs: webhdfs && [webhdfs].flat(),
    user,
  });
  const table = new LakeTable(storage, target);
  await Promise.all([table.probe(), table.schema.refresh()]);
  return table;
}
