import { RowError, showValue } from "../../sql/columns/row-error.ts";
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import { closureFailure } from "../../rdd/worker/failure-text.ts";
import type { ExecutorFailure } from "../../rdd/stage.ts";
import type { CallProgress } from "./call-progress.ts";
import { columnCall } from "./column-calls.ts";
import type { LoadedFunction } from "./load-function.ts";
import { tableFunctionCall } from "./table-function-call.ts";
import { tableCall } from "./table-calls.ts";

const maxRecordLength = 200;

export interface CallOptions {
  readonly output: BatchOutput;
  /** The worker's own file. */
  readonly program: string;
  /** Sends what was printed so far. */
  readonly say: () => void;
}

/** One call of the engine: streams in, batches out. */
export class FunctionCall {
  readonly #loaded: LoadedFunction;
  readonly #options: CallOptions;

  constructor(loaded: LoadedFunction, options: CallOptions) {
    this.#loaded = loaded;
    this.#options = options;
  }

  /** Returns what went wrong in the user's code, if anything did. */
  run(streams: Iterator<Buffer> & Iterable<Buffer>): ExecutorFailure | undefined {
    const { spec } = this.#loaded;
    const { output, program, say } = this.#options;
    const progress: CallProgress = { place: "", arguments: () => [] };
    try {
      if (spec.shape === "scalar" || spec.shape === "vectors" || spec.shape === "aggregate")
        columnCall(this.#loaded, streams, output, progress);
      else if (spec.shape === "table") tableFunctionCall(this.#loaded, streams, output, progress);
      else tableCall(this.#loaded, streams, output, progress, say);
      // A function may leave its input before the end; the next call begins after it.
      while (!streams.next().done);
      return undefined;
    } catch (thrown) {
      const details = { function: spec.name, place: progress.place, record: this.#shown(progress) };
      if (thrown instanceof RowError) return { kind: "row", message: thrown.message, ...details };
      return { ...closureFailure(thrown, program, details.record, 0), partition: undefined, ...details };
    }
  }

  #shown({ arguments: args }: CallProgress): string {
    const text = args()
      .map((value) => showValue(value, maxRecordLength))
      .join(", ");
    return text.length > maxRecordLength ? `${text.slice(0, maxRecordLength)}…` : text;
  }
}
