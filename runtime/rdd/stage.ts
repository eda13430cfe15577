// What the client tells a worker about its stage, and the rows in which blocks of records travel between stages.
import type { StructJson } from "../plan/data-type.ts";
import type { ClosureBundle } from "./closures/bundle.ts";
import type { FileParts } from "./files/file-source.ts";

/**
 * What a row of blocks holds. Rows are (pid, source, seq, kind, blob): the partition the block is for, the partition
 * that wrote it, its place among that partition's blocks, one of these, and the bytes.
 */
export const BlockKind = {
  /** Records, as `encodeRecords` writes them; of a shuffle a segment with its header (`shuffle/block-inbox.ts`). */
  data: 0,
  /** No more from `source` for `pid`; `seq` says how many blocks there were. Without it the partition isn't complete. */
  done: 1,
  /** A line printed by a function, in UTF-8. */
  console: 2,
  /** What accumulators were given in a partition. */
  accumulator: 3,
} as const;

/**
 * Shuffles of a job count from 0, blocks that an engine keeps from here on. What functions print and add while they are
 * made has this id for its partition, so that a job that reads them again can tell.
 */
export const firstKeptId = 1 << 24;

export const blockColumns = ["pid", "source", "seq", "kind", "blob"] as const;

/** How the records of a partition come about: a tree whose leaves are what is read. */
export type StageNode =
  | { readonly kind: "files"; readonly files: FileParts }
  | { readonly kind: "slices"; readonly slices: readonly Uint8Array[] }
  /** Slices that are too large for a plan: a file of the session, and where each of them lies in it. */
  | { readonly kind: "slice-file"; readonly path: string; readonly ends: readonly number[] }
  | {
      readonly kind: "range";
      readonly start: number;
      readonly step: number;
      readonly size: number;
      readonly partitions: number;
    }
  | {
      readonly kind: "operations";
      readonly input: StageNode;
      readonly operations: readonly StageOperation[];
    }
  | {
      readonly kind: "union";
      readonly inputs: readonly { readonly node: StageNode; readonly partitions: number }[];
    }
  | { readonly kind: "zip"; readonly left: StageNode; readonly right: StageNode }
  | {
      readonly kind: "cartesian";
      readonly left: StageNode;
      readonly right: StageNode;
      readonly rightPartitions: number;
    }
  | { readonly kind: "coalesce"; readonly input: StageNode; readonly groups: readonly (readonly number[])[] }
  /** Partitions that are kept in files. Without `input` all of them are there; with it, what isn't is made and kept. */
  | { readonly kind: "kept"; readonly folder: string; readonly input: StageNode | undefined }
  /** What the map stages of these shuffles wrote for the partition. */
  | {
      readonly kind: "shuffled";
      readonly shuffles: readonly ShuffleInput[];
      readonly reduce: ReduceSide;
    }
  /** As if shuffled, where records of a key lie in one partition already. */
  | {
      readonly kind: "regrouped";
      readonly input: StageNode;
      readonly write: MapOutput;
      readonly reduce: ReduceSide;
    };

export interface ShuffleInput {
  /** Unique in the job. */
  readonly id: number;
  readonly mapPartitions: number;
  /** Where map tasks left their files; "" where blocks come with the stage's input. */
  readonly folder: string;
}

/** Functions and values are named by their place among the roots of the bundle. */
export interface Combiner {
  /** Makes a combined value of the first one; without it, the value itself. */
  readonly create?: number;
  /** The value that `mergeValue` starts at, where there is no `create`. */
  readonly zero?: number;
  readonly mergeValue: number;
  readonly mergeCombiners: number;
}

/** How the reduce side of a shuffle makes records of what it reads. */
export type ReduceSide =
  | { readonly mode: "records" | "pairs" | "distinct" | "group" }
  | { readonly mode: "combine"; readonly combiner: Combiner }
  | { readonly mode: "cogroup"; readonly dependencies: number }
  | { readonly mode: "sort"; readonly order: SortOrder };

export interface SortOrder {
  readonly isAscending: boolean;
  /** The function of a key by which it is compared. */
  readonly keyFunction?: number;
}

