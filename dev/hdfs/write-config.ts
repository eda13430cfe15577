// The folder that HADOOP_CONF_DIR can point to, for the servers and for clients.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface HdfsPlace {
  readonly folder: string;
  readonly dataNodes: number;
  readonly port: number;
  readonly webPort: number;
}

/**
 * Writes `core-site.xml`, `hdfs-site.xml` and what the daemons look for beside them.
 * @param more settings of `hdfs-site.xml` that win over ours
 * @returns the folder's path
 * @see https://hadoop.apache.org/docs/r3.4.3/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
 */
export function writeConfig(
  { folder, dataNodes, port, webPort }: HdfsPlace,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const conf = join(folder, "conf");
  // The jars lack the pages of the daemons' web servers, which don't start without folders for them.
  for (const pages of ["hdfs", "datanode", "static"])
    mkdirSync(join(conf, "webapps", pages), { recursive: true });
  copyFileSync(join(import.meta.dirname, "log4j.properties"), join(conf, "log4j.properties"));
  const core = {
    "fs.defaultFS": `hdfs://127.0.0.1:${port}`,
    "hadoop.tmp.dir": join(folder, "tmp"),
    "hadoop.http.staticuser.user": userInfo().username,
  };
  const hdfs = {
    "dfs.replication": dataNodes >= 3 ? 3 : 1,
    "dfs.permissions.enabled": true,
    "dfs.namenode.rpc-address": `127.0.0.1:${port}`,
    "dfs.namenode.http-address": `127.0.0.1:${webPort}`,
    "dfs.namenode.name.dir": pathToFileURL(join(folder, "name")).href,
    "dfs.namenode.safemode.extension": 0,
    // A DataNode that is gone counts as dead after 14 s: twice the interval of looking and ten heartbeats.
    "dfs.namenode.heartbeat.recheck-interval": 2000,
    "dfs.heartbeat.interval": 1,
    "dfs.namenode.datanode.registration.ip-hostname-check": false,
    "dfs.datanode.hostname": "127.0.0.1",
    // With three DataNodes there is no fourth to replace a dead one in the middle of a file.
    "dfs.client.block.write.replace-datanode-on-failure.policy": "NEVER",
    ...more,
  };
  writeFileSync(join(conf, "core-site.xml"), toXml(core));
  writeFileSync(join(conf, "hdfs-site.xml"), toXml(hdfs));
  return conf;
}

function toXml(settings: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(settings).map(
    ([name, value]) =>
      `  <property><name>${name}</name><value>${escapeXml(String(value))}</value></property>`,
  );
  return ["<configuration>", ...lines, "</configuration>", ""].join("\n");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
