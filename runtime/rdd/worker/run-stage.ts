import { appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { types } from "node:util";
import { deserialize } from "node:v8";
import { RowError, showValue } from "../../sql/columns/row-error.ts";
import { BlockKind, type ExecutorFailure, firstKeptId, type StageSpec } from "../stage.ts";
import { accumulatorUpdates } from "./accumulator-updates.ts";
import { arrowBatches } from "./arrow-input.ts";
import type { BatchOutput } from "./batch-output.ts";
import { BlockOutput } from "./block-output.ts";
import { Computation } from "./compute.ts";
import type { ConsoleCapture } from "./console-capture.ts";
import { closureFailure } from "./failure-text.ts";
import { InputError } from "./input-error.ts";
import { OutputError } from "./output-error.ts";
import type { Progress } from "./operation.ts";
import { drive } from "./operations.ts";
import { RevivedJob } from "./revived-job.ts";
import { makeSink, type Sink } from "./sinks.ts";
import { MissingSegment } from "./shuffle/missing-segment.ts";
import { closeShuffleFiles } from "./shuffle/shuffle-file.ts";
import { nextTurn, withStrayErrors } from "./stray-errors.ts";
import { inputOfBlocks, inputOfFiles } from "./stage-input.ts";

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
export async function runStage(run: StageRun): Promise<ExecutorFailure | undefined> {
  const { payload, read, output, console, program } = run;
  const progress: Progress = { record: undefined };
  const spec = deserialize(payload) as StageSpec;
  const { closures, node, sink: wanted, readsBlocks, consoleFile } = spec;
  const scratchFolder = spec.scratchFolder || tmpdir();
  const isOfBlocks = consoleFile === undefined;
  let index = -1;
  let sink: Sink | undefined;
  try {
    const job = new RevivedJob(closures);
    const blocks = new BlockOutput(output);
    sink = makeSink(wanted, { output: blocks, batches: output, job });
    const batches = arrowBatches(read);
    const aside = isOfBlocks ? blocks : undefined;
    const input = readsBlocks ? inputOfBlocks(batches, node, aside, scratchFolder) : inputOfFiles(batches);
    const { segments } = input;
    const computation = new Computation({ job, progress, scratchFolder, segments });
    const isAsync = computation.isAsync(node);
    for (const partition of input.partitions) {
      index = partition;
      sink.begin(partition);
      if (isAsync) await withStrayErrors(computation.prepare(node, partition));
      if (node.kind === "operations" && !isAsync) {
        const operations = computation.operationsOf(node);
        drive(computation.blocks(node.input, partition), { operations, partition, progress }, sink);
      } else pushAll(computation.blocks(node, partition), sink);
      sink.end();
      computation.clear();
      progress.record = undefined;
      if (isOfBlocks) sendAside(blocks, partition, wanted, console.take());
      else writeAside(consoleFile, partition, console.take());
    }
    await nextTurn();
    blocks.flush();
    return undefined;
  } catch (thrown) {
    sink?.abort?.();
    accumulatorUpdates.drop();
    if (types.isProxy(thrown)) return closureFailure(thrown, program, shown(progress.record), index);
    if (thrown instanceof RowError) {
      return { kind: "row", message: thrown.message, record: shown(progress.record), partition: index };
    }
    if (thrown instanceof InputError) return { kind: "input", message: thrown.message, partition: index };
    if (thrown instanceof OutputError) return { kind: "output", message: thrown.message, partition: index };
    if (thrown instanceof MissingSegment)
      return { kind: "missing", message: thrown.message, partition: index };
    return closureFailure(thrown, program, shown(progress.record), index);
  } finally {
    closeShuffleFiles();
  }
}

function pushAll(blocks: Iterable<unknown[]>, sink: Sink): void {
  for (const block of blocks) {
    for (const record of block) {
      sink.push(record);
      if (sink.isFull) return;
    }
  }
}

function shown(record: unknown): string {
  return record === undefined ? "" : showValue(record, maxRecordLength);
}

/** What was printed, and added to accumulators, goes beside the records, to a partition that reads this one's. */
function sendAside(output: BlockOutput, partition: number, wanted: StageSpec["sink"], lines: string[]): void {
  const isRouted = wanted.kind === "shuffle" && wanted.folder === "";
  const pid = !isRouted ? partition : wanted.id >= firstKeptId ? wanted.id : 0;
  lines.forEach((line, seq) => output.row(pid, partition, seq, BlockKind.console, Buffer.from(line)));
  const updates = accumulatorUpdates.take();
  if (updates) output.row(pid, partition, 0, BlockKind.accumulator, updates);
}

/** The same of a DataFrame's stages: to the client's files. */
function writeAside(consoleFile: string, partition: number, lines: string[]): void {
  accumulatorUpdates.write();
  if (consoleFile === "" || lines.length === 0) return;
  const text = lines.map((line) => `${JSON.stringify(`[partition ${partition}] ${line}`)}\n`).join("");
  appendFileSync(consoleFile, text, { mode: 0o600 });
}
