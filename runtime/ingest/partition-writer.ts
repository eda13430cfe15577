import { parseRecords } from "./parse-records.ts";
import { packRecords, type FetchedRecord } from "./source/record-batch.ts";
import type { TopicPartition } from "./source/topic-partition.ts";
import type { LakeTable } from "./table/lake-table.ts";
import type { CutState, ParseWorker } from "./worker/parse-worker.ts";
import type { Commit } from "./table/commit-log.ts";

/** What a {@link PartitionWriter} needs of the job it belongs to. */
export interface WriterContext {
  /** Kafka's own id of the topic. */
  readonly topicId: string | undefined;
  readonly table: LakeTable;
  readonly worker: ParseWorker;
  /** Makes JSON of a record's value, where the user gave a function for it. */
  readonly parse?: (value: Buffer) => unknown;
  /** Does a step on the storage, again and again while it can't be reached. */
  attempt<T>(step: () => Promise<T>): Promise<T>;
  /** A commit has been published and moved in. */
  committed(partition: TopicPartition, commit: Commit): Promise<void>;
}

/**
 * One partition on its way into the table: takes records in their order, and turns what came since the last cut into
 * one commit. Another writer of the same partition shows itself by a commit at this one's place; then this one is lost.
 */
export class PartitionWriter implements TopicPartition {
  readonly topic: string;
  readonly partition: number;
  readonly id: number;
  readonly #context: WriterContext;
  #head: number;
  #posted: number;
  #state = emptyCut(0);
  #closingBytes = 0;
  #openSince: number | undefined;
  #commit: Promise<void> | undefined;
  #isClosed = false;

  /** @param head where the table's last commit of this partition ends */
  constructor(id: number, { topic, partition }: TopicPartition, head: number, context: WriterContext) {
    this.id = id;
    this.topic = topic;
    this.partition = partition;
    this.#context = context;
    this.#head = head;
    this.#posted = head;
  }

  /** Up to where the table holds this partition. */
  get head(): number {
    return this.#head;
  }

  /** Up to where records were taken. */
  get position(): number {
    return this.#posted;
  }

  /** The open cut. */
  get state(): CutState {
    return this.#state;
  }

  /** Notes what the worker says of a cut; of one that was closed meanwhile it says nothing new. */
  note(state: CutState): void {
    if (state.cut === this.#state.cut) this.#state = state;
  }

  /** Memory of the open cut, and of the one before while it is encoded. */
  get heldBytes(): number {
    return this.#state.heldBytes + this.#closingBytes;
  }

  /** When the first record came that is in no cut yet, on the clock of `performance.now()`. */
  get openSince(): number | undefined {
    return this.#openSince;
  }

  get isCommitting(): boolean {
    return this.#commit !== undefined;
  }

  /** Whether every record that was taken is in the table. */
  get isClean(): boolean {
    return this.#openSince === undefined && this.#commit === undefined;
  }

  /** Takes records that follow those before. */
  add(records: FetchedRecord[], nextOffset: number): void {
    if (this.#isClosed) return;
    if (records.length > 0) {
      const { parse, worker } = this.#context;
      const batch = packRecords(records);
      worker.add(this.id, batch, parse && parseRecords(records, parse));
      this.#openSince ??= performance.now();
    }
    this.#posted = nextOffset;
  }

  /**
   * Commits everything taken so far; cuts of one partition are committed one after another.
   * @throws LostPartitionError when another writer has committed from where this one did
   */
  async cut(): Promise<void> {
    while (this.#commit) await this.#commit;
    if (this.#isClosed || this.#openSince === undefined) return;
    this.#openSince = undefined;
    this.#closingBytes = this.#state.heldBytes;
    this.#state = emptyCut(this.#state.cut + 1);
    this.#commit = this.#cut(this.#posted)
      .catch((error: unknown) => {
        // Given up meanwhile: what it held is someone else's.
        throw this.#isClosed ? new LostPartitionError(this) : error;
      })
      .finally(() => {
        this.#closingBytes = 0;
        this.#commit = undefined;
      });
    await this.#commit;
  }

  /** Resolves when no commit is under way any more, however it ended. */
  async settled(): Promise<void> {
    await this.#commit?.catch(() => {});
  }

  /** Forgets what isn't committed. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#openSince = undefined;
    this.#context.worker.close(this.id);
  }

  async #cut(nextOffset: number): Promise<void> {
    const { table, worker, attempt } = this.#context;
    const fields = await worker.cut(this.id);
    const schema = await attempt(() => table.schema.agree(fields));
    const finished = await worker.finish(this.id, schema);
    this.#closingBytes = 0;
    if (finished.files.length === 0 && !finished.deadLetters) return;
    const { topicId } = this.#context;
    const cut = {
      topic: this.topic,
      partition: this.partition,
      topicId,
      firstOffset: this.#head,
      nextOffset,
    };
    const staged = await attempt(() => table.stage(cut, finished, schema.version));
    if (!(await attempt(() => table.commits.publish(staged.commit)))) {
      await table.unstage(staged).catch(() => {});
      throw new LostPartitionError(this);
    }
    await attempt(() => table.commits.moveIn(staged.commit));
    this.#head = nextOffset;
    const { committed } = this.#context;
    await Promise.all([attempt(() => table.unstage(staged)), committed(this, staged.commit)]);
  }
}

/** Another writer has committed the records that this one holds: its partition has gone to someone else. */
export class LostPartitionError extends Error {
  override readonly name = "LostPartitionError";

  constructor({ topic, partition, head }: PartitionWriter) {
    super(`Another writer has committed ${topic}-${partition} from offset ${head}.`);
  }
}

function emptyCut(cut: number): CutState {
  return { cut, rows: 0, heldBytes: 0 };
}
