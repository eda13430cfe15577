import { resolve } from "node:path";
import type { Engine } from "../engines/engine.ts";

/**
 * A path as the engine is told it. An engine of this machine keeps the folder it was started in, so relative paths
 * are made whole here, where process.chdir() counts; addresses and the paths of remote engines stay as they are.
 */
export function enginePath(engine: Engine, path: string): string {
  if (!engine.isLocal || /^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  return resolve(path);
}
