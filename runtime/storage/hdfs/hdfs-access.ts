/** How an HDFS is reached, for another process. */
export interface HdfsAccess {
  /** Where its NameNodes speak WebHDFS: "http://namenode:9870". */
  readonly addresses: readonly string[];
  readonly user: string;
}
