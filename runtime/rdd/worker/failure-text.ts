import { deflateRawSync } from "node:zlib";
import type { ExecutorFailure } from "../stage.ts";

// Spark cuts error messages at 2 kB, and the client needs all of this.
const maxMessageLength = 400;
const maxFrames = 8;

/** A failure as text that survives an engine's error message: a sentence, then everything, packed. */
export function failureText(failure: ExecutorFailure): string {
  const packed = deflateRawSync(JSON.stringify(failure)).toString("base64");
  return `${failure.name ?? "Error"}: ${failure.message}\n<sightline:${packed}>`;
}

/** What a function of the user's threw. `program` is the worker's own file, whose frames say nothing to the user. */
export function closureFailure(
  thrown: unknown,
  program: string,
  record: string,
  partition: number,
): ExecutorFailure {
  const isError = thrown instanceof Error;
  const text = isError ? thrown.message : `threw ${String(thrown)}`;
  return {
    kind: "closure",
    name: isError ? thrown.name : "Error",
    message: text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}…` : text,
    stack: isError ? frames(thrown, program) : undefined,
    record,
    partition,
  };
}

function frames(error: Error, program: string): string {
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return lines
    .filter((line) => !line.includes(program) && !line.includes("node:"))
    .slice(0, maxFrames)
    .join("\n");
}
