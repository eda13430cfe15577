// How a partition of a stage's tree comes about: pulled, in blocks of some thousand records.
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { ShuffleInput, StageNode } from "../stage.ts";
import { partsOf } from "../stage-parts.ts";
import { isAsynchronous } from "./async-operations.ts";
import { readFiles } from "./files/read-files.ts";
import { KeptFile, readKept } from "./kept-file.ts";
import { mapSide } from "./map-side.ts";
import type { Operation, Progress } from "./operation.ts";
import { passed, passedAsync } from "./operations.ts";
import { decodeRecords } from "./records.ts";
import { reduceMode } from "./reduce-mode.ts";
import { Replay } from "./replay.ts";
import type { RevivedJob } from "./revived-job.ts";
import { type Segment } from "./shuffle/segment.ts";
import { regrouped } from "./regrouped.ts";
import { reducePartition } from "./shuffle/reduce-partition.ts";
import { zipped } from "./zipped.ts";

export interface ComputeOptions {
  readonly job: RevivedJob;
  readonly progress: Progress;
  readonly scratchFolder: string;
  /** What map tasks wrote for a partition of a shuffle. */
  readonly segments: (shuffle: ShuffleInput, dependency: number, partition: number) => Segment[];
}

const blockRecords = 4096;

/** Computes partitions of one stage, one after the other. */
export class Computation {
  readonly #options: ComputeOptions;
  /** Results of async functions, which can't be pulled. */
  readonly #ready = new Map<StageNode, Map<number, unknown[][]>>();
  readonly #operations = new Map<StageNode, readonly Operation[]>();

  constructor(options: ComputeOptions) {
    this.#options = options;
  }

  /** The operations of a node, with their functions. */
  operationsOf(node: Extract<StageNode, { kind: "operations" }>): readonly Operation[] {
    let operations = this.#operations.get(node);
    if (!operations) {
      const { job } = this.#options;
      operations = node.operations.map(({ functions, ...rest }) => ({
        ...rest,
        functions: functions.map((root) => job.functionAt(root)),
      }));
      this.#operations.set(node, operations);
    }
    return operations;
  }

  /** Whether some function of the node, or of what it is made of, is async. */
  isAsync(node: StageNode): boolean {
    const isOwn = node.kind === "operations" && this.operationsOf(node).some(isAsynchronous);
    return isOwn || inputsOf(node).some((input) => this.isAsync(input));
  }

  /** Runs what is async in a partition, so that the rest can be pulled. */
  async prepare(node: StageNode, partition: number): Promise<void> {
    if (node.kind === "kept" && existsSync(join(node.folder, String(partition)))) return;
    for (const [input, part] of partsOf(node, partition)) {
      if (this.isAsync(input)) await this.prepare(input, part);
    }
    if (node.kind !== "operations" || !this.operationsOf(node).some(isAsynchronous)) return;
    const { progress } = this.#options;
    const pass = { operations: this.operationsOf(node), partition, progress };
    const blocks = await passedAsync(this.blocks(node.input, partition), pass);
    let ready = this.#ready.get(node);
    if (!ready) this.#ready.set(node, (ready = new Map()));
    ready.set(partition, blocks);
  }

  /** Forgets what {@link prepare} made. */
  clear(): void {
    this.#ready.clear();
  }

