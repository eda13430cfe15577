// HDFS's own command line tools.
import { delimiter, join } from "node:path";
import { closeNames } from "../../runtime/text/close-names.ts";
import { DevError } from "../dev-error.ts";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { runTool, type ToolResult } from "../processes/run-tool.ts";

const mainClasses = {
  dfs: "org.apache.hadoop.fs.FsShell",
  dfsadmin: "org.apache.hadoop.hdfs.tools.DFSAdmin",
  fsck: "org.apache.hadoop.hdfs.tools.DFSck",
} as const;

/** The words after `hdfs` that are known here. */
export type HdfsTool = keyof typeof mainClasses;

export const hdfsPom = join(import.meta.dirname, "pom.xml");
/** The start of a Java command line for Hadoop: it reaches into Java's own classes. */
export const hadoopJava = ["--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true"];

/**
 * Runs one of HDFS's own tools to its end.
 * @param args its arguments
 * @param conf the folder with the settings
 * @param user who asks; default this account, which may do everything
 * @throws DevError when there is no such tool
 * @example await hdfsTool("dfs", ["-ls", "/"], conf)
 */
export async function hdfsTool(
  tool: HdfsTool,
  args: readonly string[],
  conf: string,
  user?: string,
): Promise<ToolResult> {
  if (!Object.hasOwn(mainClasses, tool)) {
    const close = closeNames(tool, Object.keys(mainClasses));
    const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
    throw new DevError(`There is no tool ${tool}.`, `${hint}All: ${Object.keys(mainClasses).join(", ")}`);
  }
  const classPath = [conf, join(await fetchJars(hdfsPom), "*")].join(delimiter);
  const flags = ["-Xmx256m", "-XX:TieredStopAtLevel=1"];
  const command = [findJava(), ...hadoopJava, ...flags, "-cp", classPath, mainClasses[tool], ...args];
  const env = { ...process.env, HADOOP_CONF_DIR: conf, ...(user ? { HADOOP_USER_NAME: user } : {}) };
  return runTool(command, { env });
}
