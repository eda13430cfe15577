import { StorageError } from "../storage-error.ts";
import type { RemoteException } from "./remote-exception.ts";

/** What HDFS refused for good, as a {@link StorageError} about a path. */
export function hdfsError(cause: RemoteException, path: string, user: string): StorageError {
  const { exception } = cause;
  const message = cause.message.replace(/\.$/, "");
  const error = (code: StorageError["code"], what: string, remedy: string) =>
    new StorageError(code, what, remedy, { cause });
  if (cause.isMissing) return error("NOT_FOUND", `There is no ${path} on HDFS.`, "Check the path.");
  if (exception === "ParentNotDirectoryException" || /is not a directory/.test(message)) {
    return error(
      "OTHER",
      `A part of ${path} is a file where a folder is needed: ${message}.`,
      "Choose another path, or move that file away.",
    );
  }
  if (exception === "AccessControlException") {
    return error(
      "PERMISSION",
      `HDFS doesn't let ${user} use ${path}: ${message}.`,
      `Let them: ${grant(inodeOf(message) ?? path, path, user)}, or be another user: { user: "…" }.`,
    );
  }
  if (cause.status === 401 || exception === "AuthenticationException" || exception === "SecurityException") {
    return error(
      "PERMISSION",
      `HDFS doesn't believe that this is ${user}: ${message} (${path}).`,
      "Only clusters that trust user.name can be used; this one asks for a login such as Kerberos.",
    );
  }
  if (/QuotaExceeded/.test(exception) || /quota .*is exceeded/i.test(message)) {
    return error(
      "NO_SPACE",
      `A quota of HDFS is used up for ${path}: ${message}.`,
      "Make room, or let an administrator raise it: hdfs dfsadmin -setSpaceQuota (or -setQuota).",
    );
  }
  if (/path component name limit/.test(message)) {
    return error(
      "OTHER",
      `A name in ${path} is too long for HDFS.`,
      "Shorten it; HDFS takes 255 bytes a name, if dfs.namenode.fs-limits.max-component-length isn't set.",
    );
  }
  if (isUnplaceable(cause)) return unplaceable(cause, path);
  if (cause.isSafeMode) {
    return error(
      "UNREACHABLE",
      `The NameNode is in safe mode, in which ${path} can't be changed.`,
      "It leaves it when its DataNodes have reported; see hdfs dfsadmin -safemode get, or force it: -safemode leave.",
    );
  }
  if (cause.isStandby) {
    return error(
      "UNREACHABLE",
      "Each NameNode that was asked is a standby.",
      'Give the addresses of all: { webhdfs: ["http://nn1:9870", "http://nn2:9870"] }, or see hdfs haadmin -getAllServiceState.',
    );
  }
  if (exception === "") {
    return error(
      "OTHER",
      `What answers for ${path} isn't WebHDFS: ${message}.`,
      'Give the NameNode\'s web address: { webhdfs: "http://namenode:9870" }; dfs.webhdfs.enabled must be true there.',
    );
  }
  return error("OTHER", `HDFS refused ${path}: ${exception}: ${message}.`, "See the NameNode's log.");
}

/** Whether no DataNode took a block, or none has it. */
export function isUnplaceable({ message }: RemoteException): boolean {
  return /could only be (written|replicated) to 0 |Failed to find datanode|No active nodes contain|Could not obtain block/i.test(
    message,
  );
}

function unplaceable(cause: RemoteException, path: string): StorageError {
  const running = /There are (\d+) datanode\(s\) running/.exec(cause.message)?.[1];
  if (running === undefined || running === "0") {
    return new StorageError(
      "UNREACHABLE",
      `HDFS has no live DataNode for ${path}: ${cause.message}`,
      "Start the DataNodes; hdfs dfsadmin -report lists them.",
      { cause },
    );
  }
  return new StorageError(
    "NO_SPACE",
    `None of the ${running} DataNodes took ${path}: they are full, or can't be reached by HDFS. ${cause.message}`,
    "See hdfs dfsadmin -report for the space that is left, and make room.",
    { cause },
  );
}

// Nobody gets the root itself, but a folder in it.
function grant(inode: string, path: string, user: string): string {
  const quoted = (name: string) => `'${name.replaceAll("'", `'\\''`)}'`;
  if (inode !== "/") return `hdfs dfs -chown ${user} ${quoted(inode)}`;
  const folder = quoted(`/${path.split("/")[1]}`);
  return `hdfs dfs -mkdir -p ${folder} && hdfs dfs -chown ${user} ${folder}`;
}

// Permission denied: user=bob, access=WRITE, inode="/lake":root:supergroup:drwxr-xr-x
function inodeOf(message: string): string | undefined {
  return /inode="([^"]+)"/.exec(message)?.[1];
}
