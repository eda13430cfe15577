// What the client tells a worker about its stage, and the rows in which blocks of records travel between stages.
import type { StructJson } from "../plan/data-type.ts";
import type { ClosureBundle } from "./closures/bundle.ts";

/**
 * What a row of blocks holds. Rows are (pid, source, seq, kind, blob): the partition the block is for, the partition
 * that wrote it, its place among that partition's blocks, one of these, and the bytes.
 */
export const BlockKind = {
  /** Records, as `encodeRecords` writes them; of a shuffle, their keys and their values. */
  data: 0,
  /** No more from `source` for `pid`; `seq` says how many blocks there were. Without it the partition isn't complete. */
  done: 1,
  /** A line printed by a function, in UTF-8. */
  console: 2,
} as const;

export const blockColumns = ["pid", "source", "seq", "kind", "blob"] as const;

/** A byte range of a text file; lines belong to the range as Hadoop's TextInputFormat shares them out. */
export interface TextSplit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly isGzip: boolean;
}

/** Where a stage's records come from. */
export type StageSource =
  | { readonly kind: "text"; readonly splits: readonly TextSplit[] }
  | { readonly kind: "slices"; readonly slices: readonly Uint8Array[] }
  | { readonly kind: "shuffle"; readonly mapPartitions: number; readonly combine: Combine };

/** How a shuffle joins the values of a key. `reduce` names a function of the bundle. */
export type Combine =
  | { readonly mode: "reduce"; readonly reduce: number }
  | { readonly mode: "group" }
  | { readonly mode: "distinct" };

export type OperationKind =
  | "map"
  | "flatMap"
  | "filter"
  | "mapPartitions"
  | "mapValues"
  | "keyBy"
  | "foreach";

export interface StageOperation {
  readonly kind: OperationKind;
  /** Index of the function among the roots of the bundle. */
  readonly fn: number;
}

/** What becomes of a stage's records. */
export type StageSink =
  | { readonly kind: "collect"; readonly limit?: number }
  | { readonly kind: "count" }
  | { readonly kind: "countByKey" }
  | { readonly kind: "ignore" }
  | { readonly kind: "reduce"; readonly reduce: number }
  | { readonly kind: "shuffle"; readonly partitions: number; readonly combine: Combine }
  | {
      readonly kind: "rows";
      readonly schema: StructJson;
      /** Whether the last column is a double that grows from partition to partition and from row to row. */
      readonly isNumbered?: boolean;
    };

export interface StageSpec {
  readonly closures: ClosureBundle;
  readonly source: StageSource;
  readonly operations: readonly StageOperation[];
  readonly sink: StageSink;
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
  readonly kind: "closure" | "row" | "input" | "crash" | "memory" | "worker-missing" | "node";
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
