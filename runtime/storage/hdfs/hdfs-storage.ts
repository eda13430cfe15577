import { fileSegments } from "../path-segments.ts";
import { StorageError } from "../storage-error.ts";
import type { Storage, StorageEntry } from "../storage.ts";
import { isTemporaryName, temporaryName } from "../temporary-name.ts";
import { DataNodes } from "./data-nodes.ts";
import { type FileStatus, fileStatus } from "./file-status.ts";
import { hdfsError } from "./hdfs-error.ts";
import { hdfsSegments, type HdfsUrl } from "./hdfs-url.ts";
import type { HdfsAccess } from "./hdfs-access.ts";
import { hdfsUser } from "./hdfs-user.ts";
import type { LocalFile } from "./http-exchange.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { moveFile } from "./move-file.ts";
import { NameNode, type Parameters } from "./name-node.ts";
import { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";
import { Transfer } from "./transfer.ts";
import { webhdfsAddresses } from "./webhdfs-addresses.ts";

// What a slow network moves in a millisecond; a big file gets that much more time.
const slowBytesPerMs = 1000;

/**
 * A folder of HDFS, over WebHDFS. A request whose answer is lost may still be carried out, at any later time; so each
 * is one that does no harm then. Files are written under names that nobody else uses, and moved in whole.
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html
 */
export class HdfsStorage implements Storage {
  readonly url: string;
  /** How others reach the same HDFS. */
  readonly access: HdfsAccess;
  readonly #root: readonly string[];
  readonly #nameNode: NameNode;
  readonly #transfer: Transfer;

  private constructor(url: HdfsUrl, nameNode: NameNode, addresses: readonly URL[]) {
    this.url = url.url;
    this.access = { addresses: addresses.map(({ origin }) => origin), user: nameNode.user };
    this.#root = url.segments;
    this.#nameNode = nameNode;
    this.#transfer = new Transfer(nameNode, new DataNodes(nameNode));
  }

  /**
   * @throws StorageError UNREACHABLE when no NameNode answers in time, or where another one than the url's does
   */
  static async open(
    url: HdfsUrl,
    options: { readonly webhdfs?: string | readonly string[]; readonly user?: string },
    limits: Limits = defaultLimits,
  ): Promise<HdfsStorage> {
    const addresses = await webhdfsAddresses(url, options.webhdfs);
    const nameNode = new NameNode(addresses, hdfsUser(options.user), limits);
    const storage = new HdfsStorage(url, nameNode, addresses);
    // One that has just started takes long for its first answer, but it takes the connection.
    const totalMs = Math.min(limits.totalMs, limits.openMs + limits.answerMs);
    const patience = new Patience(totalMs, limits.openMs);
    await storage.#do("/", patience, () => fileStatus(nameNode, patience, "/"));
    if (options.webhdfs === undefined) await isOf(url, nameNode, patience, addresses);
    return storage;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const to = this.#file(path);
    await this.#do(to, this.#timeFor(bytes.length), async (patience) => {
      await this.#viaTemporary(patience, to, bytes, "OVERWRITE");
    });
  }

  /** Like `write`, with the bytes of a local file. */
  async writeFrom(path: string, file: LocalFile): Promise<void> {
    const to = this.#file(path);
    await this.#do(to, this.#timeFor(file.length), async (patience) => {
      await this.#viaTemporary(patience, to, file, "OVERWRITE");
    });
  }

  async publish(path: string, bytes: Uint8Array): Promise<boolean> {
    const to = this.#file(path);
    return this.#do(to, this.#timeFor(bytes.length), (patience) =>
      this.#viaTemporary(patience, to, bytes, "NONE"),
    );
  }

  async rename(from: string, to: string): Promise<boolean> {
    const source = this.#file(from);
    const target = this.#file(to);
    return this.#do(target, this.#timeFor(0), async (patience) => {
      const found = await fileStatus(this.#nameNode, patience, source);
      if (found?.type === "DIRECTORY") {
        throw new StorageError(
          "OTHER",
          `${source} is a folder; only files are moved.`,
          "Move the files in it.",
        );
      }
      if (found && source !== target) {
        const move = { from: source, fileId: found.fileId, to: target, how: "NONE" } as const;
        return moveFile(this.#nameNode, patience, move);
      }
      if (found || (await fileStatus(this.#nameNode, patience, target))) return false;
      throw new StorageError("NOT_FOUND", `There is neither ${source} nor ${target}.`, "Check the paths.");
    });
  }

  async read(path: string): Promise<Buffer> {
    const file = this.#file(path);
    const status = await this.#do(file, this.#timeFor(0), (patience) =>
      fileStatus(this.#nameNode, patience, file),
    );
    if (!status) throw new StorageError("NOT_FOUND", `There is no ${file} on HDFS.`, "Check the path.");
    if (status.type === "DIRECTORY") {
      throw new StorageError("OTHER", `${file} is a folder where a file is needed.`, "Choose another path.");
    }
    return this.#do(file, this.#timeFor(status.length), (patience) =>
      this.#transfer.read(patience, file, status),
    );
  }

  async list(path: string): Promise<StorageEntry[]> {
    return (await this.statuses(path)).map(toEntry);
  }

  /** What HDFS knows of a file or folder; undefined where nothing is. */
  async status(path: string): Promise<FileStatus | undefined> {
    const file = this.#path(path);
    return this.#do(file, this.#timeFor(0), (patience) => fileStatus(this.#nameNode, patience, file));
  }

  /** What HDFS knows of what a folder holds, sorted by name; [] when it is missing. */
  async statuses(path: string): Promise<FileStatus[]> {
    const folder = this.#path(path);
    return this.#do(folder, this.#timeFor(0), async (patience) => {
      const entries: FileStatus[] = [];
      let startAfter: string | undefined;
      for (;;) {
        const parameters: Parameters = startAfter === undefined ? {} : { startAfter };
        const answer = await this.#nameNode
          .call(patience, "GET", "LISTSTATUS_BATCH", folder, parameters)
          .catch((error) => {
            if (error instanceof RemoteException && error.isMissing) return undefined;
            throw error;
          });
        const page: FileStatus[] = answer?.DirectoryListing.partialListing.FileStatuses.FileStatus ?? [];
        if (page[0]?.pathSuffix === "") throw notFolder(folder);
        entries.push(...page.filter(({ pathSuffix }) => !isTemporaryName(pathSuffix)));
        if (page.length === 0 || !answer.DirectoryListing.remainingEntries) return entries.sort(byName);
        startAfter = page[page.length - 1].pathSuffix;
        patience.calm();
      }
    });
  }

  async exists(path: string): Promise<boolean> {
    return (await this.status(path)) !== undefined;
  }

  async remove(path: string): Promise<void> {
    const file = this.#path(path);
    await this.#do(file, this.#timeFor(0), (patience) => this.#delete(patience, file));
  }

  async #viaTemporary(
    patience: Patience,
    to: string,
    bytes: Uint8Array | LocalFile,
    how: "NONE" | "OVERWRITE",
  ): Promise<boolean> {
    const newPath = () => to.slice(0, to.lastIndexOf("/") + 1) + temporaryName();
    const { path: from, fileId } = await this.#transfer.create(patience, newPath, bytes);
    let isMoved = false;
    try {
      isMoved = await moveFile(this.#nameNode, patience, { from, fileId, to, how });
      return isMoved;
    } finally {
      if (!isMoved) await this.#delete(patience, from).catch(() => {});
    }
  }

  async #delete(patience: Patience, path: string): Promise<void> {
    await this.#nameNode.call(patience, "DELETE", "DELETE", path, { recursive: true });
  }

  #timeFor(byteCount: number): number {
    return this.#nameNode.limits.totalMs + byteCount / slowBytesPerMs;
  }

  #path(path: string): string {
    return `/${[...this.#root, ...hdfsSegments(path)].join("/")}`;
  }

  #file(path: string): string {
    fileSegments(path);
    return this.#path(path);
  }

  async #do<T>(path: string, time: number | Patience, work: (patience: Patience) => Promise<T>): Promise<T> {
    try {
      return await work(typeof time === "number" ? new Patience(time) : time);
    } catch (error) {
      if (error instanceof RemoteException) throw hdfsError(error, path, this.#nameNode.user);
      throw error;
    }
  }
}

