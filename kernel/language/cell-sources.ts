/** Where compiled code came from: maps positions in stacks back to the lines that the user wrote. */
import {
  type DecodedSourceMap,
  type EncodedSourceMap,
  TraceMap,
  traceSegment,
} from "@jridgewell/trace-mapping";
import { withUserNames } from "./user-names.ts";

export interface CompiledSource {
  /** The JavaScript between the two steps, as oxc made it. */
  erased: string;
  /** User's source → erased JavaScript. */
  erasedMap: EncodedSourceMap;
  /** Erased JavaScript → the code that runs; made only when somebody asks. */
  rewrittenMap(): DecodedSourceMap;
}

/** A place in a cell, counted from 1. */
export interface CellPosition {
  line: number;
  column: number;
}

interface Entry {
  /** What the user wrote. */
  source: string;
  /** Absent when it couldn't be compiled. */
  compiled?: CompiledSource;
  traces?: [TraceMap, TraceMap];
}

const entries = new Map<string, Entry>();

/** `Cell [3]:2:15` as V8 writes it; `Cell [3], line 2:15` is what users read. */
const POSITION = /(Cell \[[^\]\n]+\]):(\d+):(\d+)/g;

/** Remembers what the user wrote under the name that its code runs by; errors quote it. */
export function rememberSource(url: string, source: string): void {
  entries.set(url, { source });
}

/** Remembers how the remembered source was compiled. */
export function rememberCompiled(url: string, compiled: CompiledSource): void {
  entries.get(url)!.compiled = compiled;
}

/** The text that the user wrote, by line; undefined for an unknown cell. */
export function sourceLines(url: string): string[] | undefined {
  return entries.get(url)?.source.split("\n");
}

/** The user's position for one in the running code, or undefined for code that is ours. */
export function locate(url: string, line: number, column: number): CellPosition | undefined {
  const entry = entries.get(url);
  const traces = entry && tracesOf(entry);
  if (!traces) return undefined;
  const [rewritten, erased] = traces;
  const inErased = step(rewritten, line - 1, column - 1);
  if (!inErased) return undefined;
  // The rewriter works on the erased code with an empty line before it.
  const erasedLine = inErased.line - 1;
  const origin = step(erased, Math.max(0, erasedLine), inErased.column);
  if (!origin) return undefined;
  const shift = sameText(entry, { line: erasedLine, column: inErased.column }, origin);
  return { line: origin.line + 1, column: origin.column + shift + 1 };
}

/** The user's position for an offset in the JavaScript that oxc made. */
export function locateErased(url: string, offset: number): CellPosition | undefined {
  const entry = entries.get(url);
  const traces = entry && tracesOf(entry);
  if (!traces) return undefined;
  const before = entry.compiled!.erased.slice(0, offset).split("\n");
  const origin = step(traces[1], before.length - 1, before.at(-1)!.length);
  return origin && { line: origin.line + 1, column: origin.column + 1 };
}

function tracesOf(entry: Entry): [TraceMap, TraceMap] | undefined {
  const { compiled } = entry;
  if (!compiled) return undefined;
  return (entry.traces ??= [new TraceMap(compiled.rewrittenMap()), new TraceMap(compiled.erasedMap)]);
}

/** Replaces every position and name of running code in `text` by the user's, in the words that users read. */
export function asWritten(text: string): string {
  const named = withUserNames(text);
  if (!named.includes("Cell [")) return named;
  return named.replace(POSITION, (whole, url: string, line: string, column: string) => {
    const position = locate(url, Number(line), Number(column));
    if (position) return `${url}, line ${position.line}:${position.column}`;
    return entries.has(url) ? url : whole;
  });
}

interface Step {
  line: number;
  column: number;
  /** How far the position lies behind the segment's start. */
  behind: number;
}

function step(trace: TraceMap, line: number, column: number): Step | undefined {
  const segment = traceSegment(trace, line, column);
  if (!segment || segment.length === 1) return undefined;
  return { line: segment[2], column: segment[3], behind: column - segment[0] };
}

/** A segment starts a whole expression: inside it columns move along while the text is the same on both sides. */
function sameText(entry: Entry, erased: { line: number; column: number }, origin: Step): number {
  if (origin.behind <= 0) return 0;
  const from = entry.compiled?.erased
    .split("\n")
    [erased.line]?.slice(erased.column - origin.behind, erased.column);
  const to = entry.source.split("\n")[origin.line]?.slice(origin.column, origin.column + origin.behind);
  return from !== undefined && from === to ? origin.behind : 0;
}
