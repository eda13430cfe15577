import { deserialize } from "node:v8";
import { BlockKind, type ExecutorFailure, type StageSpec } from "../stage.ts";
import { arrowBatches } from "./arrow-input.ts";
import type { BatchOutput } from "./batch-output.ts";
import { BlockOutput } from "./block-output.ts";
import type { ConsoleCapture } from "./console-capture.ts";
import { closureFailure } from "./failure-text.ts";
import { drive, type Operation, type Progress } from "./operations.ts";
import { revive } from "./revive.ts";
import { RowError, showValue } from "../../sql/columns/row-error.ts";
import { InputError } from "./input-error.ts";
import { makeSink } from "./sinks.ts";
import { partitions } from "./sources.ts";

const maxRecordLength = 200;

export interface StageRun {
  /** The stage, as the client serialised it. */
  readonly payload: Uint8Array;
  readonly read: (target: Uint8Array) => boolean;
  readonly output: BatchOutput;
  readonly console: ConsoleCapture;
  /** The worker's own file. */
  readonly program: string;
}

/** Runs a stage over the partitions of one task. Returns what went wrong in the user's code, if anything did. */
export function runStage({ payload, read, output, console, program }: StageRun): ExecutorFailure | undefined {
  const progress: Progress = { record: undefined };
  let index = -1;
  const spec = deserialize(payload) as StageSpec;
  try {
    const { functions, classes } = revive(spec.closures);
    const functionAt = (root: number) => functions[root] as (a: unknown, b: unknown) => unknown;
    const blocks = new BlockOutput(output);
    const sink = makeSink(spec.sink, { output: blocks, batches: output, classes, functionAt });
    const operations = spec.operations.map(({ kind, fn }) => ({ kind, fn: functions[fn] }) as Operation);
    const { source } = spec;
    const reduce =
      source.kind === "shuffle" && source.combine.mode === "reduce"
        ? functionAt(source.combine.reduce)
        : undefined;
    const input = arrowBatches(read);
    for (const partition of partitions(source, input, { reduce, output: blocks, classes })) {
      ({ index } = partition);
      sink.begin(index);
      drive(partition.blocks, operations, sink, progress);
      sink.end();
      progress.record = undefined;
      if (spec.sink.kind !== "rows") sendConsole(blocks, index, console.take());
    }
    blocks.flush();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof RowError) {
      return { kind: "row", message: thrown.message, record: shown(progress.record), partition: index };
    }
    if (thrown instanceof InputError) return { kind: "input", message: thrown.message, partition: index };
    return closureFailure(thrown, program, shown(progress.record), index);
  }
}

function shown(record: unknown): string {
  return record === undefined ? "" : showValue(record, maxRecordLength);
}

function sendConsole(output: BlockOutput, partition: number, lines: string[]): void {
  lines.forEach((line, seq) => output.row(partition, partition, seq, BlockKind.console, Buffer.from(line)));
}
