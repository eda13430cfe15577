// Table functions: an object of the user's class, asked for the rows of one row of arguments after the other.
import type { BatchOutput } from "../../rdd/worker/batch-output.ts";
import type { CallProgress } from "./call-progress.ts";
import { settled } from "./call-progress.ts";
import { valuesOf } from "../../sql/arrow-rows.ts";
import type { LoadedFunction } from "./load-function.ts";
import { readBatches } from "./read-batches.ts";
import { write } from "./table-calls.ts";

interface TableFunction {
  eval(...args: unknown[]): unknown;
  terminate?(): unknown;
}

/** Each stream is a row: whether it is the end, then the arguments. Each is answered with rows and a mark of their end. */
export function tableFunctionCall(
  { spec, fn }: LoadedFunction,
  streams: Iterable<Buffer>,
  output: BatchOutput,
  progress: CallProgress,
): void {
  const object = new (fn as unknown as new () => TableFunction)();
  for (const stream of streams) {
    const [batch] = readBatches(stream);
    const [isEnd] = valuesOf(batch.getChildAt(0)!);
    const vectors = batch.schema.fields.slice(1).map((_, i) => batch.getChildAt(i + 1)!);
    const args = spec.isArrow ? vectors : vectors.map((vector) => valuesOf(vector)[0]);
    progress.arguments = () => (spec.isArrow ? [] : args);
    progress.place = isEnd ? "in terminate()" : "in eval()";
    write(spec, settled(isEnd ? object.terminate!() : object.eval(...args)), output);
    output.complete();
  }
}
