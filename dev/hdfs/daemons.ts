// The NameNode and the DataNodes as processes.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { DevError } from "../dev-error.ts";
import { lastWords } from "../processes/last-words.ts";
import { runTool } from "../processes/run-tool.ts";
import { Server } from "../processes/server.ts";
import { hadoopJava } from "./hdfs-tool.ts";
import { nameNodeState } from "./name-node-state.ts";

/** What all daemons of one HDFS have in common. */
export class Daemons {
  readonly #java: string;
  readonly #jars: string;
  readonly #folder: string;
  readonly #conf: string;
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param jars the folder with Hadoop's jars
   * @param folder for data and logs
   * @param conf the folder with the settings
   */
  constructor(java: string, jars: string, folder: string, conf: string) {
    this.#java = java;
    this.#jars = jars;
    this.#folder = folder;
    this.#conf = conf;
    this.#env = { ...process.env, HADOOP_CONF_DIR: conf };
  }

  /** Prepares an empty file system; the mark tells a whole one from one that was cut off. */
  async format(): Promise<void> {
    const mark = join(this.#folder, "formatted");
    if (existsSync(mark)) return;
    rmSync(join(this.#folder, "name"), { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const flags = ["-Xmx256m", "-XX:TieredStopAtLevel=1"];
    const command = this.#command(flags, "namenode.NameNode", ["-format", "-nonInteractive", "-force"]);
    const { code, stdout, stderr } = await runTool(command, { env: this.#env });
    if (code !== 0)
      throw new DevError(
        `HDFS can't prepare ${this.#folder}:\n${lastWords(stdout + stderr)}`,
        "See whether the disk is full and whether the settings in `config` are HDFS's.",
      );
    writeFileSync(mark, "");
  }

  /**
   * Starts the NameNode.
   * @param webhdfs its web address
   * @param dataNodes how many it waits for
   */
  nameNode(webhdfs: string, dataNodes: number): Server {
    return this.#start("HDFS NameNode", ["-Xms64m", "-Xmx256m"], "namenode.NameNode", [], async () => {
      const state = await nameNodeState(webhdfs);
      return state !== undefined && !state.isSafeMode && state.liveDataNodes >= dataNodes;
    });
  }

  /** Starts a DataNode, on ports that the system chooses: clients are told them by the NameNode. */
  dataNode(index: number): Server {
    const settings = {
      "dfs.datanode.data.dir": pathToFileURL(join(this.#folder, `data-${index}`)).href,
      "dfs.datanode.address": "127.0.0.1:0",
      "dfs.datanode.http.address": "127.0.0.1:0",
      "dfs.datanode.ipc.address": "127.0.0.1:0",
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-D", `${name}=${value}`]);
    return this.#start(`HDFS DataNode ${index}`, ["-Xms64m", "-Xmx256m"], "datanode.DataNode", args, (log) =>
      log.includes("successfully registered with NN"),
    );
  }

  #start(
    title: string,
    memory: readonly string[],
    main: string,
    args: readonly string[],
    isReady: (log: string) => boolean | Promise<boolean>,
  ): Server {
    return new Server({
      title,
      command: this.#command(memory, main, args),
      env: this.#env,
      logFile: join(this.#folder, "logs", `${title.toLowerCase().replaceAll(" ", "-")}.log`),
      isReady,
    });
  }

  // What Jetty and the codecs unpack would stay in the system's folder when a daemon is killed.
  #temporary(): string {
    const folder = join(this.#folder, "tmp");
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  #command(flags: readonly string[], main: string, args: readonly string[]): string[] {
    const classPath = [this.#conf, join(this.#jars, "*")].join(delimiter);
    const java = [
      this.#java,
      ...hadoopJava,
      ...flags,
      `-Djava.io.tmpdir=${this.#temporary()}`,
      "-cp",
      classPath,
    ];
    return [...java, `org.apache.hadoop.hdfs.server.${main}`, ...args];
  }
}
