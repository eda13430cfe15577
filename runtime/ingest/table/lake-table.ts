import { randomUUID } from "node:crypto";
import type { Storage } from "../../storage/storage.ts";
import { partitionPath } from "../columns/partition-path.ts";
import { partitionName, type TopicPartition } from "../source/topic-partition.ts";
import type { FinishedCut } from "../worker/messages.ts";
import { type Commit, CommitLog, type CommittedFile, type Head, offsetName } from "./commit-log.ts";
import { SchemaLog } from "./schema-log.ts";

const STAGING = "_staging";
const DEAD_LETTERS = "_dead_letters";

/** A cut whose files lie in the staging folder, invisible to readers. */
export interface StagedCut {
  readonly commit: Commit;
  readonly folder: string;
}

/** A table of Parquet files, its schema and its commits, in one folder of a storage. */
export class LakeTable {
  readonly storage: Storage;
  readonly commits: CommitLog;
  readonly schema: SchemaLog;

  constructor(storage: Storage, options: { partitionBy: readonly string[]; maxColumns: number }) {
    this.storage = storage;
    this.commits = new CommitLog(storage);
    this.schema = new SchemaLog(storage, options);
  }

  /** Finds out whether the folder can be written, before a record is read. */
  async probe(): Promise<void> {
    const path = `${STAGING}/probe-${randomUUID()}`;
    await this.storage.write(path, new Uint8Array(0));
    await this.storage.remove(path);
  }

  /** Writes the files of a cut beside the table. */
  async stage(
    cut: TopicPartition & { topicId?: string; firstOffset: number; nextOffset: number },
    finished: FinishedCut,
    schemaVersion: number,
  ): Promise<StagedCut> {
    const id = randomUUID();
    const name = `${partitionName(cut)}-${offsetName(cut.firstOffset)}`;
    const folder = `${STAGING}/${stagingName({ ...cut, id })}`;
    const files: CommittedFile[] = [];
    for (const [index, { partition, rowCount, bytes }] of finished.files.entries()) {
      const inTable = partitionPath(partition);
      const file = `part-${name}-${id.slice(0, 8)}.zstd.parquet`;
      const staged = `${folder}/${index}`;
      await this.storage.write(staged, bytes);
      files.push({
        staged,
        path: inTable ? `${inTable}/${file}` : file,
        rows: rowCount,
        bytes: bytes.length,
      });
    }
    if (finished.deadLetters) {
      const { bytes } = finished.deadLetters;
      const staged = `${folder}/dead-letters`;
      await this.storage.write(staged, bytes);
      files.push({ staged, path: `${DEAD_LETTERS}/${name}.ndjson`, rows: 0, bytes: bytes.length });
    }
    const commit: Commit = {
      topic: cut.topic,
      partition: cut.partition,
      topicId: cut.topicId,
      id,
      firstOffset: cut.firstOffset,
      nextOffset: cut.nextOffset,
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
      files,
      deadLetters: finished.deadLetters?.count ?? 0,
      schemaVersion,
      committedAt: new Date().toISOString(),
    };
    return { commit, folder };
  }

  /** Removes what is left of a cut in the staging folder. */
  async unstage({ folder }: Pick<StagedCut, "folder">): Promise<void> {
    await this.storage.remove(folder);
  }

  /**
   * Finishes what writers that died have begun: moves the files of a partition's last commit in, if its staging folder is
   * still there, and removes what else they left. A cut is only removed when another has taken its place: one that may
   * still be published keeps its files.
   */
  async recover(heads: ReadonlyMap<string, Head>): Promise<void> {
    const staged = new Set((await this.storage.list(STAGING)).map(({ name }) => name));
    for (const { commit } of heads.values()) {
      if (commit && staged.has(stagingName(commit))) await this.commits.moveIn(commit);
    }
    for (const name of staged) {
      const match = /^(.+-\d+)-(\d{20})-[\da-f-]{36}$/.exec(name);
      const head = match && heads.get(match[1]);
      if (head && Number(match[2]) < head.offset) await this.storage.remove(`${STAGING}/${name}`);
    }
  }
}

function stagingName(cut: TopicPartition & { firstOffset: number; id: string }): string {
  return `${partitionName(cut)}-${offsetName(cut.firstOffset)}-${cut.id}`;
}
