// Where the texts of packed modules came from, for stack traces.
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

/** A stack with the files that packed modules came from. */
export function withPackedPlaces(stack: string): string {
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
