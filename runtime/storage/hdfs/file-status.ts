import type { NameNode } from "./name-node.ts";
import type { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";

/** What a NameNode knows of a file or folder. */
export interface FileStatus {
  readonly pathSuffix: string;
  readonly type: "FILE" | "DIRECTORY" | "SYMLINK";
  readonly length: number;
  /** Bytes of a block; 0 for a folder. */
  readonly blockSize: number;
  readonly modificationTime: number;
  /** Stays the same when the file is moved, and is never given again: by it we know our own. */
  readonly fileId: number;
}

/** undefined where nothing is. */
export async function fileStatus(
  nameNode: NameNode,
  patience: Patience,
  path: string,
): Promise<FileStatus | undefined> {
  try {
    return (await nameNode.call(patience, "GET", "GETFILESTATUS", path)).FileStatus;
  } catch (error) {
    if (error instanceof RemoteException && error.isMissing) return undefined;
    throw error;
  }
}
