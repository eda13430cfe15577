import { userInfo } from "node:os";
import { StorageError } from "../storage-error.ts";

/** Turns what the system said about a path into a {@link StorageError}; other errors pass. */
export function localError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const { kind, what, remedy } = describe(code, path);
  return new StorageError(kind, `${what} (${code}).`, remedy, { cause: error });
}

function describe(code: string, path: string) {
  switch (code) {
    case "ENOENT":
      return { kind: "NOT_FOUND", what: `There is no ${path}`, remedy: "Check the path." } as const;
    case "EACCES":
    case "EPERM":
      return {
        kind: "PERMISSION",
        what: `The account ${userInfo().username} may not use ${path}`,
        remedy: `Let it: sudo chown -R ${userInfo().username} '${path}', or choose another folder.`,
      } as const;
    case "EROFS":
      return {
        kind: "PERMISSION",
        what: `${path} is on a file system that is mounted read-only`,
        remedy: "Choose another folder, or mount it for writing.",
      } as const;
    case "ENOSPC":
    case "EDQUOT":
      return {
        kind: "NO_SPACE",
        what:
          code === "ENOSPC" ? `No space is left on the disk of ${path}` : `The quota for ${path} is used up`,
        remedy: "Make room (df -h; df -i for the number of files) or choose another disk, then try again.",
      } as const;
    case "ENOTDIR":
    case "EEXIST": // what mkdir says of a file
      return {
        kind: "OTHER",
        what: `A part of ${path} is a file where a folder is needed`,
        remedy: "Choose another path, or move that file away.",
      } as const;
    case "EISDIR":
      return {
        kind: "OTHER",
        what: `${path} is a folder where a file is needed`,
        remedy: "Choose another path.",
      } as const;
    case "ENAMETOOLONG":
      return {
        kind: "OTHER",
        what: `A name in ${path} is too long for the file system`,
        remedy: "Shorten it; most file systems take 255 bytes a name.",
      } as const;
    case "EXDEV":
      return {
        kind: "OTHER",
        what: `A part of the storage of ${path} is another file system`,
        remedy: "Choose a folder that is on one, with all that is in it.",
      } as const;
    case "EMFILE":
    case "ENFILE":
      return {
        kind: "OTHER",
        what: `Too many files are open to use ${path}`,
        remedy: "Raise the limit (ulimit -n 65536) or close some.",
      } as const;
    default:
      return {
        kind: "OTHER",
        what: `${path} can't be used`,
        remedy: "See what the system says: sudo dmesg | tail.",
      } as const;
  }
}
