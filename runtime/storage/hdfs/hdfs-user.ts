import { userInfo } from "node:os";

/** Who HDFS is told that this is: the given name, $HADOOP_USER_NAME, or the account that runs this. */
export function hdfsUser(given: string | undefined): string {
  return given || process.env.HADOOP_USER_NAME || userInfo().username;
}
