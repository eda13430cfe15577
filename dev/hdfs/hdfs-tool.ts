// HDFS's own command line tools.
import { delimiter, join } from "node:path";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { mainClassOf } from "../processes/run-tool.ts";

export const hdfsTools = {
  dfs: "org.apache.hadoop.fs.FsShell",
  dfsadmin: "org.apache.hadoop.hdfs.tools.DFSAdmin",
  fsck: "org.apache.hadoop.hdfs.tools.DFSck",
} as const;

/** The words after `hdfs` that are known here. */
export type HdfsTool = keyof typeof hdfsTools;

export const hdfsPom = join(import.meta.dirname, "pom.xml");
/** The start of a Java command line for Hadoop: it reaches into Java's own classes. */
export const hadoopJava = ["--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true"];

/**
 * The command line that runs one of HDFS's own tools.
 * @param args its arguments
 * @param conf the folder with the settings
 * @throws DevError when there is no such tool
 */
export async function hdfsCommand(tool: string, args: readonly string[], conf: string): Promise<string[]> {
  const main = mainClassOf(tool, hdfsTools);
  const classPath = [conf, join(await fetchJars(hdfsPom), "*")].join(delimiter);
  const flags = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath];
  return [findJava(), ...hadoopJava, ...flags, main, ...args];
}
