import { link, lstat, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileSegments, pathSegments } from "../path-segments.ts";
import { StorageError } from "../storage-error.ts";
import type { Storage, StorageEntry } from "../storage.ts";
import { isTemporaryName, temporaryName } from "../temporary-name.ts";
import { makeFolder, syncFolder, writeDurably } from "./durable.ts";
import { localError } from "./local-error.ts";

/** A folder of this machine. What is said to be done outlives a loss of power. */
export class LocalStorage implements Storage {
  readonly url: string;
  readonly #root: string;

  constructor(url: string, root: string) {
    this.url = url;
    this.#root = root;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await this.#viaTemporary(path, bytes, async (temporary, target) => {
      await rename(temporary, target);
      await syncFolder(dirname(target));
    });
  }

  async publish(path: string, bytes: Uint8Array): Promise<boolean> {
    return this.#viaTemporary(path, bytes, async (temporary, target) => {
      const isOurs = await linkOrFind(temporary, target);
      await syncFolder(dirname(target));
      await unlink(temporary);
      return isOurs;
    });
  }

  async rename(from: string, to: string): Promise<boolean> {
    const source = join(this.#root, ...fileSegments(from));
    const target = join(this.#root, ...fileSegments(to));
    const found = await asStorageError(source, () => orUndefined(lstat(source)));
    return asStorageError(target, async () => {
      if (found?.isDirectory()) throw isFolder(source);
      if (!found) {
        if (await orUndefined(lstat(target))) return false;
        throw new StorageError("NOT_FOUND", `There is neither ${source} nor ${target}.`, "Check the paths.");
      }
      // The same file by the same name: taking away the one would take away the other.
      if (source === target) return false;
      await makeFolder(dirname(target));
      const isMoved = await linkOrFind(source, target);
      if (!isMoved) return false;
      // The new name is on the disk before the old one goes, so that no crash leaves none.
      await syncFolder(dirname(target));
      await orUndefined(unlink(source));
      return true;
    });
  }

  async read(path: string): Promise<Buffer> {
    const file = join(this.#root, ...fileSegments(path));
    return asStorageError(file, () => readFile(file));
  }

  async list(path: string): Promise<StorageEntry[]> {
    const folder = join(this.#root, ...pathSegments(path));
    return asStorageError(folder, async () => {
      const names = (await orUndefined(readdir(folder))) ?? [];
      const shown = names.filter((name) => !isTemporaryName(name)).sort();
      const entries: StorageEntry[] = [];
      for (let at = 0; at < shown.length; at += 64) {
        const some = shown.slice(at, at + 64);
        const found = await Promise.all(some.map((name) => orUndefined(stat(join(folder, name)))));
        for (const [i, status] of found.entries()) {
          // Removed since, or a link to nothing.
          if (!status) continue;
          const isDirectory = status.isDirectory();
          const size = isDirectory ? 0 : status.size;
          entries.push({ name: some[i], size, isDirectory, modifiedMs: Math.floor(status.mtimeMs) });
        }
      }
      return entries;
    });
  }

  async exists(path: string): Promise<boolean> {
    const file = join(this.#root, ...pathSegments(path));
    return asStorageError(file, () => isThere(file));
  }

  async remove(path: string): Promise<void> {
    const file = join(this.#root, ...pathSegments(path));
    await asStorageError(file, async () => {
      if (!(await isThere(file))) return;
      await rm(file, { recursive: true, force: true });
      await orUndefined(syncFolder(dirname(file)));
    });
  }

  async #viaTemporary<T>(
    path: string,
    bytes: Uint8Array,
    finish: (temporary: string, target: string) => Promise<T>,
  ): Promise<T> {
    const target = join(this.#root, ...fileSegments(path));
    const temporary = join(dirname(target), temporaryName());
    return asStorageError(target, async () => {
      await makeFolder(dirname(target));
      try {
        await writeDurably(temporary, bytes);
        return await finish(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    });
  }
}

/**
 * Gives a file a second name, unless that is taken; whether it has it now. Node can't say RENAME_NOREPLACE.
 * Where it has both names already, someone was stopped between the link and the unlink, or the answer of a network
 * file system was lost: this finishes it.
 */
async function linkOrFind(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && (await orUndefined(lstat(to)))) return false;
    if (["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"].includes(code ?? "")) {
      throw new StorageError(
        "OTHER",
        `The file system of ${to} makes no hard links (${code}), which keep two writers apart.`,
        "Choose a folder on ext4, xfs, btrfs, tmpfs or NFS.",
        { cause: error },
      );
    }
    if (code !== "EEXIST") throw error;
    const [here, there] = await Promise.all([
      orUndefined(lstat(from, { bigint: true })),
      orUndefined(lstat(to, { bigint: true })),
    ]);
    return here !== undefined && here.ino === there?.ino && here.dev === there.dev;
  }
}

function isFolder(path: string): StorageError {
  return new StorageError("OTHER", `${path} is a folder; only files are moved.`, "Move the files in it.");
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await orUndefined(lstat(path))) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw error;
  }
}

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function asStorageError<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw localError(error, path);
  }
}
