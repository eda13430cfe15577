// What makes names and bytes outlive a crash: https://man7.org/linux/man-pages/man2/fsync.2.html
import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a new file, down to the disk. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder outlive a crash. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems have no such thing for folders.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EINVAL" && code !== "ENOTSUP") throw error;
  } finally {
    await folder.close();
  }
}

/** Makes a folder and its parents, as durably as the files in it will be. */
export async function makeFolder(path: string, hasParent = false): Promise<void> {
  // Not mkdir's `recursive`, which takes a read-only file system for a missing folder.
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    // A place such as /proc has no room for it, whatever is made before.
    if (code !== "ENOENT" || hasParent || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    return makeFolder(path, true);
  }
  await syncFolder(dirname(path));
}
