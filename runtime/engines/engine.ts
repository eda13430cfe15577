import type { Endpoint } from "../connect/endpoint.ts";

/** What runs the jobs: the embedded engine, Spark on this machine, or a server somewhere else. */
export interface Engine {
  readonly name: "sail" | "spark" | "remote";
  /** How people call it, for messages. */
  readonly title: string;
  /** Spark's master, where this process chose it: "local[*]". */
  readonly master?: string;
  /** Whether its workers run on this machine and see its files. */
  readonly isLocal: boolean;
  /** Settings that every session on it starts with, unless it says otherwise. */
  readonly settings?: ReadonlyMap<string, string>;
  /** Settings that its process was started with, which no session can change: `spark.jars`. */
  readonly startSettings?: ReadonlyMap<string, string>;
  /** Rises by one each time its process starts; what a session kept on the server is gone then. */
  readonly generation: number;
  /** Whether its process has ended, as far as we know. */
  readonly isGone: boolean;
  /** Starts it if it doesn't run, and tells where it listens. */
  endpoint(): Promise<Endpoint>;
  /** The Python version that its workers want to see on functions sent to them, such as "3.11"; "" for any. */
  pythonVersion(): Promise<string>;
  /**
   * How its process ended, in words, when a connection to it was lost. The loss is seen before the end is: waits for
   * that a moment. Undefined when it still runs, or isn't ours.
   */
  exitOf(generation: number): Promise<string | undefined>;
  /**
   * Called after an operation was interrupted: resolves when the engine is ready for the next one.
   * @param isIdle whether nothing else runs on it that somebody waits for
   */
  settle?(isIdle: () => boolean): Promise<void>;
  /** Ends its process; the next {@link endpoint} starts a new one. */
  stop(): Promise<void>;
}
