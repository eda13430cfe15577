// What functions printed and added while an engine elsewhere made the blocks that it keeps: it lies in the blocks, and
// comes again with each job that reads them.
import { firstKeptId } from "./stage.ts";

const told = new Map<number, Set<string>>();

/**
 * Whether a row of blocks, which isn't of records, comes for the first time.
 * @param pid its partition: of what is kept the id of its blocks
 * @param key what tells it from the others of these blocks
 */
export function isNews(pid: number, key: string): boolean {
  if (pid < firstKeptId) return true;
  let known = told.get(pid);
  if (!known) told.set(pid, (known = new Set()));
  const isNew = !known.has(key);
  known.add(key);
  return isNew;
}

/** Of blocks that the engine no longer keeps. */
export function forgetNews(id: number): void {
  told.delete(id);
}
