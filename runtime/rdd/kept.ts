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
  /** What the user last asked for. */
  wanted = StorageLevel.NONE;
  /** What jobs see, which release in their order: NONE where nothing is kept. */
  level = StorageLevel.NONE;
  isCheckpoint = false;
  /** The engine's relation of blocks, where it keeps them, and how many partitions they have. */
  blocks: PlannedRows | undefined;
  #folder: string;
  #isWhole = false;
  #partitions: number | undefined;

  constructor(sessionFolder: string) {
    this.#folder = join(sessionFolder, `kept-${randomUUID()}`);
    collected.register(this, this.#folder);
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

  /** Gives the place back. Jobs that read the files now compute what they miss. */
  async release(client: ConnectClient): Promise<void> {
    this.level = this.wanted;
    this.#isWhole = false;
    const { blocks } = this;
    this.blocks = undefined;
    if (blocks)
      await client.analyze({ case: "unpersist", value: { relation: blocks.relation, blocking: false } });
    await rm(this.#folder, { recursive: true, force: true });
  }

  describe(): string {
    return this.isCheckpoint ? "checkpoint" : this.isActive ? "persisted" : "not persisted";
  }
}
