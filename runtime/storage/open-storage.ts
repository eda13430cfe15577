import { HdfsStorage } from "./hdfs/hdfs-storage.ts";
import { parseHdfsUrl } from "./hdfs/hdfs-url.ts";
import { limitsFor } from "./hdfs/limits.ts";
import { LocalStorage } from "./local/local-storage.ts";
import { localFolder } from "./local/local-folder.ts";
import { StorageError } from "./storage-error.ts";
import type { Storage } from "./storage.ts";

export interface StorageOptions {
  /**
   * The NameNode's WebHDFS address, or several where a standby takes over: "http://namenode:9870". Default: what
   * hdfs-site.xml in $HADOOP_CONF_DIR says, else port 9870 of the url's host.
   */
  readonly webhdfs?: string | readonly string[];
  /** Who HDFS is told that this is. Default: $HADOOP_USER_NAME, else the account that runs this. */
  readonly user?: string;
  /** How long an operation on HDFS goes on trying, in milliseconds, beside the time its bytes take. Default: 180 000. */
  readonly timeoutMs?: number;
}

/**
 * Opens a folder for reading and writing: a local path, a file:// url, or hdfs:// (spoken as WebHDFS).
 * The folder need not exist. An HDFS is asked for a sign of life first.
 * @throws StorageError OTHER for another kind of url; UNREACHABLE when no NameNode answers
 * @example const lake = await openStorage("hdfs://127.0.0.1:9000/lake"); await lake.list("");
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html
 */
export async function openStorage(url: string, options: StorageOptions = {}): Promise<Storage> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1].toLowerCase();
  if (scheme === "hdfs") return HdfsStorage.open(parseHdfsUrl(url), options, limitsFor(options.timeoutMs));
  if (scheme === undefined || scheme === "file") return new LocalStorage(url, localFolder(url));
  throw new StorageError(
    "OTHER",
    `${url}: there is no storage for ${scheme}:.`,
    'Use a local folder ("/data/lake") or HDFS ("hdfs://namenode:9000/lake").',
  );
}
