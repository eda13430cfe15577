// What a partition reads of files, as the client tells a worker.
import type { HdfsAccess } from "../../storage/hdfs/hdfs-access.ts";

/** How a file is packed, by its name's end: .gz, .zst, .deflate. */
export type Codec = "gzip" | "zstd" | "deflate";

/** A file where an executor finds it. */
export interface FilePlace {
  /** As Spark writes it: file:/logs/a.log, hdfs://namenode:9000/logs/a.log. */
  readonly url: string;
  /** Absolute. */
  readonly path: string;
  /** In bytes, packed. */
  readonly size: number;
  readonly codec?: Codec;
  /** Of a file that isn't on the executor's own machine. */
  readonly hdfs?: HdfsAccess;
}

/** A byte range of a text file; lines belong to the range as Hadoop's TextInputFormat shares them out. */
export interface TextSplit {
  readonly file: FilePlace;
  readonly start: number;
  readonly end: number;
}

/** A byte range with whole records of one length. */
export interface RecordSplit extends TextSplit {
  /** In bytes. */
  readonly recordLength: number;
}
