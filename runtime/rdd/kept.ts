import type { ConnectClient } from "../connect/client.ts";
import { StorageLevel } from "../sql/storage-level.ts";
import { KeptPartitions } from "./kept-partitions.ts";

/** How the partitions of a persisted RDD are kept: in files of the session, or, on another machine's engine, by it. */
export class Kept {
  /** NONE where nothing is kept. */
  level = StorageLevel.NONE;
  isCheckpoint = false;
  isLocalCheckpoint = false;
  readonly #sessionFolder: string;
  #partitions: KeptPartitions;

  constructor(sessionFolder: string) {
    this.#sessionFolder = sessionFolder;
    this.#partitions = new KeptPartitions(sessionFolder);
  }

  get isActive(): boolean {
    return this.isCheckpoint || this.level !== StorageLevel.NONE;
  }

  /** Those that are kept now. */
  get partitions(): KeptPartitions {
    return this.#partitions;
  }

  /** Whether what they are computed of isn't needed. */
  get isEnough(): boolean {
    return this.isActive && this.#partitions.wasWhole;
  }

  /**
   * Forgets at once what isn't a checkpoint, so that it can be kept anew. Jobs that were called before, and count on it,
   * are begun anew.
   * @returns what gives the place back
   */
  release(): (client: ConnectClient) => Promise<void> {
    this.level = StorageLevel.NONE;
    if (this.isCheckpoint) return async () => {};
    const old = this.#partitions;
    this.#partitions = new KeptPartitions(this.#sessionFolder);
    return (client) => old.remove(client);
  }

  describe(): string {
    return this.isCheckpoint ? "checkpoint" : this.isActive ? "persisted" : "not persisted";
  }
}
