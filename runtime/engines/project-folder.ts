import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The path of a file of the project, given from its root. */
export function projectFile(path: string): string {
  return join(root, path);
}