  /** The records of a partition. */
  blocks(node: StageNode, partition: number): Iterable<unknown[]> {
    const { classes } = this.#options.job;
    const ready = this.#ready.get(node)?.get(partition);
    if (ready) return ready;
    switch (node.kind) {
      case "files":
        return readFiles(node.files, partition);
      case "slices":
        return [decodeRecords(node.slices[partition], classes) as unknown[]];
      case "slice-file":
        return [decodeRecords(slice(node, partition), classes) as unknown[]];
      case "range":
        return range(node, partition);
      case "operations": {
        const operations = this.operationsOf(node);
        return passed(this.blocks(node.input, partition), {
          operations,
          partition,
          progress: this.#options.progress,
        });
      }
      case "union":
      case "coalesce":
        return this.#chained(node, partition);
      case "zip": {
        const [[left, a], [right, b]] = partsOf(node, partition);
        return zipped(this.blocks(left, a), this.blocks(right, b));
      }
      case "cartesian":
        return this.#product(node, partition);
      case "kept":
        return this.#kept(node, partition);
      case "shuffled": {
        const segments = node.shuffles.flatMap((shuffle, dependency) =>
          this.#options.segments(shuffle, dependency, partition),
        );
        return this.#reduced(segments, node.reduce);
      }
      case "regrouped": {
        const { job, scratchFolder } = this.#options;
        const side = mapSide(node.write, job, partition);
        const records = this.blocks(node.input, partition);
        return regrouped(records, side, { classes, scratchFolder }, (segments) =>
          this.#reduced(segments, node.reduce),
        );
      }
    }
  }

  #reduced(segments: Segment[], reduce: Extract<StageNode, { kind: "shuffled" }>["reduce"]) {
    const { job, scratchFolder } = this.#options;
    const blocks = reducePartition(segments, reduceMode(reduce, job), {
      classes: job.classes,
      scratchFolder,
    });
    return blocks;
  }

  *#chained(node: StageNode, partition: number): Generator<unknown[]> {
    for (const [input, part] of partsOf(node, partition)) yield* this.blocks(input, part);
  }

  *#product(node: StageNode, partition: number): Generator<unknown[]> {
    const [[left, a], [right, b]] = partsOf(node, partition);
    const { job, scratchFolder } = this.#options;
    const others = new Replay(this.blocks(right, b), job.classes, scratchFolder);
    try {
      let block: unknown[] = [];
      for (const mine of this.blocks(left, a)) {
        for (const one of mine) {
          for (const theirs of others.blocks()) {
            for (const other of theirs) block.push([one, other]);
            if (block.length < blockRecords) continue;
            yield block;
            block = [];
          }
        }
      }
      yield block;
    } finally {
      others.close();
    }
  }

  *#kept({ folder, input }: Extract<StageNode, { kind: "kept" }>, partition: number): Generator<unknown[]> {
    const { classes } = this.#options.job;
    const path = join(folder, String(partition));
    if (input && !existsSync(path)) {
      const file = new KeptFile(path, classes);
      try {
        for (const block of this.blocks(input, partition)) file.write(block);
      } catch (error) {
        file.abort();
        throw error;
      }
      file.close();
    }
    yield* readKept(path, classes);
  }
}

function inputsOf(node: StageNode): readonly StageNode[] {
  switch (node.kind) {
    case "union":
      return node.inputs.map((input) => input.node);
    case "zip":
    case "cartesian":
      return [node.left, node.right];
    default:
      return "input" in node && node.input ? [node.input] : [];
  }
}

function slice({ path, ends }: Extract<StageNode, { kind: "slice-file" }>, partition: number): Buffer {
  const start = partition === 0 ? 0 : ends[partition - 1];
  const bytes = Buffer.allocUnsafeSlow(ends[partition] - start);
  const fd = openSync(path, "r");
  try {
    for (let at = 0; at < bytes.length;) {
      const count = readSync(fd, bytes, at, bytes.length - at, start + at);
      if (count === 0) throw new Error(`The file ${path} of the session was cut.\nRun the job again.`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

function* range(
  { start, step, size, partitions }: Extract<StageNode, { kind: "range" }>,
  partition: number,
): Generator<unknown[]> {
  const edge = (index: number) => Math.floor((index * size) / partitions);
  const end = edge(partition + 1);
  for (let at = edge(partition); at < end; at += blockRecords) {
    const count = Math.min(blockRecords, end - at);
    const first = at;
    yield Array.from({ length: count }, (_, index) => start + (first + index) * step);
  }
}
