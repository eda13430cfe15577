import { checkOptions } from "../check-options.ts";
import { IngestError } from "../ingest-error.ts";

/** Options of {@link parquet}. */
export interface ParquetOptions {
  /**
   * Columns whose values become folders, `source=siem/date=2026-11-23/`: `source` is the topic, `date` the UTC day of
   * the event, and any field of the events will do. Default `["source", "date"]`.
   */
  readonly partitionBy?: readonly string[];
  /**
   * Where the NameNode answers WebHDFS, for an `hdfs://` address: `http://host:9870`, several for a pair of NameNodes.
   * Default: what `$HADOOP_CONF_DIR/hdfs-site.xml` says, else port 9870 of the same host.
   */
  readonly webhdfs?: string | readonly string[];
  /** The HDFS user. Default `$HADOOP_USER_NAME`, else the account's name. */
  readonly user?: string;
  /** Columns beyond this many go together into one, `overflow`, as JSON. Default 2000. */
  readonly maxColumns?: number;
}

/** What {@link parquet} gives: checked and complete. */
export interface ParquetTarget {
  readonly kind: "parquet";
  readonly url: string;
  readonly partitionBy: readonly string[];
  readonly webhdfs?: string | readonly string[];
  readonly user?: string;
  readonly maxColumns: number;
}

/**
 * A table of zstd Parquet files in a local folder or on HDFS as the target of {@link ingest}. Writes nothing yet.
 * Beside the table's folders lie `_commits` (what was written, up to which offset), `_schema` (the columns, whose types
 * never change), `_dead_letters` (records that could not be parsed) and `_staging`; Spark passes over them.
 * @param url `hdfs://host:port/path` or a path of this machine
 * @throws IngestError when an option makes no sense
 * @example parquet("hdfs://127.0.0.1:9000/lake", { partitionBy: ["source", "date"] })
 * @see https://spark.apache.org/docs/latest/sql-data-sources-parquet.html#schema-merging
 */
export function parquet(url: string, options: ParquetOptions = {}): ParquetTarget {
  if (typeof url !== "string" || url.trim() === "") {
    throw new IngestError(
      `parquet() was given ${JSON.stringify(url)} as the place of the table.`,
      'Name a folder, for example parquet("lake") or parquet("hdfs://127.0.0.1:9000/lake").',
    );
  }
  checkOptions("parquet()", options, ["partitionBy", "webhdfs", "user", "maxColumns"]);
  const { partitionBy = ["source", "date"], webhdfs, user, maxColumns = 2000 } = options;
  const wrong = partitionBy.find((name) => typeof name !== "string" || name === "" || /[/=]/.test(name));
  if (wrong !== undefined) {
    throw new IngestError(
      `parquet() can't partition by ${JSON.stringify(wrong)}.`,
      'Name columns, for example partitionBy: ["source", "date"].',
    );
  }
  if (!Number.isInteger(maxColumns) || maxColumns < 1) {
    throw new IngestError(`parquet() was given maxColumns ${maxColumns}.`, "Pass a whole number above 0.");
  }
  return { kind: "parquet", url, partitionBy: [...new Set(partitionBy)], webhdfs, user, maxColumns };
}
