// What a stage gets from the engine: the numbers of the partitions to compute, or blocks that other stages wrote.
import { join } from "node:path";
import { BlockKind, type ShuffleInput, type StageNode } from "../stage.ts";
import { shufflesRead } from "../stage-parts.ts";
import type { ArrowBatch } from "./arrow-input.ts";
import type { BlockOutput } from "./block-output.ts";
import { BlockInbox, type BlockSegment } from "./shuffle/block-inbox.ts";
import { heapLimit } from "./shuffle/heap-watch.ts";
import type { Segment } from "./shuffle/segment.ts";
import { readSegments } from "./shuffle/shuffle-file.ts";

/** Of what has arrived for the partitions of a task, outside the heap. */
const maxInboxBytes = 128 << 20;

/** The partitions that this task of the engine was given, one after the other, and what they read. */
export interface StageInput {
  readonly partitions: Iterable<number>;
  segments(shuffle: ShuffleInput, dependency: number, partition: number): Segment[];
}

/** Partitions by number; what they read lies in files. */
export function inputOfFiles(batches: Iterable<ArrowBatch>): StageInput {
  return { partitions: partitionNumbers(batches), segments: segmentsOfFiles };
}

function segmentsOfFiles({ folder, mapPartitions }: ShuffleInput, dependency: number, partition: number) {
  return Array.from({ length: mapPartitions }, (_, source) =>
    readSegments(join(folder, String(source)), dependency, source, partition),
  ).flat();
}

function* partitionNumbers(batches: Iterable<ArrowBatch>): Generator<number> {
  for (const { rowCount, buffers } of batches) {
    const numbers = Array.from({ length: rowCount }, (_, row) => Number(buffers[1].readBigInt64LE(row * 8)));
    yield* numbers;
  }
}

/**
 * Partitions whose blocks come with the input; it is read to its end before the first of them.
 * @param output takes what maps printed and counted; undefined: nobody does
 */
export function inputOfBlocks(
  batches: Iterable<ArrowBatch>,
  node: StageNode,
  output: BlockOutput | undefined,
  scratchFolder: string,
): StageInput {
  const inboxes = new Map<number, BlockInbox>();
  const room = { bytesLeft: Math.min(maxInboxBytes, heapLimit() / 3) };
  const mapPartitions = new Map<number, number>();
  for (const { id, mapPartitions: count } of shufflesOf(node)) mapPartitions.set(id, count);
  receive(batches, output, (pid) => {
    let inbox = inboxes.get(pid);
    if (!inbox) {
      const read = new Set(shufflesRead(node, pid).map(([id]) => id));
      const sources = [...read].reduce((sum, id) => sum + mapPartitions.get(id)!, 0);
      inboxes.set(pid, (inbox = new BlockInbox({ sources, scratchFolder, room })));
    }
    return inbox;
  });
  let found: { readonly pid: number; readonly segments: BlockSegment[] } | undefined;
  return {
    partitions: takenOneByOne(),
    segments({ id }, dependency, partition) {
      return found!.segments
        .filter((segment) => segment.dependency === id && segment.partition === partition)
        .map((segment) => ({ ...segment, dependency }));
    },
  };

  function* takenOneByOne(): Generator<number> {
    for (const [pid, inbox] of inboxes) {
      inboxes.delete(pid);
      found = { pid, segments: inbox.segments(pid) };
      yield pid;
      found = undefined;
      inbox.close();
    }
  }
}

function shufflesOf(node: StageNode): ShuffleInput[] {
  switch (node.kind) {
    case "shuffled":
      return [...node.shuffles];
    case "union":
      return node.inputs.flatMap((input) => shufflesOf(input.node));
    case "zip":
    case "cartesian":
      return [node.left, node.right].flatMap(shufflesOf);
    default:
      return "input" in node && node.input ? shufflesOf(node.input) : [];
  }
}

function receive(
  batches: Iterable<ArrowBatch>,
  output: BlockOutput | undefined,
  inboxOf: (pid: number) => BlockInbox,
): void {
  for (const { rowCount, buffers } of batches) {
    // Columns in the order of `blockColumns`; each has a validity buffer before its values.
    const [pids, sources, seqs, kinds] = [1, 3, 5, 7].map((index) => int32s(buffers[index], rowCount));
    const offsets = int32s(buffers[9], rowCount + 1);
    for (let row = 0; row < rowCount; row++) {
      const blob = buffers[10].subarray(offsets[row], offsets[row + 1]);
      if (kinds[row] === BlockKind.console || kinds[row] === BlockKind.accumulator)
        output?.row(pids[row], sources[row], seqs[row], kinds[row], Buffer.from(blob));
      else inboxOf(pids[row]).add(sources[row], seqs[row], kinds[row], blob);
    }
  }
}

function int32s(buffer: Buffer, length: number): Int32Array {
  const copy = new Int32Array(length);
  Buffer.from(copy.buffer).set(buffer.subarray(0, length * 4));
  return copy;
}
