import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import type { PlannedRows } from "./job-plan.ts";
import { forgetNews } from "./kept-asides.ts";

const collected = new FinalizationRegistry<string>((folder) =>
  rmSync(folder, { recursive: true, force: true }),
);

/** The partitions of an RDD from one `persist()` to the next `unpersist()`. Their files go with this object at the latest. */
export class KeptPartitions {
  /** Where the files lie, `0` and up, one a partition. */
  readonly folder: string;
  /** The engine's relation of blocks, where it keeps them, and how many partitions they have. */
  blocks: PlannedRows | undefined;
  /** Whether a DataFrame reads them: its plan stays as it is, so they stay as long as it does. */
  isOfDataFrame = false;
  #isWhole = false;
  #partitions: number | undefined;

  constructor(sessionFolder: string) {
    this.folder = join(sessionFolder, `kept-${randomUUID()}`);
    collected.register(this, this.folder);
  }

  /** Whether all of so many partitions are there. */
  isWhole(partitions: number): boolean {
    this.#partitions = partitions;
    this.#isWhole = true;
    for (let index = 0; index < partitions && this.#isWhole; index++)
      this.#isWhole = existsSync(join(this.folder, String(index)));
    return this.#isWhole;
  }

  /** Whether a job has seen all of them there, and none since that some are lost. */
  get wasWhole(): boolean {
    return this.#isWhole || this.blocks !== undefined;
  }

  /** Whether all of them are there now, as far as a job has asked for them. */
  get isWritten(): boolean {
    return this.blocks !== undefined || (this.#partitions !== undefined && this.isWhole(this.#partitions));
  }

  /** Gives the place back, when nobody reads them any more. */
  async remove(client: ConnectClient): Promise<void> {
    if (this.blocks) {
      const { id, relation } = this.blocks;
      await client.analyze({ case: "unpersist", value: { relation, blocking: false } });
      forgetNews(id);
    }
    if (!this.isOfDataFrame) await rm(this.folder, { recursive: true, force: true });
  }
}
