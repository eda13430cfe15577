import type { OperationKind } from "./stage.ts";

/** A function of the user's, with the method it was given to. */
export interface UserFunction {
  readonly method: string;
  readonly fn: (...args: never[]) => unknown;
}

/** How an RDD is computed from others; nothing is computed until an action asks. */
export type Lineage =
  | { readonly kind: "text"; readonly path: string; readonly minPartitions: number }
  | { readonly kind: "slices"; readonly slices: readonly (readonly unknown[])[] }
  | {
      readonly kind: "narrow";
      readonly parent: Lineage;
      readonly operation: OperationKind;
      readonly function: UserFunction;
    }
  | {
      readonly kind: "shuffle";
      readonly parent: Lineage;
      /** The method that asked for it. */
      readonly method: string;
      readonly mode: "reduce" | "group" | "distinct";
      /** Joins two values of a key, in mode `reduce`. */
      readonly function: UserFunction | undefined;
      readonly numPartitions: number | undefined;
    };

export type Source = Extract<Lineage, { kind: "text" | "slices" }>;
export type Shuffle = Extract<Lineage, { kind: "shuffle" }>;
export type Narrow = Extract<Lineage, { kind: "narrow" }>;

/** Splits off the operations that run in the same stage, first one first. */
export function stageOf(lineage: Lineage): {
  readonly base: Source | Shuffle;
  readonly operations: Narrow[];
} {
  const operations: Narrow[] = [];
  let base = lineage;
  for (; base.kind === "narrow"; base = base.parent) operations.unshift(base);
  return { base, operations };
}

/** The stages of an RDD as text, the last one first, as PySpark's toDebugString has it. */
export function debugString(lineage: Lineage, countOf: (base: Source | Shuffle) => number): string {
  const { base, operations } = stageOf(lineage);
  const head = `(${countOf(base)}) `;
  const names = operations.map((operation) => operation.function.method).reverse();
  const lines = [...names, base.kind === "shuffle" ? base.method : sourceName(base)];
  const own = lines.map((line, index) => (index === 0 ? head : " |  ") + line).join("\n");
  if (base.kind !== "shuffle") return own;
  const parent = debugString(base.parent, countOf).split("\n");
  return [own, ...parent.map((line, index) => (index === 0 ? " +-" : "    ") + line)].join("\n");
}

function sourceName(source: Source): string {
  return source.kind === "text" ? `textFile ${source.path}` : "parallelize";
}
