import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StageSink } from "../stage.ts";
import type { BatchOutput } from "./batch-output.ts";
import type { BlockOutput } from "./block-output.ts";
import { mapSide, type RecordMapSide } from "./map-side.ts";
import type { Receiver } from "./operation.ts";
import { RecordBlocks } from "./record-blocks.ts";
import type { RevivedJob } from "./revived-job.ts";
import { RowWriter } from "./row-writer.ts";
import { BlockSegments } from "./shuffle/block-inbox.ts";
import { MapOutputFile } from "./shuffle/shuffle-file.ts";
import { ShuffleWriter } from "./shuffle/shuffle-writer.ts";

/** Takes the records of one partition after the other. */
export interface Sink extends Receiver {
  begin(partition: number): void;
  end(): void;
  /** Leaves nothing of a partition that failed behind. */
  abort?(): void;
}

export interface SinkOptions {
  readonly output: BlockOutput;
  readonly batches: BatchOutput;
  readonly job: RevivedJob;
}

export function makeSink(sink: StageSink, options: SinkOptions): Sink {
  const { output, job } = options;
  switch (sink.kind) {
    case "rows":
      return new RowWriter(sink, options.batches);
    case "shuffle":
      return new ShuffleSink(sink, output, job);
    case "collect":
      return new CollectSink(new RecordBlocks(output, job.classes), sink.limit ?? Number.POSITIVE_INFINITY);
    case "count":
      return new CountSink(new RecordBlocks(output, job.classes));
    case "ignore":
      return new IgnoreSink(output);
  }
}

type ShuffleSpec = Extract<StageSink, { kind: "shuffle" }>;

/** The map side of a shuffle: one file, or rows of blocks, for each partition of this stage. */
class ShuffleSink implements Sink {
  readonly #spec: ShuffleSpec;
  readonly #output: BlockOutput;
  readonly #job: RevivedJob;
  #side!: RecordMapSide;
  #writer!: ShuffleWriter;
  #file: MapOutputFile | undefined;
  #blocks: BlockSegments | undefined;
  #partition = 0;

  constructor(spec: ShuffleSpec, output: BlockOutput, job: RevivedJob) {
    this.#spec = spec;
    this.#output = output;
    this.#job = job;
    if (spec.folder) mkdirSync(spec.folder, { recursive: true, mode: 0o700 });
  }

  begin(partition: number): void {
    const { folder, output, id, firstSource, routes } = this.#spec;
    this.#partition = partition;
    if (folder) this.#file = new MapOutputFile(join(folder, String(partition)));
    else {
      this.#blocks = new BlockSegments({
        partitions: output.partitions,
        source: firstSource + partition,
        dependency: id,
        routes,
        target: output.placement.kind === "same" ? partition : undefined,
        row: (...row) => this.#output.row(...row),
      });
    }
    this.#side = mapSide(output, this.#job, partition);
    this.#writer = new ShuffleWriter(this.#side, (this.#file ?? this.#blocks)!, this.#job.classes);
  }

  push(record: unknown): void {
    this.#writer.push(this.#side.shaped(record));
  }

  end(): void {
    this.#writer.end();
    this.#blocks?.end();
    this.#file?.close();
    // The client learns from it which partitions are done.
    if (this.#file) this.#output.done(this.#partition, this.#partition, 0);
    this.#file = undefined;
  }

  abort(): void {
    this.#file?.abort();
    this.#file = undefined;
  }
}

class CollectSink implements Sink {
  readonly #blocks: RecordBlocks;
  readonly #limit: number;
  #count = 0;

  constructor(blocks: RecordBlocks, limit: number) {
    this.#blocks = blocks;
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#count >= this.#limit;
  }

  begin(partition: number): void {
    this.#count = 0;
    this.#blocks.begin(partition);
  }

  push(record: unknown): void {
    this.#count++;
    this.#blocks.push(record);
  }

  end(): void {
    this.#blocks.end();
  }
}

class CountSink implements Sink {
  readonly #blocks: RecordBlocks;
  #count = 0;

  constructor(blocks: RecordBlocks) {
    this.#blocks = blocks;
  }

  begin(partition: number): void {
    this.#count = 0;
    this.#blocks.begin(partition);
  }

  push(_record: unknown): void {
    this.#count++;
  }

  end(): void {
    this.#blocks.push(this.#count);
    this.#blocks.end();
  }
}

class IgnoreSink implements Sink {
  readonly #output: BlockOutput;
  #partition = 0;

  constructor(output: BlockOutput) {
    this.#output = output;
  }

  begin(partition: number): void {
    this.#partition = partition;
  }

  push(_record: unknown): void {}

  end(): void {
    this.#output.done(this.#partition, this.#partition, 0);
  }
}
