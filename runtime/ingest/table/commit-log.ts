// The table's commits: what makes each record of Kafka land in the table once, whoever dies when.
import type { Storage } from "../../storage/storage.ts";
import { IngestError } from "../ingest-error.ts";
import { partitionName, type TopicPartition } from "../source/topic-partition.ts";

const FOLDER = "_commits";
/** As wide as the names of Kafka's own log segments. */
const OFFSET_DIGITS = 20;

/** A file of a commit: where it was written, and where it belongs. */
export interface CommittedFile {
  readonly staged: string;
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** One commit of one partition: all records from `firstOffset` up to `nextOffset`. */
export interface Commit extends TopicPartition {
  /** Kafka's own id of the topic: one that is deleted and made again has another. */
  readonly topicId?: string;
  /** Distinguishes writers that reached for the same place. */
  readonly id: string;
  /** Where the cut began: the `nextOffset` of the commit before. */
  readonly firstOffset: number;
  readonly nextOffset: number;
  readonly rows: number;
  readonly files: readonly CommittedFile[];
  /** How many records could not be parsed; their file is among `files`. */
  readonly deadLetters: number;
  readonly schemaVersion: number;
  /** When, as an ISO timestamp. */
  readonly committedAt: string;
}

/** The last commit of a partition: where its next one begins. */
export interface Head {
  readonly offset: number;
  readonly topicId?: string;
  readonly commit?: Commit;
}

/**
 * The commits of a table, one file each, `_commits/<topic>-<partition>-<firstOffset>.json`. A commit's name says where
 * it begins, and a file is only ever made where none is; of two writers that have read the same records one loses.
 */
export class CommitLog {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The last commits of these partitions, by name; a partition without one is left out. */
  async heads(partitions: readonly TopicPartition[]): Promise<Map<string, Head>> {
    const last = new Map<string, string>();
    for (const { name } of await this.#storage.list(FOLDER)) {
      const match = /^(.+-\d+)-(start|\d{20})\.json$/.exec(name);
      if (!match) continue;
      const [, partition, offset] = match;
      const known = last.get(partition);
      // "start" is above every digit in a sort, and below every commit here.
      if (!known || known === "start" || (offset !== "start" && offset > known)) last.set(partition, offset);
    }
    const heads = new Map<string, Head>();
    for (const each of partitions) {
      const offset = last.get(partitionName(each));
      if (offset === undefined) continue;
      const path = `${FOLDER}/${partitionName(each)}-${offset}.json`;
      const record = await this.#read(path);
      const next = offset === "start" ? (record as { offset: number }).offset : (record as Commit).nextOffset;
      if (!Number.isSafeInteger(next)) throw unreadable(this.#storage, path);
      heads.set(partitionName(each), {
        offset: next,
        topicId: (record as Commit).topicId,
        commit: offset === "start" ? undefined : (record as Commit),
      });
    }
    return heads;
  }

  /**
   * Says where a partition without commits begins, once and for all its writers.
   * @returns what holds: another writer's, where one was faster
   */
  async start(partition: TopicPartition, head: Head): Promise<Head> {
    const path = `${FOLDER}/${partitionName(partition)}-start.json`;
    const { topic, partition: number } = partition;
    if (await this.#storage.publish(path, encode({ topic, partition: number, ...head }))) return head;
    const { offset, topicId } = (await this.#read(path)) as Head;
    if (!Number.isSafeInteger(offset)) throw unreadable(this.#storage, path);
    return { offset, topicId };
  }

  /** @returns false when another writer has committed from the same offset: this one must stop */
  async publish(commit: Commit): Promise<boolean> {
    const path = this.#pathOf(commit);
    if (await this.#storage.publish(path, encode(commit))) return true;
    // It may be ours, by an earlier try whose answer was lost.
    return ((await this.#read(path)) as Commit).id === commit.id;
  }

  /** Moves a commit's files to where they belong; those that are there already stay. */
  async moveIn(commit: Commit): Promise<void> {
    for (const { staged, path } of commit.files) await this.#storage.rename(staged, path);
  }

  #pathOf(cut: TopicPartition & { firstOffset: number }): string {
    return `${FOLDER}/${partitionName(cut)}-${offsetName(cut.firstOffset)}.json`;
  }

  async #read(path: string): Promise<unknown> {
    const bytes = await this.#storage.read(path);
    try {
      return JSON.parse(bytes.toString("utf8"));
    } catch (error) {
      throw unreadable(this.#storage, path, error);
    }
  }
}

/** An offset as it is in names of files: they sort as the offsets do. */
export function offsetName(offset: number): string {
  return String(offset).padStart(OFFSET_DIGITS, "0");
}

function encode(record: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

function unreadable(storage: Storage, path: string, cause?: unknown): IngestError {
  return new IngestError(
    `The commit ${storage.url}/${path} is not one that can be read.`,
    "Put it back from a copy: without it nobody knows which records the table holds.",
    { cause },
  );
}
