import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { DevError } from "../dev-error.ts";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { freePorts, requirePort } from "../processes/choose-ports.ts";
import { isPlainPath, makeRunFolder } from "../processes/run-folder.ts";
import { runTool, type ToolResult } from "../processes/run-tool.ts";
import type { Server } from "../processes/server.ts";
import { startAll } from "../processes/start-all.ts";
import { Daemons } from "./daemons.ts";
import { hdfsPom, hdfsCommand, type HdfsTool } from "./hdfs-tool.ts";
import { writeConfig } from "./write-config.ts";

export interface HdfsOptions {
  /** How many; with three each block is kept three times. Default 1. */
  readonly dataNodes?: 1 | 3;
  /** Where data, settings and logs are kept; without it in a folder of their own, which `stop` removes. */
  readonly folder?: string;
  /** The NameNode's ports; default free ones. */
  readonly ports?: { readonly nameNode: number; readonly web: number };
  /** Settings of `hdfs-site.xml` that win over ours. */
  readonly config?: Readonly<Record<string, string | number>>;
  /** Told in a line each what takes long. */
  readonly say?: (line: string) => void;
}

/** A real HDFS on 127.0.0.1, which ends with this process. This account is its superuser; permissions are on. */
export interface Hdfs {
  /** `hdfs://127.0.0.1:PORT` */
  readonly url: string;
  /** `http://127.0.0.1:PORT`, the NameNode's web address. */
  readonly webhdfs: string;
  /** The folder for HADOOP_CONF_DIR. */
  readonly conf: string;
  readonly folder: string;
  /** The processes as they are now: the NameNode, then the DataNodes. */
  readonly servers: readonly Server[];
  /** Sends a DataNode a signal, SIGKILL by default; settles when it is gone. The NameNode notices after 14 s. */
  killDataNode(index: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a DataNode again on its data, stopping it first if it runs; settles when the NameNode has it. */
  restartDataNode(index: number): Promise<void>;
  /** Sends the NameNode a signal, SIGKILL by default; settles when it is gone. */
  killNameNode(signal?: NodeJS.Signals): Promise<void>;
  /** Starts the NameNode again on its data and ports; settles when all DataNodes that run are back and it takes writes. */
  restartNameNode(): Promise<void>;
  /** Runs `hdfs dfs`, `hdfs dfsadmin` or `hdfs fsck`, by default as this account, which may do everything. */
  run(tool: HdfsTool, args: readonly string[], user?: string): Promise<ToolResult>;
  /** Ends all of them. */
  stop(): Promise<void>;
}

/**
 * Starts HDFS: a NameNode with one DataNode or three; settles when it takes writes and all DataNodes are live. The
 * jars are fetched the first time.
 * @throws DevError when Java or Maven is missing, a port is taken, or a daemon doesn't come up (with its log's end)
 * @example const hdfs = await startHdfs({ dataNodes: 3 }); df.write.parquet(`${hdfs.url}/lake`);
 */
export async function startHdfs(options: HdfsOptions = {}): Promise<Hdfs> {
  const { dataNodes = 1 } = options;
  if (dataNodes !== 1 && dataNodes !== 3)
    throw new DevError(`HDFS can't be started with ${dataNodes as number} DataNodes.`, "Use 1 or 3.");
  if (options.folder !== undefined && !isPlainPath(resolve(options.folder)))
    throw new DevError(
      `HDFS can't keep data in ${resolve(options.folder)}: it takes plain letters, digits and signs only.`,
      "Name another folder, for example SIGHTLINE_DEV_FOLDER=/tmp/sightline-dev for sightline dev.",
    );
  const java = findJava();
  const jars = await fetchJars(hdfsPom, options.say);
  const [port, webPort] = options.ports
    ? await Promise.all([options.ports.nameNode, options.ports.web].map((p) => requirePort(p, "HDFS")))
    : await freePorts(2);
  const folder = options.folder === undefined ? makeRunFolder("hdfs") : resolve(options.folder);
  const webhdfs = `http://127.0.0.1:${webPort}`;
  const conf = writeConfig({ folder, dataNodes, port, webPort }, options.config);
  const daemons = new Daemons(java, jars, folder, conf);
  await daemons.format();
  const servers = await startAll([
    () => daemons.nameNode(webhdfs, dataNodes),
    ...Array.from({ length: dataNodes }, (_, index) => () => daemons.dataNode(index)),
  ]);
  const restart = async (place: number, start: () => Server) => {
    await servers[place].stop();
    servers[place] = start();
    await servers[place].ready();
  };
  const running = () => servers.slice(1).filter(({ exit }) => exit === undefined).length;
  return {
    url: `hdfs://127.0.0.1:${port}`,
    webhdfs,
    conf,
    folder,
    servers,
    killDataNode: async (index, signal) => servers[1 + index].kill(signal),
    restartDataNode: (index) => restart(1 + index, () => daemons.dataNode(index)),
    killNameNode: (signal) => servers[0].kill(signal),
    restartNameNode: () => restart(0, () => daemons.nameNode(webhdfs, running())),
    run: async (tool, args, user) => {
      const env = { ...process.env, HADOOP_CONF_DIR: conf, ...(user ? { HADOOP_USER_NAME: user } : {}) };
      return runTool(await hdfsCommand(tool, args, conf), { env });
    },
    stop: async () => {
      if (options.folder !== undefined) for (const server of servers.toReversed()) await server.stop();
      else {
        await Promise.all(servers.map((server) => server.kill()));
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