function toEntry({ pathSuffix, type, length, modificationTime }: FileStatus): StorageEntry {
  const isDirectory = type === "DIRECTORY";
  return { name: pathSuffix, size: isDirectory ? 0 : length, isDirectory, modifiedMs: modificationTime };
}

function notFolder(path: string): StorageError {
  return new StorageError("OTHER", `${path} is a file where a folder is needed.`, "Choose another path.");
}

function byName(a: FileStatus, b: FileStatus): number {
  return a.pathSuffix < b.pathSuffix ? -1 : a.pathSuffix > b.pathSuffix ? 1 : 0;
}

/** Where nobody said the web address, another HDFS of the same machine may be at the usual one. */
async function isOf(
  url: HdfsUrl,
  nameNode: NameNode,
  patience: Patience,
  addresses: readonly URL[],
): Promise<void> {
  const port = url.port === undefined ? undefined : await nameNode.rpcPort(patience);
  if (port === undefined || port === url.port) return;
  throw new StorageError(
    "UNREACHABLE",
    `At ${addresses.map(({ origin }) => origin).join(" or ")} another HDFS answers, that of port ${port}, not of ${url.url}.`,
    'Say where its web address is: { webhdfs: "http://namenode:9870" }, or export HADOOP_CONF_DIR.',
  );
}
