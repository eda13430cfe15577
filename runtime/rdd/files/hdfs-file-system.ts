import type { HdfsStorage } from "../../storage/hdfs/hdfs-storage.ts";
import type { FileStatus } from "../../storage/hdfs/file-status.ts";
import type { FileEntry, FileSystem } from "./file-system.ts";

const opened = new Map<string, Promise<HdfsStorage>>();

/**
 * The HDFS of an address, by its WebHDFS. A cluster that was reached once isn't looked for again.
 * @throws StorageError when it isn't the address of an HDFS, or none can be reached there
 */
export async function openHdfs(url: string): Promise<{ system: FileSystem; path: string }> {
  const { root, storage } = await hdfsOf(url);
  const inside = (path: string) => path.split("/").filter(Boolean).join("/");
  const system: FileSystem = {
    root,
    hdfs: storage.access,
    async status(path) {
      const found = await storage.status(inside(path));
      return found && entryOf(path, path.slice(path.lastIndexOf("/") + 1), found);
    },
    async list(folder) {
      const found = await storage.statuses(inside(folder));
      return found.map((status) => {
        const name = status.pathSuffix;
        return entryOf(`${folder.replace(/\/$/, "")}/${name}`, name, status);
      });
    },
  };
  return { system, path: resolved(url.slice(root.length)) };
}

/** The HDFS of an address as a storage, at its root. */
export async function hdfsOf(url: string): Promise<{ root: string; storage: HdfsStorage }> {
  const root = /^hdfs:\/\/[^/]*/i.exec(url)?.[0] ?? "hdfs://";
  const key = `${process.env.HADOOP_CONF_DIR} ${process.env.HADOOP_USER_NAME} ${root}`;
  const opening = opened.get(key) ?? open(root);
  opened.set(key, opening);
  try {
    return { root, storage: await opening };
  } catch (error) {
    opened.delete(key);
    throw error;
  }
}

// Most sessions have no HDFS: its code isn't loaded for them.
async function open(root: string): Promise<HdfsStorage> {
  const [{ HdfsStorage }, { parseHdfsUrl }] = await Promise.all([
    import("../../storage/hdfs/hdfs-storage.ts"),
    import("../../storage/hdfs/hdfs-url.ts"),
  ]);
  return HdfsStorage.open(parseHdfsUrl(root), {});
}

/** A path without "." and "..", from the root. */
function resolved(path: string): string {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

function entryOf(path: string, name: string, { type, length, blockSize }: FileStatus): FileEntry {
  const kind = type === "FILE" ? "file" : type === "DIRECTORY" ? "folder" : "other";
  return { path, name, kind, size: length, blockBytes: blockSize };
}
