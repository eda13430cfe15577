import { DataNodes } from "./data-nodes.ts";
import type { HdfsAccess } from "./hdfs-access.ts";
import { hdfsError } from "./hdfs-error.ts";
import { defaultLimits } from "./limits.ts";
import { NameNode } from "./name-node.ts";
import { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";
import { Transfer } from "./transfer.ts";

/** Reads parts of files of an HDFS that another process has opened. */
export class HdfsRanges {
  readonly #nameNode: NameNode;
  readonly #transfer: Transfer;

  constructor(access: HdfsAccess) {
    const addresses = access.addresses.map((address) => new URL(address));
    this.#nameNode = new NameNode(addresses, access.user, defaultLimits);
    this.#transfer = new Transfer(this.#nameNode, new DataNodes(this.#nameNode));
  }

  /**
   * Fills `target` with the bytes of a file from `offset` on.
   * @param path absolute, as HDFS knows it
   * @returns how many there were: fewer where the file ends
   * @throws StorageError what HDFS says
   */
  async read(path: string, offset: number, target: Buffer): Promise<number> {
    try {
      return await this.#transfer.readRange(new Patience(defaultLimits.totalMs), path, offset, target);
    } catch (error) {
      if (error instanceof RemoteException) throw hdfsError(error, path, this.#nameNode.user);
      throw error;
    }
  }
}
