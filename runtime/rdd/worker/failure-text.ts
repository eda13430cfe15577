import { deflateRawSync } from "node:zlib";
import { inspect, types } from "node:util";
import { showValue } from "../../sql/columns/row-error.ts";
import type { ExecutorFailure, ThrownCause } from "../stage.ts";

// Spark cuts error messages at 2 kB, and the client needs all of this.
const maxMessageLength = 400;
const maxFrames = 8;
const maxCauses = 2;

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
  return { kind: "closure", ...lookedAt(thrown, program), record, partition };
}

/** What was thrown may itself throw when it is looked at. */
function lookedAt(thrown: unknown, program: string): ThrownCause {
  try {
    return thrownText(thrown, program);
  } catch {
    const what = types.isProxy(thrown) ? "a Proxy" : types.isNativeError(thrown) ? "an Error" : "an object";
    return { name: "Error", message: `threw ${what} that can't be read` };
  }
}

/** Each cause is half as long as what it caused. */
function thrownText(thrown: unknown, program: string, depth = 0): ThrownCause {
  const share = 2 ** depth;
  if (!isError(thrown))
    return { name: "Error", message: cut(`threw ${textOf(thrown)}`, maxMessageLength / share) };
  const { cause } = thrown;
  return {
    name: textOf(thrown.name),
    message: cut(textOf(thrown.message), maxMessageLength / share),
    stack: frames(thrown, program, maxFrames / share),
    cause: cause === undefined || depth === maxCauses ? undefined : thrownText(cause, program, depth + 1),
  };
}

function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** Of objects without words of their own, such as `Object.create(null)`, their JSON, or what Node shows of them. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  try {
    const text = String(value);
    if (!text.startsWith("[object ")) return text;
  } catch {
    // It has no text.
  }
  const json = showValue(value, maxMessageLength);
  return json.startsWith("[object ") ? inspect(value, { depth: 2, breakLength: Infinity }) : json;
}

function cut(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

function frames(error: Error, program: string, maxCount: number): string {
  const lines = textOf(error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  return lines
    .filter((line) => !line.includes(program) && !line.includes("node:"))
    .slice(0, maxCount)
    .join("\n");
}
