import { readdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { HdfsAccess } from "../../storage/hdfs/hdfs-access.ts";
import { PlanError } from "../../connect/plan-error.ts";
import { openHdfs } from "./hdfs-file-system.ts";

/** A file or folder. */
export interface FileEntry {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
  /** In bytes. */
  readonly size: number;
  /** Bytes of a block, which a split doesn't exceed. */
  readonly blockBytes: number;
}

/** Where files are looked for. */
export interface FileSystem {
  /** What is before an absolute path in an address: "file:", "hdfs://namenode:9000". */
  readonly root: string;
  readonly hdfs?: HdfsAccess;
  /** What is at an absolute path; undefined where nothing is. */
  status(path: string): Promise<FileEntry | undefined>;
  /** What a folder holds, sorted by name. */
  list(folder: string): Promise<FileEntry[]>;
}

/** Hadoop's block size for local files. */
const localBlockBytes = 32 << 20;

/**
 * The file system of a path, and the absolute path on it. As in Hadoop "%20" stands for three characters.
 * @param path relative to the working folder, or an address
 * @param method who asks, for the error
 * @throws PlanError for a storage that isn't read here; StorageError when HDFS can't be reached
 */
export async function fileSystemOf(
  path: string,
  method: string,
): Promise<{ readonly system: FileSystem; readonly path: string }> {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(\/.*)$/is.exec(path) ?? [];
  if (scheme === undefined) return { system: localFiles, path: resolve(path) };
  if (/^file$/i.test(scheme))
    return { system: localFiles, path: resolve(rest.replace(/^\/\/[^/]*/, "") || "/") };
  if (/^hdfs$/i.test(scheme)) return openHdfs(path);
  throw new PlanError(
    `${method}("${path}") reaches files of this machine and of HDFS, not ${scheme}://.`,
    `Read it as a DataFrame: spark.read.text("${path}")`,
  );
}

const localFiles: FileSystem = {
  root: "file:",
  status: (path) => entryOf(path, path.slice(path.lastIndexOf("/") + 1)),
  async list(folder) {
    const names = (await readdir(folder)).sort();
    return Promise.all(names.map((name) => requiredEntry(`${folder.replace(/\/$/, "")}/${name}`, name)));
  },
};

/** A link that leads nowhere is an error. */
async function requiredEntry(path: string, name: string): Promise<FileEntry> {
  const found = await stat(path);
  const kind = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  return { path, name, kind, size: found.size, blockBytes: localBlockBytes };
}

async function entryOf(path: string, name: string): Promise<FileEntry | undefined> {
  try {
    return await requiredEntry(path, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
