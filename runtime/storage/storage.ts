/** One entry of a folder. */
export interface StorageEntry {
  readonly name: string;
  /** In bytes; 0 for a folder. */
  readonly size: number;
  readonly isDirectory: boolean;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/**
 * A folder, local or on HDFS, with what a commit protocol needs of it. Paths are relative to it, "/"-separated; ""
 * is the folder itself. Each method may be repeated after a crash or a lost answer: it either finds its work done or
 * does it, and a request that arrives late changes nothing. The exception is `remove`: don't reuse a removed path.
 * Unfinished writes have names that begin with a dot; `list` leaves them out, and so do Spark and Sail.
 * @throws StorageError from every method, with what to do
 */
export interface Storage {
  /** As it was given: "/data/lake" or "hdfs://127.0.0.1:9000/lake". */
  readonly url: string;
  /**
   * Writes a whole file and makes its parents; one that is there already is replaced. When it resolves the file
   * outlives a crash (local), or is closed with its full length (HDFS); until then nobody sees a part of it.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Like `write`, but only where nothing is: of many writers one gets true, and `false` leaves what was there. After
   * an error, such as UNREACHABLE for minutes, it may be there or not: read it before going on.
   */
  publish(path: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * Moves one file and makes the parents of `to`. Never replaces.
   * @returns true when this call moved it or finished an interrupted move; false when `to` was there already,
   * whether or not `from` still is
   * @throws StorageError NOT_FOUND when there is neither
   */
  rename(from: string, to: string): Promise<boolean>;
  /** The whole file. */
  read(path: string): Promise<Buffer>;
  /** What a folder holds, sorted by name; [] when it is missing. */
  list(path: string): Promise<StorageEntry[]>;
  exists(path: string): Promise<boolean>;
  /** Removes a file or a whole folder; a missing one is no error. */
  remove(path: string): Promise<void>;
}
