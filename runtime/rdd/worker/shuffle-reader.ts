import { BlockKind, type Combine } from "../stage.ts";
import type { ArrowBatch } from "./arrow-input.ts";
import type { BlockOutput } from "./block-output.ts";
import { KeyMap } from "./key-map.ts";
import { decodeRecords, type JobClasses } from "./records.ts";
import type { Partition } from "./sources.ts";

interface Block {
  readonly source: number;
  readonly seq: number;
  readonly bytes: Buffer;
}

/** What came for one partition: its blocks, and how many each source says it wrote. */
interface Inbox {
  readonly blocks: Block[];
  readonly counts: Map<number, number>;
}

export interface ShuffleReaderOptions {
  readonly mapPartitions: number;
  readonly combine: Combine;
  readonly reduce: ((a: unknown, b: unknown) => unknown) | undefined;
  readonly output: BlockOutput;
  readonly classes: JobClasses;
}

/**
 * The reduce side of a shuffle. Blocks arrive in any order; they are held as bytes, outside the heap, and taken by
 * (source, sequence), so that results don't depend on which map task was first. One partition at a time is decoded.
 */
export function* shuffledPartitions(
  batches: Iterable<ArrowBatch>,
  options: ShuffleReaderOptions,
): Generator<Partition> {
  const inboxes = receive(batches, options.output);
  for (const pid of [...inboxes.keys()].sort((a, b) => a - b)) {
    const inbox = inboxes.get(pid)!;
    inboxes.delete(pid);
    checkComplete(pid, inbox, options.mapPartitions);
    inbox.blocks.sort((a, b) => a.source - b.source || a.seq - b.seq);
    yield { index: pid, blocks: combined(inbox.blocks, options) };
  }
}

function receive(batches: Iterable<ArrowBatch>, output: BlockOutput): Map<number, Inbox> {
  const inboxes = new Map<number, Inbox>();
  for (const { rowCount, buffers } of batches) {
    // Columns in the order of `blockColumns`; each has a validity buffer before its values.
    const [pids, sources, seqs, kinds] = [1, 3, 5, 7].map((index) => int32s(buffers[index], rowCount));
    const offsets = int32s(buffers[9], rowCount + 1);
    for (let row = 0; row < rowCount; row++) {
      const blob = buffers[10].subarray(offsets[row], offsets[row + 1]);
      if (kinds[row] === BlockKind.console) {
        output.row(pids[row], sources[row], seqs[row], BlockKind.console, Buffer.from(blob));
        continue;
      }
      let inbox = inboxes.get(pids[row]);
      if (!inbox) inboxes.set(pids[row], (inbox = { blocks: [], counts: new Map() }));
      if (kinds[row] === BlockKind.done) inbox.counts.set(sources[row], seqs[row]);
      else inbox.blocks.push({ source: sources[row], seq: seqs[row], bytes: copied(blob) });
    }
  }
  return inboxes;
}

function int32s(buffer: Buffer, length: number): Int32Array {
  const copy = new Int32Array(length);
  Buffer.from(copy.buffer).set(buffer.subarray(0, length * 4));
  return copy;
}

function copied(blob: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(blob.length);
  blob.copy(copy);
  return copy;
}

function checkComplete(pid: number, { blocks, counts }: Inbox, sources: number): void {
  const expected = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (counts.size === sources && blocks.length === expected) return;
  throw new Error(
    `Partition ${pid} got ${blocks.length} of ${expected} blocks, from ${counts.size} of ${sources} partitions. ` +
      "The engine lost some of them; run the job again.",
  );
}

function combined(blocks: Block[], options: ShuffleReaderOptions): Iterable<unknown[]> {
  switch (options.combine.mode) {
    case "reduce":
      return reduced(blocks, options.reduce!, options.classes);
    case "group":
      return grouped(blocks, options.classes);
    case "distinct":
      return distinct(blocks, options.classes);
  }
}

function* reduced(
  blocks: Block[],
  reduce: (a: unknown, b: unknown) => unknown,
  classes: JobClasses,
): Generator<unknown[]> {
  const values = new KeyMap<{ value: unknown }>();
  for (const [key, value] of pairs(blocks, classes)) {
    const entry = values.get(key);
    if (entry) entry.value = reduce(entry.value, value);
    else values.set(key, { value });
  }
  yield* inBlocks(values.entries(), ([key, { value }]) => [key, value]);
}

function* grouped(blocks: Block[], classes: JobClasses): Generator<unknown[]> {
  const groups = new KeyMap<unknown[]>();
  for (const [key, value] of pairs(blocks, classes)) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  yield* inBlocks(groups.entries(), (entry) => entry);
}

function* distinct(blocks: Block[], classes: JobClasses): Generator<unknown[]> {
  const seen = new KeyMap<true>();
  for (const [key] of pairs(blocks, classes)) seen.set(key, true);
  yield* inBlocks(seen.entries(), ([key]) => key);
}

function* pairs(blocks: Block[], classes: JobClasses): Generator<[unknown, unknown]> {
  for (const { bytes } of blocks) {
    const [keys, values] = decodeRecords(bytes, classes) as [unknown[], unknown[]];
    for (let i = 0; i < keys.length; i++) yield [keys[i], values[i]];
  }
}

function* inBlocks<T>(items: Iterable<T>, make: (item: T) => unknown): Generator<unknown[]> {
  let block: unknown[] = [];
  for (const item of items) {
    if (block.push(make(item)) < 4096) continue;
    yield block;
    block = [];
  }
  yield block;
}
