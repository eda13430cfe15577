import type { ConnectClient } from "../connect/client.ts";
import type { FileSource } from "./files/file-source.ts";
import type { Kept } from "./kept.ts";

/** A function of the user's, with the method it was given to. */
export interface UserFunction {
  readonly method: string;
  readonly fn: (...args: never[]) => unknown;
}

/** A value of the user's that travels as what functions capture does: the zero of `aggregateByKey`. */
export interface UserValue {
  readonly method: string;
  readonly value: unknown;
}

/** What operations need to know of other RDDs before they can be planned. */
export interface Preparation {
  partitionCount(lineage: Lineage): Promise<number>;
  /** Runs a job over every partition and gives its records. */
  collect(lineage: Lineage): Promise<unknown[]>;
  /** Runs a job that counts the records of each partition. */
  counts(lineage: Lineage): Promise<number[]>;
}

/** Arguments of an operation that only a look at its input tells. */
export type PreparedArguments = (preparation: Preparation) => Promise<unknown>;

export interface CombineFunctions {
  readonly create?: UserFunction;
  readonly zero?: UserValue;
  readonly mergeValue: UserFunction;
  readonly mergeCombiners: UserFunction;
}

export interface KeyOrder {
  readonly isAscending: boolean;
  readonly keyFunction?: UserFunction;
}

/** Which partition a key goes to. Two RDDs whose partitioners are equal keep a key at the same place. */
export type Partitioning =
  | { readonly kind: "hash" }
  | { readonly kind: "function"; readonly function: UserFunction }
  | { readonly kind: "range"; readonly order: KeyOrder }
  | { readonly kind: "spread" };

export type Reduction =
  | { readonly mode: "records" | "pairs" | "distinct" | "group" | "cogroup" }
  | { readonly mode: "combine"; readonly functions: CombineFunctions }
  | { readonly mode: "sort"; readonly order: KeyOrder };

/**
 * Lets the engine write rows to files `0` and up of a folder, one a partition, as kept partitions lie there; gives how
 * many partitions there are.
 */
export type WriteRows = (
  folder: string,
  client: ConnectClient,
  signal: AbortSignal | undefined,
) => Promise<number>;

export interface Operation {
  readonly kind: "operation";
  readonly parent: Lineage;
  /** As in `StageOperation`. */
  readonly name: string;
  readonly method: string;
  readonly functions: readonly UserFunction[];
  /** Values of the user's, which follow the functions. */
  readonly values?: readonly UserValue[];
  readonly args?: unknown;
  readonly prepare?: PreparedArguments;
  /** Whether keys stay where they are. */
  readonly keepsPartitioner: boolean;
}

export interface Shuffle {
  readonly kind: "shuffle";
  readonly parents: readonly Lineage[];
  /** The method that asked for it. */
  readonly method: string;
  readonly reduction: Reduction;
  readonly partitioning: Partitioning;
  /** Default: as many as the parents have together. */
  readonly numPartitions: number | undefined;
}

/** How an RDD is computed from others; nothing is computed until an action asks. */
export type Lineage =
  | { readonly kind: "files"; readonly source: FileSource }
  | {
      readonly kind: "slices";
      readonly method: string;
      readonly slices: readonly (readonly unknown[])[];
    }
  | {
      readonly kind: "range";
      readonly start: number;
      readonly step: number;
      readonly size: number;
      readonly partitions: number;
    }
  /** Rows that the engine computes, such as a DataFrame's. */
  | { readonly kind: "rows"; readonly method: string; readonly write: WriteRows }
  | Operation
  | { readonly kind: "union"; readonly parents: readonly Lineage[] }
  | { readonly kind: "zip"; readonly parents: readonly [Lineage, Lineage] }
  | { readonly kind: "cartesian"; readonly parents: readonly [Lineage, Lineage] }
  | { readonly kind: "coalesce"; readonly parent: Lineage; readonly numPartitions: number }
  /** Some of the partitions, by number. */
  | { readonly kind: "selection"; readonly parent: Lineage; readonly partitions: readonly number[] }
  | { readonly kind: "kept"; readonly parent: Lineage; readonly kept: Kept }
  | Shuffle;

export function parentsOf(lineage: Lineage): readonly Lineage[] {
  if ("parents" in lineage) return lineage.parents;
  return "parent" in lineage ? [lineage.parent] : [];
}

/** Every RDD that this one is computed of, each once, itself last; what lies behind kept partitions isn't needed. */
export function ancestry(lineage: Lineage): Lineage[] {
  const seen = new Set<Lineage>();
  const pending: { lineage: Lineage; isExpanded: boolean }[] = [{ lineage, isExpanded: false }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (seen.has(next.lineage)) continue;
    if (next.isExpanded) {
      seen.add(next.lineage);
      continue;
    }
    pending.push({ lineage: next.lineage, isExpanded: true });
    if (next.lineage.kind === "kept" && next.lineage.kept.isEnough) continue;
    for (const parent of [...parentsOf(next.lineage)].reverse())
      pending.push({ lineage: parent, isExpanded: false });
  }
  return [...seen];
}

/** How keys are placed in an RDD's partitions, where that is known. */
export interface Partitioner {
  readonly partitioning: Partitioning;
  readonly numPartitions: number;
}

export function isSamePartitioner(one: Partitioner, other: Partitioner): boolean {
  const [a, b] = [one.partitioning, other.partitioning];
  if (one.numPartitions !== other.numPartitions) return false;
  if (a === b) return true;
  if (a.kind === "function" && b.kind === "function") return a.function.fn === b.function.fn;
  return a.kind === "hash" && b.kind === "hash";
}

export function nameOf(lineage: Lineage): string {
  switch (lineage.kind) {
    case "files":
      return `${lineage.source.method} ${lineage.source.path}`;
    case "slices":
    case "rows":
    case "operation":
    case "shuffle":
      return lineage.method;
    default:
      return lineage.kind;
  }
}

/** An RDD and those it is computed of as text, as PySpark's toDebugString has it: a shuffle is indented. */
export async function debugString(
  lineage: Lineage,
  countOf: (lineage: Lineage) => Promise<number>,
): Promise<string> {
  return (await debugLines(lineage, countOf, `(${await countOf(lineage)}) `)).join("\n");
}

async function debugLines(
  lineage: Lineage,
  countOf: (lineage: Lineage) => Promise<number>,
  head: string,
): Promise<string[]> {
  const name = lineage.kind === "kept" ? `${nameOf(lineage)} (${lineage.kept.describe()})` : nameOf(lineage);
  const lines = [head + name];
  const bar = " |  ";
  // A checkpoint that is written forgets how it was computed.
  if (lineage.kind === "kept" && lineage.kept.isCheckpoint && lineage.kept.isEnough) return lines;
  if (lineage.kind !== "shuffle") {
    for (const parent of parentsOf(lineage)) lines.push(...(await debugLines(parent, countOf, bar)));
    return lines;
  }
  for (const parent of lineage.parents) {
    const count = `(${await countOf(parent)}) `;
    const below = await debugLines(parent, countOf, count);
    lines.push(...below.map((line, index) => (index === 0 ? " +-" : "    ") + line));
  }
  return lines;
}
