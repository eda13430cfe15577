// Bytes to and from DataNodes, round those that are dead.
import { StorageError } from "../storage-error.ts";
import type { DataNodes } from "./data-nodes.ts";
import { type FileStatus, fileStatus } from "./file-status.ts";
import { hdfsError, isUnplaceable } from "./hdfs-error.ts";
import { exchange, type ExchangeOptions, type LocalFile, NoAnswer } from "./http-exchange.ts";
import type { NameNode } from "./name-node.ts";
import type { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";

/** Writing and reading whole files; each try of a write is a file of its own. */
export class Transfer {
  readonly #nameNode: NameNode;
  readonly #dataNodes: DataNodes;

  constructor(nameNode: NameNode, dataNodes: DataNodes) {
    this.#nameNode = nameNode;
    this.#dataNodes = dataNodes;
  }

  /**
   * Writes bytes to a new file and makes sure of its length.
   * @param newPath gives a name that nobody else uses, for each try: a DataNode that answers no more may still write,
   * and holds the lease, under the name that it was told
   * @returns the path that worked, and its id
   */
  async create(
    patience: Patience,
    newPath: () => string,
    bytes: Uint8Array | LocalFile,
  ): Promise<{ path: string; fileId: number }> {
    const failed = new Set<string>();
    const leftovers: string[] = [];
    try {
      for (;;) {
        const path = newPath();
        const url = await this.#dataNodes.choose(patience, "CREATE", path, { overwrite: false }, failed);
        leftovers.push(path);
        const isAnswered = await this.#attempt(patience, url, path, failed, { method: "PUT", body: bytes });
        if (!isAnswered) continue;
        const status = await fileStatus(this.#nameNode, patience, path);
        if (status?.length === bytes.length) {
          leftovers.pop();
          return { path, fileId: status.fileId };
        }
        const reason = `${path} has ${status?.length ?? "no"} bytes after ${bytes.length} were written`;
        await patience.pause(this.#failure(reason, url));
      }
    } finally {
      await Promise.all(leftovers.map((path) => this.#forget(patience, path)));
    }
  }

  /** The bytes of a file; goes on with another DataNode where one broke off. */
  async read(patience: Patience, path: string, first: FileStatus): Promise<Buffer> {
    const failed = new Set<string>();
    for (let status: FileStatus | undefined = first; status;) {
      const bytes = Buffer.allocUnsafe(status.length);
      let at = 0;
      let isWhole = true;
      const onData = (chunk: Buffer) => {
        if (chunk.length > bytes.length - at) isWhole = false;
        at += chunk.copy(bytes, at);
      };
      let parts = 0;
      for (; at < bytes.length && isWhole; parts++) {
        const before = at;
        const url = await this.#dataNodes.choose(patience, "OPEN", path, { offset: at }, failed);
        const isAnswered = await this.#attempt(patience, url, path, failed, { method: "GET", onData });
        if (at > before) patience.calm();
        if (isAnswered && at < bytes.length) isWhole = false;
      }
      if (isWhole && parts <= 1) return bytes;
      // Replaced while it was read: the parts may be of two files.
      const now: FileStatus | undefined = await fileStatus(this.#nameNode, patience, path);
      if (isWhole && now?.fileId === status.fileId) return bytes;
      await patience.pause(
        new StorageError("OTHER", `${path} changes while it is read.`, "Try again later."),
      );
      status = now;
    }
    throw new StorageError("NOT_FOUND", `${path} was removed while it was read.`, "Check the path.");
  }

  /**
   * Fills `target` with the bytes of a file from `offset` on; goes on with another DataNode where one broke off.
   * @returns how many there were: fewer where the file ends
   */
  async readRange(patience: Patience, path: string, offset: number, target: Buffer): Promise<number> {
    const failed = new Set<string>();
    let at = 0;
    const onData = (chunk: Buffer) => {
      at += chunk.copy(target, at);
    };
    for (;;) {
      const before = at;
      const range = { offset: offset + at, length: target.length - at };
      const url = await this.#dataNodes.choose(patience, "OPEN", path, range, failed);
      const isAnswered = await this.#attempt(patience, url, path, failed, { method: "GET", onData });
      if (at > before) patience.calm();
      if (isAnswered || at === target.length) return at;
    }
  }

  /** One try; whether it went through. Waits where another may. */
  async #attempt(
    patience: Patience,
    url: URL,
    path: string,
    failed: Set<string>,
    options: Pick<ExchangeOptions, "method" | "body" | "onData">,
  ): Promise<boolean> {
    const { agent, limits, user } = this.#nameNode;
    const { connectMs, dataMs: idleMs } = limits;
    try {
      const totalMs = patience.leftMs;
      const answer = await exchange(url, { ...options, agent, connectMs, idleMs, totalMs });
      if (answer.status === 200 || answer.status === 201) return true;
      const refusal = RemoteException.of(answer.status, answer.body);
      if (isFinal(refusal)) throw refusal;
      failed.add(url.host);
      const reason = hdfsError(refusal, path, user);
      const isPassing = refusal.isPassing || reason.code === "UNREACHABLE";
      await patience.pause(reason, isPassing ? undefined : limits.stubbornMs);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      failed.add(url.host);
      const failure = this.#failure(`${path} was not transferred: ${error.message}`, url, error);
      await patience.pause((error.isCut && patience.lastReason) || failure);
    }
    return false;
  }

  #failure(what: string, url: URL, cause?: unknown): StorageError {
    return new StorageError(
      "UNREACHABLE",
      `${what} (DataNode ${url.host}).`,
      "See hdfs dfsadmin -report; the DataNodes' web addresses must be reachable from here.",
      { cause },
    );
  }

  /** Removes what a failed try may have left, if that is quickly done; nobody sees it, and nothing waits for it. */
  async #forget(patience: Patience, path: string): Promise<void> {
    await this.#nameNode.call(patience, "DELETE", "DELETE", path).catch(() => {});
  }
}

// Refusals that another DataNode would repeat.
function isFinal(refusal: RemoteException): boolean {
  if (isUnplaceable(refusal)) return false;
  return (
    refusal.status === 401 ||
    /quota .*is exceeded|is exceeded: limit=/i.test(refusal.message) ||
    /^(AccessControl|Authentication|Security|InvalidPath|ParentNotDirectory|FileAlreadyExists|IllegalArgument|.*QuotaExceeded|PathComponentTooLong)/.test(
      refusal.exception,
    )
  );
}
