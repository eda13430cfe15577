// A stage's functions fused into one pass over its records.
import { asynchronously, isAsynchronous } from "./async-operations.ts";
import { builtInPartitionOperation } from "./partition-operation.ts";
import type { Operation, Pass, Push, Receiver } from "./operation.ts";
import { recordStep } from "./record-operations.ts";
import { settled } from "./settled.ts";

type Blocks = Iterable<unknown[]>;

/** Thrown where no more records are wanted: what a function gives for one may have no end. */
const enough = Symbol("enough");
/** Records of a block, about. */
const blockRecords = 4096;

/** Runs one partition's records through the operations into the sink. */
export function drive(blocks: Blocks, pass: Pass, sink: Receiver): void {
  const last = pass.operations.findLastIndex(isOfPartition);
  const push = chain(pass.operations.slice(last + 1), (record) => {
    sink.push(record);
    if (sink.isFull) throw enough;
  });
  const { progress } = pass;
  try {
    if (last !== -1) {
      for (const record of throughPartition(blocks, before(pass, last + 1))) push(record);
      return;
    }
    for (const block of blocks) {
      for (const record of block) {
        progress.record = record;
        push(record);
      }
    }
  } catch (thrown) {
    if (thrown !== enough) throw thrown;
  }
}

/** The records after the operations, in blocks. */
export function* passed(blocks: Blocks, pass: Pass): Generator<unknown[]> {
  if (pass.operations.length === 0) return yield* blocks;
  const last = pass.operations.findLastIndex(isOfPartition);
  let pending: unknown[] = [];
  const push = chain(pass.operations.slice(last + 1), (record) => pending.push(record));
  if (last !== -1) {
    for (const record of throughPartition(blocks, before(pass, last + 1))) {
      push(record);
      if (pending.length < blockRecords) continue;
      yield pending;
      pending = [];
    }
    if (pending.length > 0) yield pending;
    return;
  }
  for (const block of blocks) {
    for (const record of block) {
      pass.progress.record = record;
      push(record);
      if (pending.length < blockRecords) continue;
      yield pending;
      pending = [];
    }
    if (pending.length === 0) continue;
    yield pending;
    pending = [];
  }
}

/** The same where some of the functions are async. Blocks that a function of the whole partition takes are gathered. */
export async function passedAsync(blocks: Blocks, pass: Pass): Promise<unknown[][]> {
  let current = blocks;
  let waiting: Operation[] = [];
  const flush = () => {
    if (waiting.length > 0) current = [...passed(current, { ...pass, operations: waiting })];
    waiting = [];
  };
  for (const operation of pass.operations) {
    if (!isAsynchronous(operation)) {
      waiting.push(operation);
      continue;
    }
    flush();
    current = await asynchronously(current, operation, pass);
  }
  flush();
  return [...current];
}

function before(pass: Pass, end: number): Pass {
  return { ...pass, operations: pass.operations.slice(0, end) };
}

function isOfPartition({ name }: Operation): boolean {
  return recordStep(name) === undefined;
}

/** What the last operation, one of a whole partition, gives. It pulls its input. */
function throughPartition(blocks: Blocks, pass: Pass): Iterable<unknown> {
  const operation = pass.operations[pass.operations.length - 1];
  const input = pulled(blocks, before(pass, pass.operations.length - 1));
  return callOfPartition(operation, input, pass.partition);
}

/** Calls a function of a whole partition. */
export function callOfPartition(
  operation: Operation,
  input: Iterable<unknown>,
  partition: number,
): Iterable<unknown> {
  const { name, method, functions } = operation;
  const [fn] = functions;
  switch (name) {
    case "mapPartitions":
      return iterable(fn(input), method);
    case "mapPartitionsWithIndex":
      return iterable(fn(partition, input), method);
    case "foreachPartition":
      return leftOver(fn(input), method);
    default:
      return builtInPartitionOperation(name)(input, { ...operation, partition });
  }
}

function leftOver(result: unknown, method: string): Iterable<unknown> {
  // A generator function does its work only when it is read.
  const isIterable = typeof result === "object" && result !== null && Symbol.iterator in result;
  if (isIterable) for (const _ of result as Iterable<unknown>);
  else settled(result, method);
  return [];
}

function iterable(result: unknown, method: string): Iterable<unknown> {
  const value = settled(result, method);
  if (typeof value === "object" && value !== null && Symbol.iterator in value)
    return value as Iterable<unknown>;
  const what = result === null ? "null" : typeof result;
  throw new TypeError(`The function given to ${method} must return an iterable, but it returned ${what}.`);
}

/** Records one by one, after the operations; a block is worked on when it is asked for. */
function* pulled(blocks: Blocks, pass: Pass): Generator<unknown> {
  const { operations, progress } = pass;
  const last = operations.findLastIndex(isOfPartition);
  if (last !== -1 || operations.length > 0) {
    const pending: unknown[] = [];
    const push = chain(operations.slice(last + 1), (record) => pending.push(record));
    const input = last === -1 ? undefined : throughPartition(blocks, before(pass, last + 1));
    for (const block of input ? [input] : blocks) {
      for (const record of block) {
        if (!input) progress.record = record;
        push(record);
        if (pending.length === 0) continue;
        yield* pending;
        pending.length = 0;
      }
    }
    return;
  }
  for (const block of blocks) {
    for (const record of block) {
      progress.record = record;
      yield record;
    }
  }
}

function chain(operations: readonly Operation[], sink: Push): Push {
  return operations.reduceRight((next, operation) => recordStep(operation.name)!(operation, next), sink);
}
