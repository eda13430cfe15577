/** What a front end shows of something that was thrown. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { inspect, types } from "node:util";
import { asWritten, sourceLines } from "../language/cell-sources.ts";
import { codeFrame } from "./code-frame.ts";
import { referenceAdvice } from "./reference-advice.ts";
import { originOf } from "./error-origins.ts";
import { isInternalFrame, isLibraryFrame, isPackageFrame, shortenPaths, splitStack } from "./stack-frames.ts";

/** The content of Jupyter's `error` message. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
  [key: string]: unknown;
}

const MAX_FRAMES = 20;
const MAX_CAUSES = 5;
const WITHOUT_LINE = /at (?:async )?Cell \[[^\]]+\]$|\(<anonymous>\)$/;

/**
 * Name and message, the line that failed with a caret under it, then the stack in the user's positions;
 * causes and the parts of an AggregateError after it.
 * @param from the frame to show where no line of the user's was on the stack
 */
export function errorReport(thrown: unknown, from?: string): ErrorReport {
  if (!isError(thrown)) {
    const evalue = safely(
      () => (typeof thrown === "string" ? thrown : inspect(thrown, { depth: 2 })),
      "a value",
    );
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`] };
  }
  const ename = safely(() => String(thrown.name || "Error"), "Error");
  const evalue = safely(() => messageOf(thrown, placeOf(thrown, framesOf(thrown, from))), "");
  return {
    ename,
    evalue,
    traceback: safely(() => traceback(thrown, { from }), [`${red(ename)}: ${evalue}`]),
  };
}

interface Shown {
  readonly from?: string;
  readonly depth?: number;
  /** The places whose lines are shown already. */
  readonly places?: Set<string>;
}

function traceback(error: Error, { from, depth = 0, places = new Set() }: Shown): string[] {
  const frames = framesOf(error, from);
  const place = placeOf(error, frames);
  const message = messageOf(error, place);
  const title = red(error.name || "Error");
  const lines = [message ? `${title}: ${message}` : title];
  // Below a cause's message the lines of libraries say nothing to the user.
  if (depth > 0 && frames.every((frame) => isLibraryFrame(frame) || isPackageFrame(frame))) return lines;
  if (place && !places.has(place.title)) {
    places.add(place.title);
    lines.push(
      `  ${place.title}`,
      ...codeFrame(place.source, place.line, place.column).map((line) => `  ${line}`),
    );
  }
  lines.push(...frames.slice(0, MAX_FRAMES));
  if (frames.length > MAX_FRAMES) lines.push(`    … ${frames.length - MAX_FRAMES} more frames`);
  if (depth >= MAX_CAUSES) return lines;
  const below = { depth: depth + 1, places };
  // What the engine answered, word by word, is said by the error above it; the rest of it is in error.cause.
  if (isError(error.cause) && error.cause.name === "ConnectError") return lines;
  if (isError(error.cause)) lines.push("", ...prefixed("Caused by ", traceback(error.cause, below)));
  else if (error.cause !== undefined) lines.push("", `Caused by ${inspect(error.cause, { depth: 2 })}`);
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, MAX_CAUSES)) {
      lines.push(
        "",
        ...(isError(one)
          ? prefixed("One of them: ", traceback(one, below))
          : [`One of them: ${inspect(one)}`]),
      );
    }
  }
  return lines;
}

function messageOf(error: Error, place?: Place): string {
  const message = asWritten(String(error.message));
  const advice = referenceAdvice(error, place?.source[place.line - 1]);
  return advice === undefined ? message : `${message}\n${advice}`;
}

function framesOf(error: Error, from?: string): string[] {
  const own = splitStack(typeof error.stack === "string" ? error.stack : "").frames;
  const visible = own.filter((line) => !isInternalFrame(line));
  const origin = splitStack(originOf(error) ?? "").frames;
  const users = [...visible, ...origin].filter((line) => !isLibraryFrame(line));
  const said = users.length > 0 ? users : from ? [from] : visible;
  const lines = said.map((line) => shortenPaths(asWritten(line)));
  // The function that wraps a cell has no line of its own, and neither have V8's built-in ones.
  return [...new Set(lines.filter((line) => !WITHOUT_LINE.test(line)))];
}

interface Place {
  title: string;
  source: string[];
  line: number;
  column: number;
}

/** The first place in code of the user: in a cell, or in a file outside of any package. */
function placeOf(error: Error, frames: readonly string[]): Place | undefined {
  const { url, line, column } = error as { url?: unknown; line?: unknown; column?: unknown };
  if (typeof url === "string" && typeof line === "number" && typeof column === "number") {
    const source = sourceLines(url) ?? (error as { source?: string[] }).source;
    if (source) return { title: `${url}, line ${line}:${column}`, source, line, column };
  }
  for (const frame of frames) {
    const cell = /(Cell \[[^\]]+\]), line (\d+):(\d+)/.exec(frame);
    const file =
      cell ?? /(?:\(|at (?:async )?)(?:file:\/\/)?([^\s()]+\.[cm]?[jt]s):(\d+):(\d+)\)?$/.exec(frame);
    if (!file || isPackageFrame(frame) || isLibraryFrame(frame)) continue;
    const source = cell ? sourceLines(file[1]) : readLines(file[1]);
    const [row, col] = [Number(file[2]), Number(file[3])];
    if (source && row <= source.length)
      return { title: `${file[1]}, line ${row}:${col}`, source, line: row, column: col };
  }
  return undefined;
}

function readLines(path: string): string[] | undefined {
  try {
    return readFileSync(resolve(path), "utf8").split("\n");
  } catch {
    return undefined;
  }
}

function prefixed(prefix: string, [first, ...rest]: string[]): string[] {
  return [prefix + first, ...rest];
}

function isError(value: unknown): value is Error {
  // Errors of other realms (vm contexts) aren't instances of ours.
  return types.isNativeError(value) || safely(() => value instanceof Error, false);
}

/** What user code throws may throw again when it is looked at. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function red(text: string): string {
  return `\u001b[31m${text}\u001b[39m`;
}
