import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import type { PlannedRows } from "./job-plan.ts";
import { StorageLevel } from "../sql/storage-level.ts";

const collected = new FinalizationRegistry<string>((folder) =>
  rmSync(folder, { recursive: true, force: true }),
);

/** How the partitions of a persisted RDD are kept: in files of the session, or, on another machine's engine, by it. */
export class Kept {
  /** NONE where nothing is kept. */
  level = StorageLevel.NONE;
  isCheckpoint = false;
  isLocalCheckpoint = false;
  /** The engine's relation of blocks, where it keeps them, and how many partitions they have. */
  blocks: PlannedRows | undefined;
  readonly #sessionFolder: string;
  #folder: string;
  #isWhole = false;
  #partitions: number | undefined;

  constructor(sessionFolder: string) {
    this.#sessionFolder = sessionFolder;
    this.#folder = this.#place();
  }

  get isActive(): boolean {
    return this.isCheckpoint || this.level !== StorageLevel.NONE;
  }

  /** Where the files lie, `0` and up, one a partition. */
  get folder(): string {
    return this.#folder;
  }

  /** Whether all of so many partitions are there. */
  isWhole(partitions: number): boolean {
    this.#partitions = partitions;
    for (let index = 0; index < partitions; index++)
      if (!existsSync(join(this.#folder, String(index)))) return false;
    return (this.#isWhole = true);
  }

  /** Whether a job has seen all of them there. */
  get wasWhole(): boolean {
    return this.#isWhole || this.blocks !== undefined;
  }

  /** Whether all of them are there now, as far as a job has asked for them. */
  get isWritten(): boolean {
    return this.wasWhole || (this.#partitions !== undefined && this.isWhole(this.#partitions));
  }

  /**
   * Forgets at once what isn't a checkpoint, so that it can be kept anew. Jobs that were called before, and count on it,
   * are begun anew.
   * @returns what gives the place back
   */
  release(): (client: ConnectClient) => Promise<void> {
    const { blocks } = this;
    const folder = this.#folder;
    this.level = StorageLevel.NONE;
    if (this.isCheckpoint) return async () => {};
    this.#isWhole = false;
    this.blocks = undefined;
    this.#folder = this.#place();
    return async (client) => {
      if (blocks)
        await client.analyze({ case: "unpersist", value: { relation: blocks.relation, blocking: false } });
      await rm(folder, { recursive: true, force: true });
    };
  }

  /** A folder that goes with this object. */
  #place(): string {
    const folder = join(this.#sessionFolder, `kept-${randomUUID()}`);
    collected.register(this, folder);
    return folder;
  }

  describe(): string {
    return this.isCheckpoint ? "checkpoint" : this.isActive ? "persisted" : "not persisted";
  }
}
