// The partitions that the consumer group has given to this job, each with its writer.
import { IngestError } from "./ingest-error.ts";
import { LostPartitionError, PartitionWriter, type WriterContext } from "./partition-writer.ts";
import type { FeedSpec } from "./feeds/feed-spec.ts";
import type { GroupConsumer } from "./source/group-consumer.ts";
import type { KafkaSource } from "./source/kafka.ts";
import type { FetchedRecord } from "./source/record-batch.ts";
import { partitionName, type TopicPartition } from "./source/topic-partition.ts";
import type { ParquetTarget } from "./table/parquet.ts";
import type { CutState, ParseWorker } from "./worker/parse-worker.ts";

/** Memory of open cuts, all together: above it the largest is committed, while others go on. */
const MAX_OPEN_BYTES = 56 << 20;
/** Memory of open cuts and of those that are encoded: above it fetching waits. */
const MAX_HELD_BYTES = 112 << 20;
/** Memory of one partition's open cut. */
const MAX_CUT_BYTES = 48 << 20;
const MAX_CUT_ROWS = 500_000;
/** Bytes on their way to a worker; fetching waits above it. */
const MAX_PENDING_BYTES = 8 << 20;

/** What the writers of a job have in common. */
export interface WritersContext extends Pick<WriterContext, "table" | "attempt" | "committed"> {
  readonly source: KafkaSource;
  readonly parse: Readonly<Record<string, FeedSpec | ((value: Buffer) => unknown)>>;
  readonly target: ParquetTarget;
  readonly workers: readonly ParseWorker[];
  /** How long a record may wait in memory. */
  readonly processingTimeMs: number;
  /** Something went wrong that trying again doesn't mend. */
  fail(error: unknown): void;
}

export class PartitionWriters {
  readonly #context: WritersContext;
  readonly #writers = new Map<string, PartitionWriter>();
  #consumer: GroupConsumer | undefined;
  #lastId = 0;
  #topicIds: ReadonlyMap<string, string> = new Map();
  #lookingUp: Promise<void> = Promise.resolve();

  constructor(context: WritersContext) {
    this.#context = context;
  }

  /** Partitions come from this consumer; it must be told before it starts. */
  set consumer(consumer: GroupConsumer) {
    this.#consumer = consumer;
  }

  [Symbol.iterator](): IterableIterator<PartitionWriter> {
    return this.#writers.values();
  }

  /** Notes what a worker says about a writer's open cut. */
  note(id: number, state: CutState): void {
    [...this].find((each) => each.id === id)?.note(state);
  }

