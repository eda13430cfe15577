// A stage's functions fused into one pass over its records.
import type { OperationKind } from "../stage.ts";
import { notAPair } from "./shuffle-writer.ts";

export interface Operation {
  readonly kind: OperationKind;
  readonly fn: (argument: never, index?: number) => unknown;
}

export interface Receiver {
  push(record: unknown): void;
  /** Whether it wants no more records. */
  readonly isFull?: boolean;
}

/** The record under work, for the message when a function throws. */
export interface Progress {
  record: unknown;
}

type Blocks = Iterable<unknown[]>;
type Push = (record: unknown) => void;

/** Runs one partition's records through the operations into the sink. */
export function drive(
  blocks: Blocks,
  operations: readonly Operation[],
  sink: Receiver,
  progress: Progress,
): void {
  const last = operations.findLastIndex(({ kind }) => kind === "mapPartitions");
  const push = chain(operations.slice(last + 1), (record) => sink.push(record));
  const records = last === -1 ? undefined : throughPartition(blocks, operations.slice(0, last + 1), progress);
  for (const block of records ? [records] : blocks) {
    for (const record of block) {
      if (!records) progress.record = record;
      push(record);
      if (sink.isFull) return;
    }
  }
}

/** What the last operation, a `mapPartitions`, gives. It pulls its input; what comes before it is pushed a block at a time. */
function throughPartition(
  blocks: Blocks,
  operations: readonly Operation[],
  progress: Progress,
): Iterable<unknown> {
  const { fn } = operations[operations.length - 1];
  const input = pull(blocks, operations.slice(0, -1), progress);
  const result = fn(input as never);
  if (typeof result !== "object" || result === null || !(Symbol.iterator in result)) {
    const what = result === null ? "null" : typeof result;
    throw new TypeError(
      `The function given to mapPartitions must return an iterable, but it returned ${what}.`,
    );
  }
  return result as Iterable<unknown>;
}

function* pull(blocks: Blocks, operations: readonly Operation[], progress: Progress): Generator<unknown> {
  const last = operations.findLastIndex(({ kind }) => kind === "mapPartitions");
  let pending: unknown[] = [];
  const push = chain(operations.slice(last + 1), (record) => pending.push(record));
  const input = last === -1 ? undefined : throughPartition(blocks, operations.slice(0, last + 1), progress);
  for (const block of input ? [input] : blocks) {
    for (const record of block) {
      if (!input) progress.record = record;
      push(record);
      yield* pending;
      pending = [];
    }
  }
}

function chain(operations: readonly Operation[], sink: Push): Push {
  return operations.reduceRight((next, operation) => step(operation, next), sink);
}

function step({ kind, fn }: Operation, next: Push): Push {
  const call = fn as (argument: unknown) => unknown;
  switch (kind) {
    case "map":
      return (record) => next(settled(call(record)));
    case "filter":
      return (record) => {
        if (settled(call(record))) next(record);
      };
    case "flatMap":
      return (record) => {
        const items = call(record);
        if (
          typeof items !== "string" &&
          (typeof items !== "object" || items === null || !(Symbol.iterator in items))
        ) {
          const what = items === null ? "null" : typeof items;
          throw new TypeError(
            `The function given to flatMap must return an iterable, but it returned ${what}.`,
          );
        }
        for (const item of items as Iterable<unknown>) next(item);
      };
    case "keyBy":
      return (record) => next([settled(call(record)), record]);
    case "mapValues":
      return (record) => {
        if (!Array.isArray(record)) throw notAPair("mapValues", record);
        next([record[0], settled(call(record[1]))]);
      };
    case "foreach":
      return (record) => {
        settled(call(record));
        next(record);
      };
    case "mapPartitions":
      throw new Error("mapPartitions is no step of a chain.");
  }
}

/** Functions run to their end before the next record: a promise would be sent as an empty object. */
function settled(value: unknown): unknown {
  if (typeof value === "object" && value !== null && value instanceof Promise) {
    value.catch(() => {});
    throw new TypeError(
      "The function returned a promise, but functions of an RDD are synchronous. Return the value itself.",
    );
  }
  return value;
}
