import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StorageError } from "../storage-error.ts";

/**
 * The absolute path that a plain path or a file:// url means.
 * @throws StorageError OTHER for an empty path, or a url with a host
 */
export function localFolder(url: string): string {
  if (url === "" || url.includes("\0")) {
    throw new StorageError("OTHER", `${JSON.stringify(url)} isn't a folder.`, 'Give one: "/data/lake".');
  }
  if (!/^file:/i.test(url)) return resolve(url);
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new StorageError(
      "OTHER",
      `${url} names no folder of this machine.`,
      'Write it as "file:///data/lake" or "/data/lake".',
      { cause },
    );
  }
}
