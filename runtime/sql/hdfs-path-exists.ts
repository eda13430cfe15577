import type { Storage } from "../storage/storage.ts";

// An engine that reaches HDFS may have no WebHDFS beside it: nobody should wait for that at each action.
const listeningMs = 1000;
// A NameNode that has just started takes seconds for its first answer.
const answerMs = 10_000;
const untilAskedAgainMs = 60_000;
const roots = new Map<string, Promise<Storage | undefined>>();

/**
 * Whether there is something at an hdfs:// path; undefined where that can't be found out. Percent escapes in it stand
 * for their characters, as Sail reads them.
 */
export async function hdfsPathExists(path: string): Promise<boolean | undefined> {
  const place = await hdfsPlace(path);
  return place?.storage.exists(place.inside).catch(() => undefined);
}

/** The HDFS that a path is on, and the path within it; undefined where its web address doesn't answer. */
export async function hdfsPlace(path: string): Promise<{ storage: Storage; inside: string } | undefined> {
  const match = /^(hdfs:\/\/[^/]+)(\/.*)?$/is.exec(path);
  if (!match) return undefined;
  const [, root, rest = ""] = match;
  const storage = await (roots.get(root) ?? open(root));
  const names = unescape(rest).split("/");
  return storage && { storage, inside: names.filter((name) => name !== "").join("/") };
}

function open(root: string): Promise<Storage | undefined> {
  const opened = openStorage(root).catch(() => {
    setTimeout(() => roots.delete(root), untilAskedAgainMs).unref();
    return undefined;
  });
  roots.set(root, opened);
  return opened;
}

async function openStorage(root: string): Promise<Storage> {
  const [{ HdfsStorage }, { parseHdfsUrl }, { limitsFor }] = await Promise.all([
    import("../storage/hdfs/hdfs-storage.ts"),
    import("../storage/hdfs/hdfs-url.ts"),
    import("../storage/hdfs/limits.ts"),
  ]);
  const limits = { ...limitsFor(answerMs), connectMs: listeningMs, openMs: listeningMs };
  return HdfsStorage.open(parseHdfsUrl(root), {}, limits);
}

function unescape(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