/** Which partition a record goes to. */
export type Placement =
  | { readonly kind: "hash" }
  /** The user's function of the key. */
  | { readonly kind: "function"; readonly fn: number }
  /** By bounds between the partitions, which keep an order. */
  | { readonly kind: "range"; readonly bounds: Uint8Array; readonly order: SortOrder }
  /** Evenly, as Spark's repartition does. */
  | { readonly kind: "spread" }
  /** Where it is. */
  | { readonly kind: "same" };

/** How a map stage writes for a shuffle. */
export interface MapOutput {
  readonly partitions: number;
  readonly placement: Placement;
  /** Whether records are [key, value]; `distinct` makes its records the keys. */
  readonly record: "pair" | "any" | "distinct";
  /** Joins values of a key before they are written. */
  readonly combiner?: Combiner;
  /** Whether the next stage brings equal keys together. */
  readonly isGrouped: boolean;
  /** The user's method, for messages. */
  readonly method: string;
}

/** Operations with a function of one record. */
export type RecordOperation =
  | "map"
  | "flatMap"
  | "filter"
  | "mapValues"
  | "flatMapValues"
  | "keyBy"
  | "keys"
  | "values"
  | "foreach"
  | "joined"
  | "paired"
  | "ofKey";

export interface StageOperation {
  /** A {@link RecordOperation}, `mapPartitions…`, or a name of worker/partition-operations. */
  readonly name: string;
  /** The user's method, for messages. */
  readonly method: string;
  /** Indexes of functions among the roots of the bundle. */
  readonly functions: readonly number[];
  readonly args?: unknown;
}

/** What becomes of a stage's records. */
export type StageSink =
  | { readonly kind: "collect"; readonly limit?: number }
  | { readonly kind: "count" }
  | { readonly kind: "ignore" }
  | {
      readonly kind: "shuffle";
      readonly id: number;
      readonly output: MapOutput;
      /** Where this task's file goes; "" where blocks go with the stage's rows. */
      readonly folder: string;
      /** Which partitions of the next stage read a partition of the shuffle; default: the one of its number. */
      readonly routes?: readonly (readonly number[])[];
      /** Added to the number of a partition, where one stage reads of several. */
      readonly firstSource: number;
    }
  | {
      readonly kind: "rows";
      readonly schema: StructJson;
      /** Whether the last column is a double that grows from partition to partition and from row to row. */
      readonly isNumbered?: boolean;
      /** Whether a record is the value of the only column, not a row. */
      readonly isSingle?: boolean;
    };

export interface StageSpec {
  readonly closures: ClosureBundle;
  readonly node: StageNode;
  readonly sink: StageSink;
  /** Whether blocks of other stages come with the input; else it has the numbers of the partitions to compute. */
  readonly readsBlocks: boolean;
  /** A folder for what doesn't fit in memory; "" for the system's. */
  readonly scratchFolder: string;
  /**
   * Of a DataFrame, whose rows are the user's alone: the file that takes what functions print, "" where the client
   * couldn't see it. Undefined: it goes with the blocks.
   */
  readonly consoleFile: string | undefined;
}

/** The `cause` of an error that a function threw. */
export interface ThrownCause {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ThrownCause;
}

/** What went wrong on an executor, as it travels inside the engine's error message. */
export interface ExecutorFailure {
  readonly kind:
    | "closure"
    | "row"
    | "input"
    | "output"
    | "missing"
    | "crash"
    | "memory"
    | "worker-missing"
    | "node";
  /** `name` and `message` of what the user's function threw. */
  readonly name?: string;
  readonly message: string;
  /** Frames of the user's code, one a line. */
  readonly stack?: string;
  readonly cause?: ThrownCause;
  /** The record that the stage was working on, or the arguments of the function, cut. */
  readonly record?: string;
  /** Of a function over columns, its name. */
  readonly function?: string;
  /** Where it failed, as "at row 3 of a batch"; of a stage `partition` says it. */
  readonly place?: string;
  readonly partition?: number;
}
