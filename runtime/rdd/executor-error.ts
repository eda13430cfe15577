import { inflateRawSync } from "node:zlib";
import { EngineError } from "../engines/engine-error.ts";
import { ClosureError } from "./closures/closure-error.ts";
import { withOriginalPlaces } from "./closures/packed-places.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { ExecutorFailure, ThrownCause } from "./stage.ts";

/** The failure of a worker inside an engine's error, if it is one. */
export function executorFailure(error: unknown): ExecutorFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { serverTrace = "" } = error as { serverTrace?: string };
  for (const [, packed] of `${error.message}\n${serverTrace}`.matchAll(/<sightline:([A-Za-z0-9+/=]+)>/g)) {
    try {
      const text = inflateRawSync(Buffer.from(packed, "base64")).toString();
      return JSON.parse(withOriginalPlaces(text)) as ExecutorFailure;
    } catch {
      // The engine cut its message, or the user's own has such words.
    }
  }
  return undefined;
}

const nodeRemedy =
  "Functions on executors run in Node 22 or later. Install it on every executor, as `node` on its PATH or named by " +
  'await spark.conf.set("spark.sightline.node.path", "/opt/node/bin/node"); or send this machine\'s: ' +
  'await spark.conf.set("spark.sightline.node.archive", "true");';

/** What the user is told of a job that failed. */
export function executorError(error: unknown): unknown {
  const failure = executorFailure(error);
  if (!failure) return error;
  if (failure.function !== undefined) return functionError(failure);
  const { partition, record = "" } = failure;
  const details = { partition, record, frames: failure.stack, cause: causeOf(failure) };
  switch (failure.kind) {
    case "closure":
      return new ClosureError(
        `${failure.name}: ${failure.message}`,
        `A function failed on an executor, in partition ${partition}${record && `, at the record ${record}`}. ` +
          "Mend the function, or filter such records out before.",
        details,
      );
    case "row":
      return new ClosureError(
        failure.message,
        `Partition ${partition}${record && `, from the record ${record}`}. ` +
          "Return what the schema says, or change the schema.",
        details,
      );
    case "input":
      return new PlanError(
        failure.message,
        "Check the file where the executor sees it; sc.textFile() of a pattern can leave it out.",
        { cause: error },
      );
    case "output":
      return new PlanError(
        failure.message,
        "The folder must be one that every executor can write in; of executors on other machines, hdfs://.",
        { cause: error },
      );
    case "missing":
      return new EngineError(
        failure.message,
        "Run it again: what is lost is computed anew; for a DataFrame of an RDD after rdd.toDF() made it anew.",
        { cause: error },
      );
    case "node":
      return new EngineError(failure.message, nodeRemedy, { cause: error });
    case "memory":
      return new EngineError(
        failure.message,
        "Let functions keep less at a time (more partitions, reduceByKey in place of groupByKey, mapPartitions over an " +
          'iterator), or give workers more: await spark.conf.set("spark.sightline.worker.memory", "4g");',
        { cause: error },
      );
    default:
      return new EngineError(
        failure.message,
        "Run it again; if it dies again, a function uses too much memory or ends the process.",
        { cause: error },
      );
  }
}

/** The same of a function over columns. */
function functionError(failure: ExecutorFailure): ClosureError {
  const { kind, name, message, function: called, place = "", record = "", stack } = failure;
  const details = { record, frames: stack, cause: causeOf(failure) };
  const where = place === "" ? "on an executor" : `on an executor ${place}`;
  const call = record === "" ? `${called}()` : `${called}(${record})`;
  return kind === "closure"
    ? new ClosureError(
        `${name}: ${message}`,
        `The function ${call} failed ${where}. Mend it, or filter such rows out before.`,
        details,
      )
    : new ClosureError(
        message,
        `It was called ${where}, as ${call}. Return what the type says, or change the type.`,
        details,
      );
}

/** What the function threw. The engine's own error around it says nothing more. */
function causeOf({ name = "Error", message, stack, cause }: Partial<ThrownCause>): Error {
  const thrown = new Error(message, cause && { cause: causeOf(cause) });
  thrown.name = name;
  thrown.stack = [`${name}: ${message}`, stack].filter(Boolean).join("\n");
  return thrown;
}
