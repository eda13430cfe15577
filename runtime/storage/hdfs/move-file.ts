import { dirname } from "node:path/posix";
import { StorageError } from "../storage-error.ts";
import { fileStatus } from "./file-status.ts";
import type { NameNode } from "./name-node.ts";
import type { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";

const triesAtMost = 20;

/**
 * Moves one file, making the parents of `to`, and says whether it is there now. An answer that was lost is settled by
 * looking: the file's id tells ours from another's. A repeated or late RENAME finds `from` gone and changes nothing.
 * @param how OVERWRITE replaces a file at `to`; NONE leaves what is there, and the answer is false
 * @throws RemoteException what HDFS refuses
 */
export async function moveFile(
  nameNode: NameNode,
  patience: Patience,
  { from, fileId, to, how }: { from: string; fileId: number; to: string; how: "NONE" | "OVERWRITE" },
): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    let refusal: RemoteException | undefined;
    try {
      const parameters = { destination: to, renameoptions: how };
      const { boolean } = await nameNode.call(patience, "PUT", "RENAME", from, parameters);
      if (boolean !== false) return true;
    } catch (error) {
      if (!(error instanceof RemoteException)) throw error;
      const isSettledByLooking =
        error.isMissing ||
        error.exception === "FileAlreadyExistsException" ||
        /must both be directories/.test(error.message);
      if (!isSettledByLooking) throw error;
      refusal = error;
    }
    const there = await fileStatus(nameNode, patience, to);
    if (there?.fileId === fileId) {
      if (await isKept(nameNode, patience, to, there.modificationTime)) return true;
      continue;
    }
    if (there && how === "NONE") return false;
    if (there?.type === "DIRECTORY") {
      throw new StorageError("OTHER", `${to} is a folder where a file is needed.`, "Choose another path.");
    }
    const here = await fileStatus(nameNode, patience, from);
    const gone = new StorageError(
      "NOT_FOUND",
      `${from} was taken away before it was moved to ${to}.`,
      "See who else works in this folder; two writers must not share one.",
      { cause: refusal },
    );
    if (here?.fileId !== fileId) throw gone;
    if (tries === triesAtMost) throw refusal ?? gone;
    await nameNode.call(patience, "PUT", "MKDIRS", dirname(to));
  }
}

/**
 * Makes sure of a move that was seen, not answered. NameNodes show what isn't in their journal yet, and a standby that
 * takes over hasn't it; the answer to any later change says that the journal has all before it.
 */
async function isKept(
  nameNode: NameNode,
  patience: Patience,
  path: string,
  modificationtime: number,
): Promise<boolean> {
  try {
    await nameNode.call(patience, "PUT", "SETTIMES", path, { modificationtime, accesstime: -1 });
    return true;
  } catch (error) {
    if (error instanceof RemoteException && error.isMissing) return false;
    throw error;
  }
}