  /**
   * Takes over partitions: looks up where the table stands in each, and finishes what another writer began.
   * @returns the offset to read next in each, by name
   */
  async assign(
    partitions: readonly TopicPartition[],
    topicIds: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, number>> {
    this.#topicIds = topicIds;
    await Promise.all([...this].map((writer) => writer.settled()));
    const heads = await this.#context.attempt(() => this.#takeOver(partitions));
    const names = new Set(partitions.map(partitionName));
    for (const [name, writer] of this.#writers) {
      if (names.has(name) && heads.get(name) === writer.head) continue;
      writer.close();
      this.#writers.delete(name);
    }
    return new Map(
      partitions.map((partition) => {
        const name = partitionName(partition);
        const writer = this.#writers.get(name) ?? this.#open(partition, heads.get(name)!);
        return [name, writer.position];
      }),
    );
  }

  /** Takes records that follow those before. */
  add(partition: TopicPartition, records: FetchedRecord[], nextOffset: number): void {
    this.#writers.get(partitionName(partition))?.add(records, nextOffset);
  }

  /** Whether memory is used up, and records must wait. */
  get isFull(): boolean {
    const isBusy = this.#context.workers.some(({ pendingBytes }) => pendingBytes > MAX_PENDING_BYTES);
    return isBusy || this.#heldBytes > MAX_HELD_BYTES;
  }

  /** Starts to commit what is old or large enough. */
  cutDue(): void {
    const now = performance.now();
    const open = [...this].filter((writer) => writer.openSince !== undefined && !writer.isCommitting);
    for (const writer of open) {
      const { rows, heldBytes } = writer.state;
      const isOld = now - writer.openSince! >= this.#context.processingTimeMs;
      if (isOld || rows >= MAX_CUT_ROWS || heldBytes >= MAX_CUT_BYTES) this.cut(writer);
    }
    const openBytes = open.reduce((sum, { state }) => sum + state.heldBytes, 0);
    if (openBytes <= MAX_OPEN_BYTES && this.#heldBytes <= MAX_HELD_BYTES) return;
    const [largest] = open.toSorted((a, b) => b.state.heldBytes - a.state.heldBytes);
    if (largest) this.cut(largest);
  }

  /** Starts to commit what a writer holds. */
  cut(writer: PartitionWriter): void {
    if (writer.isCommitting) return;
    writer.cut().catch((error: unknown) => {
      if (error instanceof LostPartitionError) this.#lost(writer);
      else this.#context.fail(error);
    });
  }

  /** The topic was deleted and made anew while it was read. */
  replaced(partition: TopicPartition): never {
    const name = partitionName(partition);
    throw madeAnew(name, this.#writers.get(name)?.head ?? 0);
  }

  /** Commits everything that was taken. A partition that went to another member is that member's to finish. */
  async cutAll(): Promise<void> {
    const outcomes = await Promise.allSettled([...this].map((writer) => writer.cut()));
    for (const outcome of outcomes) {
      if (outcome.status === "rejected" && !(outcome.reason instanceof LostPartitionError))
        throw outcome.reason;
    }
  }

  /** The offset to be read next isn't in Kafka any more. Returns how many records are passed over. */
  passOver(partition: TopicPartition, start: number, end: number): number {
    const name = partitionName(partition);
    const writer = this.#writers.get(name);
    if (!writer) return 0;
    const { position } = writer;
    if (position > end) throw madeAnew(name, position);
    if (this.#context.source.failOnDataLoss) {
      throw new IngestError(
        `Kafka no longer has offset ${position} of ${name}, the next to be read; it begins at ${start} now: ` +
          "records were deleted before they were read.",
        "To go on at the first record there is: kafka({ …, failOnDataLoss: false }).",
      );
    }
    // Where nothing is left to be read, no record will move it.
    writer.add([], start);
    this.#consumer!.seek(partition, start);
    return start - position;
  }

  get #heldBytes(): number {
    return [...this].reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  async #takeOver(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    const { table, source } = this.#context;
    const consumer = this.#consumer!;
    const heads = await table.commits.heads(partitions);
    const fresh = partitions.filter((each) => !heads.has(partitionName(each)));
    const starts = await consumer.listOffsets(fresh, source.startingOffsets);
    const begun = fresh.map(async (each) => {
      const head = { offset: starts.get(partitionName(each)) ?? 0, topicId: this.#topicIds.get(each.topic) };
      heads.set(partitionName(each), await table.commits.start(each, head));
    });
    await Promise.all(begun);
    const [ends, committed] = await Promise.all([
      consumer.listOffsets(partitions, "latest"),
      consumer.committed(partitions),
    ]);
    for (const each of partitions) {
      const name = partitionName(each);
      const { offset, topicId } = heads.get(name)!;
      const isOther = topicId !== undefined && topicId !== this.#topicIds.get(each.topic);
      if (isOther || offset > (ends.get(name) ?? offset)) throw madeAnew(name, offset);
    }
    await table.recover(heads);
    for (const each of partitions) {
      const { offset } = heads.get(partitionName(each))!;
      if ((committed.get(partitionName(each)) ?? 0) < offset) await consumer.commit(each, offset);
    }
    return new Map([...heads].map(([name, { offset }]) => [name, offset]));
  }

  #open(partition: TopicPartition, head: number): PartitionWriter {
    const { workers, parse, target, table, attempt, committed } = this.#context;
    const id = ++this.#lastId;
    const worker = workers[id % workers.length];
    const feed = parse[partition.topic];
    const isFunction = typeof feed === "function";
    const topicId = this.#topicIds.get(partition.topic);
    const own = { topicId, table, worker, attempt, committed, parse: isFunction ? feed : undefined };
    const writer = new PartitionWriter(id, partition, head, own);
    const { partitionBy, maxColumns } = target;
    worker.open(id, { ...partition, feed: isFunction ? undefined : feed, partitionBy, maxColumns });
    this.#writers.set(partitionName(partition), writer);
    return writer;
  }

  /** Another writer was faster: forgets what it committed, and goes on after it if the partition is still ours. */
  #lost(writer: PartitionWriter): void {
    const name = partitionName(writer);
    const isOurs = () => this.#writers.get(name) === writer;
    writer.close();
    this.#lookingUp = this.#lookingUp
      .then(async () => {
        if (!isOurs()) return;
        const { table } = this.#context;
        const heads = await this.#context.attempt(async () => {
          const found = await table.commits.heads([writer]);
          // It may have died before the files were moved in, and our next commit would hide that.
          await table.recover(found);
          return found;
        });
        if (!isOurs()) return;
        const { offset } = heads.get(name)!;
        this.#open(writer, offset);
        this.#consumer!.seek(writer, offset);
      })
      .catch((error: unknown) => this.#context.fail(error));
  }
}

/** The offsets of a topic that was deleted and made again begin anew, and those of the table's commits don't. */
function madeAnew(name: string, held: number): IngestError {
  return new IngestError(
    `The table holds ${name} up to offset ${held} of another topic of that name: it was deleted in Kafka and made anew.`,
    "Use a topic of another name, or another table.",
  );
}
