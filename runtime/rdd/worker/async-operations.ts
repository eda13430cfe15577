// Functions that are declared async: the records of a block are worked on side by side, and their order is kept.
import { types } from "node:util";
import { iterableItems } from "./iterable-items.ts";
import { notAPair } from "./not-a-pair.ts";
import type { Operation, Pass } from "./operation.ts";

/** How many records of a partition an async function works on at a time. */
const width = 64;

export function isAsynchronous({ functions: [fn], name }: Operation): boolean {
  return fn !== undefined && types.isAsyncFunction(fn) && name in kinds;
}

type Finish = (record: unknown, value: unknown, method: string) => Iterable<unknown>;

/** What the record becomes when the function's promise is fulfilled; of a whole partition, `undefined`. */
const kinds: Readonly<Record<string, Finish | undefined>> = {
  map: (_record, value) => [value],
  filter: (record, value) => (value ? [record] : []),
  flatMap: (_record, value, method) => iterableItems(value, method),
  keyBy: (record, value) => [[value, record]],
  mapValues: (record, value) => [[(record as unknown[])[0], value]],
  flatMapValues: (record, value, method) =>
    [...iterableItems(value, method)].map((item) => [(record as unknown[])[0], item]),
  foreach: (record) => [record],
  mapPartitions: undefined,
  mapPartitionsWithIndex: undefined,
  foreachPartition: undefined,
};

export function asynchronously(
  blocks: Iterable<unknown[]>,
  operation: Operation,
  pass: Pass,
): Promise<unknown[][]> {
  const finish = kinds[operation.name];
  return finish ? ofRecords(blocks, operation, finish, pass) : ofPartition(blocks, operation, pass);
}

async function ofRecords(
  blocks: Iterable<unknown[]>,
  { name, method, functions: [fn] }: Operation,
  finish: Finish,
  { progress }: Pass,
): Promise<unknown[][]> {
  const isOfValue = name === "mapValues" || name === "flatMapValues";
  const call = async (record: unknown) => {
    try {
      if (isOfValue && !Array.isArray(record)) throw notAPair(method, record);
      return finish(record, await fn(isOfValue ? (record as unknown[])[1] : record), method);
    } catch (error) {
      progress.record = record;
      throw error;
    }
  };
  const results: unknown[][] = [];
  for (const block of blocks) {
    const result: unknown[] = [];
    for (let start = 0; start < block.length; start += width) {
      const made = await Promise.all(block.slice(start, start + width).map(call));
      for (const items of made) for (const item of items) result.push(item);
    }
    results.push(result);
  }
  return results;
}

async function ofPartition(
  blocks: Iterable<unknown[]>,
  { name, method, functions: [fn] }: Operation,
  { partition }: Pass,
): Promise<unknown[][]> {
  const records = flat(blocks);
  const result = await (name === "mapPartitionsWithIndex" ? fn(partition, records) : fn(records));
  const made: unknown[] = [];
  if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
    for await (const record of result as AsyncIterable<unknown>) made.push(record);
  } else if (name !== "foreachPartition") {
    for (const record of iterableItems(result, method)) made.push(record);
  }
  return name === "foreachPartition" ? [] : [made];
}

function* flat(blocks: Iterable<unknown[]>): Generator<unknown> {
  for (const block of blocks) yield* block;
}
