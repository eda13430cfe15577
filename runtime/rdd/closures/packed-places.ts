// The places of stack traces in the files that their code came from.
import { findSourceMap } from "node:module";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

const maps = new Map<string, string | TraceMap>();
const maxMaps = 32;

/** The name that the modules of a pack have in stacks. */
export function packFile(hash: string): string {
  return `sightline-pack-${hash}.cjs`;
}

/** Keeps the source map of a pack. */
export function rememberPack(hash: string, map: string): void {
  maps.delete(hash);
  maps.set(hash, map);
  if (maps.size > maxMaps) maps.delete(maps.keys().next().value!);
}

/** A stack with the places in the files that its code came from. */
export function withOriginalPlaces(stack: string): string {
  return withTransformedPlaces(withPackedPlaces(stack));
}

/** Of files that Node compiled, for their enums, and kept a source map of. */
function withTransformedPlaces(stack: string): string {
  return stack.replace(
    /(file:\/\/\/[^\s()"]+):(\d+):(\d+)/g,
    (whole, url: string, line: string, column: string) => {
      const origin = findSourceMap(url)?.findOrigin(Number(line), Number(column));
      return origin && "fileName" in origin && origin.fileName
        ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
        : whole;
    },
  );
}

/** Of the modules of a pack. */
function withPackedPlaces(stack: string): string {
  return stack.replace(
    /sightline-pack-([0-9a-f]{16})\.cjs:(\d+):(\d+)/g,
    (whole, hash: string, line: string, column: string) => {
      let map = maps.get(hash);
      if (map === undefined) return whole;
      if (typeof map === "string") maps.set(hash, (map = new TraceMap(map)));
      const origin = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
      if (origin.source === null) return whole;
      const file = origin.source.replace(/^(?:\.\.\/)*/, "/").replace(/^\/+/, "/");
      return `${file}:${origin.line}:${origin.column + 1}`;
    },
  );
}
