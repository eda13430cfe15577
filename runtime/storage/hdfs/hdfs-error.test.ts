import { expect, test } from "vitest";
import { hdfsError } from "./hdfs-error.ts";
import { RemoteException } from "./remote-exception.ts";

// What Hadoop 3.4 says, word for word.
const said = (exception: string, message: string, status = 403) =>
  RemoteException.of(status, Buffer.from(JSON.stringify({ RemoteException: { exception, message } })));

test.each([
  [
    said("FileNotFoundException", "File does not exist: /lake/x", 404),
    "NOT_FOUND",
    "There is no /lake/x on HDFS.\nCheck the path.",
  ],
  [
    said(
      "AccessControlException",
      'Permission denied: user=bob, access=WRITE, inode="/lake":root:supergroup:drwxr-xr-x',
    ),
    "PERMISSION",
    "HDFS doesn't let bob use /lake/x: Permission denied: user=bob, access=WRITE, " +
      'inode="/lake":root:supergroup:drwxr-xr-x.\n' +
      "Let them: hdfs dfs -chown bob '/lake', or be another user: { user: \"…\" }.",
  ],
  [
    said(
      "AccessControlException",
      'Permission denied: user=bob, access=WRITE, inode="/":root:supergroup:drwxr-xr-x',
    ),
    "PERMISSION",
    "Let them: hdfs dfs -mkdir -p '/lake' && hdfs dfs -chown bob '/lake', or be another user",
  ],
  [said("ParentNotDirectoryException", "/lake (is not a directory)"), "OTHER", "A part of /lake/x is a file"],
  [said("AccessControlException", "/lake (is not a directory)"), "OTHER", "A part of /lake/x is a file"],
  [
    said(
      "DSQuotaExceededException",
      "The DiskSpace quota of /lake is exceeded: quota = 1 B\n\tat org.apache.x(Y.java:1)",
    ),
    "NO_SPACE",
    "A quota of HDFS is used up for /lake/x: The DiskSpace quota of /lake is exceeded: quota = 1 B.\nMake room, or",
  ],
  [
    said(
      "RemoteException",
      "The NameSpace quota (directories and files) of directory /lake is exceeded: quota=3",
    ),
    "NO_SPACE",
    "A quota of HDFS is used up",
  ],
  [
    said(
      "RemoteException",
      "File /lake/x could only be written to 0 of the 1 minReplication nodes. There are 3 datanode(s) running and 3 node(s) are excluded in this operation.",
    ),
    "NO_SPACE",
    "None of the 3 DataNodes took /lake/x: they are full, or can't be reached by HDFS.",
  ],
  [
    said(
      "RemoteException",
      "File /lake/x could only be written to 0 of the 1 minReplication nodes. There are 0 datanode(s) running and 0 node(s) are excluded in this operation.",
    ),
    "UNREACHABLE",
    "HDFS has no live DataNode for /lake/x:",
  ],
  [
    said("IOException", "Failed to find datanode, suggest to check cluster health. excludeDatanodes=null"),
    "UNREACHABLE",
    "Start the DataNodes; hdfs dfsadmin -report lists them.",
  ],
  [
    said("SafeModeException", "Cannot rename /lake/x. Name node is in safe mode."),
    "UNREACHABLE",
    "The NameNode is in safe mode, in which /lake/x can't be changed.\nIt leaves it when its DataNodes",
  ],
  [
    said("StandbyException", "Operation category READ is not supported in state standby"),
    "UNREACHABLE",
    "Each NameNode that was asked is a standby.\nGive the addresses of all",
  ],
  [
    said("AuthenticationException", "Authentication required", 401),
    "PERMISSION",
    "HDFS doesn't believe that this is bob: Authentication required (/lake/x).\nOnly clusters that trust user.name",
  ],
  [
    RemoteException.of(404, Buffer.from("<html>Not Found</html>")),
    "OTHER",
    "What answers for /lake/x isn't WebHDFS: HTTP status 404.\nGive the NameNode's web address",
  ],
  [
    said(
      "PathComponentTooLongException",
      "The maximum path component name limit of nnn in directory /lake is exceeded: limit=255 length=256",
    ),
    "OTHER",
    "A name in /lake/x is too long for HDFS.\nShorten it;",
  ],
  [said("IOException", "odd."), "OTHER", "HDFS refused /lake/x: IOException: odd.\nSee the NameNode's log."],
])("%s", (exception, code, message) => {
  const error = hdfsError(exception, "/lake/x", "bob");
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
  expect(error.message.split("\n")).toHaveLength(2);
  expect(error.cause).toBe(exception);
});
