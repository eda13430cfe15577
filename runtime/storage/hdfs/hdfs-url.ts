import { pathSegments } from "../path-segments.ts";
import { StorageError } from "../storage-error.ts";

/** What an hdfs:// url names. */
export interface HdfsUrl {
  /** As it was given. */
  readonly url: string;
  /** The NameNode's host, or the name of a service with several. */
  readonly host: string;
  /** The port of Hadoop's own protocol; undefined where the url has none. */
  readonly port: number | undefined;
  /** The names of the folders; none for the root. */
  readonly segments: readonly string[];
}

/**
 * Reads hdfs://host:port/path as Hadoop does: the path is not percent-encoded, "%20" is three characters.
 * @throws StorageError OTHER with an example, for what isn't one
 */
export function parseHdfsUrl(url: string): HdfsUrl {
  const match = /^hdfs:\/\/(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?(\/.*)?$/is.exec(url);
  if (!match || Number(match[2] ?? 0) > 65_535) {
    throw new StorageError(
      "OTHER",
      `${JSON.stringify(url)} isn't the url of a folder on HDFS.`,
      'Name the NameNode, its port and the folder: "hdfs://127.0.0.1:9000/lake".',
    );
  }
  const path = (match[3] ?? "").split("/").filter((name) => name !== "");
  return {
    url,
    host: match[1],
    port: match[2] === undefined ? undefined : Number(match[2]),
    segments: hdfsSegments(path.join("/")),
  };
}

/**
 * The names in a path, as far as HDFS takes them.
 * @throws StorageError OTHER for a name with a colon, which HDFS refuses
 */
export function hdfsSegments(path: string): string[] {
  const segments = pathSegments(path);
  const refused = segments.find((segment) => segment.includes(":"));
  if (refused === undefined) return segments;
  throw new StorageError(
    "OTHER",
    `HDFS takes no colon in a name: ${JSON.stringify(refused)}.`,
    `Write it as Spark does: ${JSON.stringify(refused.replaceAll(":", "%3A"))}.`,
  );
}
