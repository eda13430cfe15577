import { availableParallelism } from "node:os";
import type { FeedSpec } from "./feeds/feed-spec.ts";
import { IngestError } from "./ingest-error.ts";
import { LostPartitionError, PartitionWriter } from "./partition-writer.ts";
import { type IngestProgress, Rate } from "./progress.ts";
import { showProgress } from "./show-progress.ts";
import { checkTopics } from "./source/cluster.ts";
import type { GroupConsumer } from "./source/group-consumer.ts";
import { isKafkaError, rootMessage } from "./source/kafka-error.ts";
import type { KafkaSource } from "./source/kafka.ts";
import type { FetchedRecord } from "./source/record-batch.ts";
import { partitionName, type TopicPartition } from "./source/topic-partition.ts";
import { LakeTable } from "./table/lake-table.ts";
import type { ParquetTarget } from "./table/parquet.ts";
import type { Commit } from "./table/commit-log.ts";
import { openStorage } from "../storage/open-storage.ts";
import { StorageError } from "../storage/storage-error.ts";
import { ParseWorker } from "./worker/parse-worker.ts";

/** Memory of open cuts, all together: above it the largest is committed. */
const MAX_HELD_BYTES = 96 << 20;
/** Memory of one partition's open cut. */
const MAX_CUT_BYTES = 48 << 20;
const MAX_CUT_ROWS = 500_000;
/** Bytes on their way to a worker; fetching waits above it. */
const MAX_PENDING_BYTES = 8 << 20;
const TICK_MS = 100;
const RETRY_MS = 1000;
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
  readonly #writers = new Map<string, PartitionWriter>();
  readonly #workers: ParseWorker[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #rate = new Rate();
  readonly #counts = { rows: 0, parsedRows: 0, files: 0, bytes: 0, commits: 0, deadLetters: 0 };
  #state: IngestProgress["state"] = "starting";
  #problem: string | undefined;
  #table: LakeTable | undefined;
  #consumer: GroupConsumer | undefined;
  #ends: ReadonlyMap<string, number> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drained = Promise.withResolvers<void>();
  #lastWriter = 0;
  #lostRecords = 0;
  #ending: Promise<void> | undefined;
  #lastLook: Promise<unknown> = Promise.resolve();

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
    const partitions = [...this.#writers.values()].map((writer) => {
      const { topic, partition, head } = writer;
      const endOffset = this.#consumer?.highWatermark(writer);
      // A cut that held no event moves the position only.
      const done = writer.isClean ? writer.position : head;
      const lag = endOffset === undefined ? undefined : Math.max(0, endOffset - done);
      return { topic, partition, committedOffset: done, endOffset, lag };
    });
    const { rows, files, bytes, commits, deadLetters } = this.#counts;
    return {
      state: this.#state,
      rows,
      rate: this.#state === "running" ? this.#rate.perSecond : 0,
      lag: partitions.reduce((sum, { lag = 0 }) => sum + lag, 0),
      files,
      bytes,
      commits,
      deadLetters,
      lostRecords: this.#lostRecords,
      partitions: partitions.toSorted((a, b) =>
        a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
      ),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
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
    const { source, target, isAvailableNow } = this.#options;
    const metadata = await checkTopics(source, source.topics);
    const { webhdfs, user } = target;
    const storage = await openStorage(target.url, {
      webhdfs: webhdfs === undefined || typeof webhdfs === "string" ? webhdfs : [...webhdfs],
      user,
    });
    this.#table = new LakeTable(storage, target);
    await this.#table.probe();
    await this.#table.schema.refresh();
    if (this.#state !== "starting") return;
    const threads = Math.max(1, Math.min(4, availableParallelism() - 1));
    for (let i = 0; i < threads; i++) this.#workers.push(this.#startWorker());
    // Kafka's client is large: a notebook without ingest doesn't load it.
    const { GroupConsumer } = await import("./source/group-consumer.ts");
    this.#consumer = new GroupConsumer(source, {
      assigned: (partitions) =>
        this.#assigned(partitions).catch((error: unknown) => {
          void this.#end(error);
          throw error;
        }),
      records: (partition, records, next) => this.#records(partition, records, next),
      problem: (error) => this.#noteProblem(error),
      outOfRange: (partition, start, end) => this.#outOfRange(partition, start, end),
    });
    if (isAvailableNow) {
      const partitions = source.topics.flatMap((topic) =>
        metadata.topics.get(topic)!.partitions.map((_, partition) => ({ topic, partition })),
      );
      this.#ends = await this.#consumer.listOffsets(partitions, "latest");
    }
    await this.#consumer.start();
    if (this.#state !== "starting") return;
    this.#state = "running";
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #startWorker(): ParseWorker {
    const byId = (id: number) => [...this.#writers.values()].find((writer) => writer.id === id);
    return new ParseWorker(
      (id, state, addedRows) => {
        const writer = byId(id);
        if (writer && !writer.isClean) writer.state = state;
        this.#counts.parsedRows += addedRows;
        this.#drained.resolve();
        this.#drained = Promise.withResolvers();
      },
      (error) => void this.#end(error),
    );
  }

  /** Partitions are ours: looks up where the table stands in each, and finishes what another writer began. */
  async #assigned(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, number>> {
    const table = this.#table!;
    await Promise.all([...this.#writers.values()].map((writer) => writer.settled()));
    const heads = await this.#attempt(() => this.#takeOver(table, partitions));
    const positions = new Map<string, number>();
    const names = new Set(partitions.map(partitionName));
    for (const [name, writer] of this.#writers) {
      if (names.has(name) && heads.get(name) === writer.head) continue;
      writer.close();
      this.#writers.delete(name);
    }
    for (const partition of partitions) {
      const name = partitionName(partition);
      const writer = this.#writers.get(name) ?? this.#open(partition, heads.get(name)!);
      positions.set(name, writer.position);
    }
    return positions;
  }

  async #takeOver(table: LakeTable, partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    const heads = await table.commits.heads(partitions);
    const committed = await this.#consumer!.committed(partitions);
    const fresh = partitions.filter((each) => !heads.has(partitionName(each)));
    const { startingOffsets } = this.#options.source;
    const starts = await this.#consumer!.listOffsets(fresh, startingOffsets);
    for (const each of fresh) {
      const offset = await table.commits.start(each, starts.get(partitionName(each)) ?? 0);
      heads.set(partitionName(each), { offset });
    }
    const ends = await this.#consumer!.listOffsets(partitions, "latest");
    for (const each of partitions) {
      const name = partitionName(each);
      const { offset, commit } = heads.get(name)!;
      if (offset > (ends.get(name) ?? offset)) throw madeAnew(name, offset, ends.get(name)!);
      if (!commit || (committed.get(name) ?? -1) >= offset) continue;
      await table.commits.moveIn(commit);
      await this.#consumer!.commit(each, offset);
    }
    await table.sweep(heads);
    return new Map([...heads].map(([name, { offset }]) => [name, offset]));
  }

  #open(partition: TopicPartition, head: number): PartitionWriter {
    const id = ++this.#lastWriter;
    const worker = this.#workers[id % this.#workers.length];
    const feed = this.#options.parse[partition.topic];
    const writer = new PartitionWriter(id, partition, head, {
      table: this.#table!,
      worker,
      parse: typeof feed === "function" ? feed : undefined,
      attempt: (step) => this.#attempt(step),
      committed: (each, commit) => this.#committed(each, commit),
    });
    const { partitionBy, maxColumns } = this.#options.target;
    worker.open(id, {
      ...partition,
      feed: typeof feed === "function" ? undefined : feed,
      partitionBy,
      maxColumns,
    });
    this.#writers.set(partitionName(partition), writer);
    return writer;
  }

  async #records(partition: TopicPartition, records: FetchedRecord[], nextOffset: number): Promise<void> {
    this.#writers.get(partitionName(partition))?.add(records, nextOffset);
    while (this.#isFull && this.#state !== "failed" && this.#state !== "stopped") {
      this.#cutDue();
      await Promise.race([this.#drained.promise, new Promise((resolve) => setTimeout(resolve, TICK_MS))]);
    }
  }

  get #isFull(): boolean {
    if (this.#workers.some(({ pendingBytes }) => pendingBytes > MAX_PENDING_BYTES)) return true;
    return this.#heldBytes > MAX_HELD_BYTES;
  }

  get #heldBytes(): number {
    return [...this.#writers.values()].reduce((sum, { state }) => sum + state.heldBytes, 0);
  }

  #tick(): void {
    this.#rate.sample(this.#counts.parsedRows);
    this.#cutDue();
    for (const listener of this.#listeners) listener();
    if (!this.#ends || this.#state !== "running") return;
    const isDone = [...this.#writers.values()].every((writer) => {
      const end = this.#ends!.get(partitionName(writer)) ?? 0;
      if (writer.position >= end && writer.openSince !== undefined) this.#cut(writer);
      return writer.position >= end && writer.isClean;
    });
    if (isDone) void this.#end();
  }

  #cutDue(): void {
    const now = performance.now();
    const open = [...this.#writers.values()].filter((w) => w.openSince !== undefined && !w.isCommitting);
    for (const writer of open) {
      const { rows, heldBytes } = writer.state;
      const isOld = now - writer.openSince! >= this.#options.processingTimeMs;
      if (isOld || rows >= MAX_CUT_ROWS || heldBytes >= MAX_CUT_BYTES) this.#cut(writer);
    }
    if (this.#heldBytes <= MAX_HELD_BYTES) return;
    const [largest] = open.toSorted((a, b) => b.state.heldBytes - a.state.heldBytes);
    if (largest && !largest.isCommitting) this.#cut(largest);
  }

  #cut(writer: PartitionWriter): void {
    if (writer.isCommitting) return;
    writer.cut().catch((error: unknown) => {
      if (error instanceof LostPartitionError) this.#lost(writer);
      else void this.#end(error);
    });
  }

  /** Another writer was faster: forgets what it committed, and goes on after it if the partition is still ours. */
  #lost(writer: PartitionWriter): void {
    const name = partitionName(writer);
    writer.close();
    if (this.#writers.get(name) !== writer) return;
    this.#lastLook = this.#lastLook.then(async () => {
      if (this.#writers.get(name) !== writer || this.#state !== "running") return;
      const heads = await this.#attempt(() => this.#table!.commits.heads([writer]));
      if (this.#writers.get(name) !== writer) return;
      const head = heads.get(name)!.offset;
      this.#open(writer, head);
      this.#consumer!.seek(writer, head);
    });
    this.#lastLook.catch((error: unknown) => this.#end(error));
  }

  #outOfRange(partition: TopicPartition, start: number, end: number): void {
    const name = partitionName(partition);
    const writer = this.#writers.get(name);
    if (!writer) return;
    const { position } = writer;
    if (position > end) {
      void this.#end(madeAnew(name, position, end));
    } else if (this.#options.source.failOnDataLoss) {
      void this.#end(
        new IngestError(
          `Kafka no longer has offset ${position} of ${name}, the next to be read; it begins at ${start} now: ` +
            "records were deleted before they were read.",
          "To go on at the first record there is: kafka({ …, failOnDataLoss: false }).",
        ),
      );
    } else {
      this.#lostRecords += start - position;
      this.#consumer!.seek(partition, start);
    }
  }

  async #committed(partition: TopicPartition, commit: Commit): Promise<void> {
    this.#counts.rows += commit.rows;
    this.#counts.commits++;
    this.#counts.deadLetters += commit.deadLetters;
    const tableFiles = commit.files.filter(({ rows }) => rows > 0);
    this.#counts.files += tableFiles.length;
    this.#counts.bytes += tableFiles.reduce((sum, { bytes }) => sum + bytes, 0);
    // The table's own commit is what counts; this one tells Kafka's tools, and the next one makes up for it.
    await this.#consumer!.commit(partition, commit.nextOffset).catch((error: unknown) =>
      this.#noteProblem(error),
    );
  }

  /** Does a step on the storage; while that can't be reached or is full, waits and does it again. */
  async #attempt<T>(step: () => Promise<T>): Promise<T> {
    const since = performance.now();
    for (;;) {
      try {
        const result = await step();
        return result;
      } catch (error) {
        const isPassing =
          !(error instanceof StorageError) || error.code === "UNREACHABLE" || error.code === "NO_SPACE";
        const mayWait = this.#state === "running" && !this.#ends;
        if (!isPassing || error instanceof IngestError) throw error;
        if (!(error instanceof StorageError) && !isKafkaError(error)) throw error;
        if (!mayWait && performance.now() - since > PATIENCE_MS) throw error;
        this.#noteProblem(error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #noteProblem(error: unknown): void {
    this.#problem = error === undefined ? undefined : rootMessage(error);
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
        await Promise.all([...this.#writers.values()].map((writer) => writer.cut()));
      } catch (late) {
        // A partition that went to another member is that member's to finish.
        if (!(late instanceof LostPartitionError)) failure = late;
      }
    }
    this.#state = failure === undefined ? "stopped" : "failed";
    clearInterval(this.#timer);
    await this.#consumer?.close().catch(() => {});
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    if (failure === undefined) {
      this.#problem = undefined;
      this.#outcome.resolve(this.progress);
    } else {
      this.#problem = failure instanceof Error ? failure.message : String(failure);
      this.#outcome.reject(failure);
    }
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** The offsets of a topic that was deleted and made again begin anew, and those of the table's commits don't. */
function madeAnew(name: string, held: number, end: number): IngestError {
  return new IngestError(
    `The table holds ${name} up to offset ${held}, and in Kafka it ends at ${end}: the topic was made anew.`,
    "Use a topic of another name, or another table.",
  );
}
