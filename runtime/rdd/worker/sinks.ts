import type { StageSink } from "../stage.ts";
import type { BatchOutput } from "./batch-output.ts";
import type { BlockOutput } from "./block-output.ts";
import { KeyMap } from "./key-map.ts";
import type { Receiver } from "./operations.ts";
import { RecordBlocks } from "./record-blocks.ts";
import type { JobClasses } from "./records.ts";
import { RowWriter } from "./row-writer.ts";
import { notAPair, ShuffleWriter } from "./shuffle-writer.ts";

/** Takes the records of one partition after the other. */
export interface Sink extends Receiver {
  begin(partition: number): void;
  end(): void;
}

export interface SinkOptions {
  readonly output: BlockOutput;
  readonly batches: BatchOutput;
  readonly classes: JobClasses;
  readonly functionAt: (root: number) => (a: unknown, b: unknown) => unknown;
}

export function makeSink(sink: StageSink, options: SinkOptions): Sink {
  const { output, classes, functionAt } = options;
  switch (sink.kind) {
    case "rows":
      return new RowWriter(sink.schema, options.batches, sink.isNumbered);
    case "shuffle": {
      const { partitions, combine } = sink;
      const reduce = combine.mode === "reduce" ? functionAt(combine.reduce) : undefined;
      return new ShuffleWriter({ partitions, combine, reduce, output, classes });
    }
    case "collect":
      return new CollectSink(new RecordBlocks(output, classes), sink.limit ?? Number.POSITIVE_INFINITY);
    default:
      return new FoldSink(new RecordBlocks(output, classes), () => fold(sink, functionAt));
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

/** One partition's records folded into a few values. */
interface Fold {
  add(record: unknown): void;
  result(): Iterable<unknown>;
}

class FoldSink implements Sink {
  readonly #blocks: RecordBlocks;
  readonly #make: () => Fold;
  #fold: Fold;

  constructor(blocks: RecordBlocks, make: () => Fold) {
    this.#blocks = blocks;
    this.#make = make;
    this.#fold = make();
  }

  begin(partition: number): void {
    this.#fold = this.#make();
    this.#blocks.begin(partition);
  }

  push(record: unknown): void {
    this.#fold.add(record);
  }

  end(): void {
    for (const value of this.#fold.result()) this.#blocks.push(value);
    this.#blocks.end();
  }
}

type FoldKind = Exclude<StageSink, { kind: "rows" | "shuffle" | "collect" }>;

function fold(sink: FoldKind, functionAt: SinkOptions["functionAt"]): Fold {
  switch (sink.kind) {
    case "ignore":
      return { add() {}, result: () => [] };
    case "count": {
      let count = 0;
      return { add: () => void count++, result: () => [count] };
    }
    case "reduce": {
      const reduce = functionAt(sink.reduce);
      let all: [unknown] | undefined;
      return {
        add: (record) => (all = [all ? reduce(all[0], record) : record]),
        result: () => all ?? [],
      };
    }
    case "countByKey": {
      const counts = new KeyMap<number>();
      return {
        add(record) {
          if (!Array.isArray(record)) throw notAPair("countByKey", record);
          counts.set(record[0], (counts.get(record[0]) ?? 0) + 1);
        },
        result: () => counts.entries(),
      };
    }
  }
}
