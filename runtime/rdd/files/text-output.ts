import type { HdfsAccess } from "../../storage/hdfs/hdfs-access.ts";
import type { Codec } from "./splits.ts";

/** Where the tasks of a `saveAsTextFile` write, as the client tells a worker. */
export interface TextOutput {
  /** The absolute path of the job's own folder below `_temporary`. */
  readonly folder: string;
  readonly codec?: Codec;
  /** Of a folder that isn't on the executor's own machine. */
  readonly hdfs?: HdfsAccess & { readonly root: string };
  /** Where a task may keep files of its own; default: the system's folder for such. */
  readonly scratchFolder?: string;
}

/** What ends the name of a file that is packed. */
export const codecSuffix: Readonly<Record<Codec, string>> = {
  gzip: ".gz",
  zstd: ".zst",
  deflate: ".deflate",
};
