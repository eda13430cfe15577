import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DevError } from "../dev-error.ts";
import { findJava } from "../jars/find-tools.ts";
import { freePorts, requirePort } from "../processes/choose-ports.ts";
import { isPlainPath, makeRunFolder } from "../processes/run-folder.ts";
import { Server } from "../processes/server.ts";
import { startAll } from "../processes/start-all.ts";
import { findSpark } from "./spark-home.ts";
import { writeConfig } from "./write-config.ts";

export interface SparkOptions {
  /** How many, each with one core and one executor; default 2. */
  readonly workers?: number;
  /** Where settings, logs and the warehouse are kept; without it in a folder of their own, which `stop` removes. */
  readonly folder?: string;
  /** The ports of the Connect server and of the master; default free ones. */
  readonly ports?: { readonly connect: number; readonly master: number };
  /** Settings of `spark-defaults.conf` that win over ours. */
  readonly config?: Readonly<Record<string, string | number>>;
}

/** A real standalone cluster on 127.0.0.1: a master, workers and a Spark Connect server. It ends with this process. */
export interface SparkCluster {
  /** `sc://127.0.0.1:PORT/;token=…`, for SPARK_REMOTE. */
  readonly remote: string;
  /** `spark://127.0.0.1:PORT` */
  readonly master: string;
  readonly folder: string;
  /** The processes as they are now: the master, the workers, then the Connect server. */
  readonly servers: readonly Server[];
  /** Sends a worker a signal, SIGKILL by default; its executors end with it. */
  killWorker(index: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a worker again; settles when the master has it. */
  restartWorker(index: number): Promise<void>;
  /** Ends the Connect server, and with it every session. */
  killConnect(signal?: NodeJS.Signals): Promise<void>;
  /** Starts the Connect server again on its port; settles when it answers. */
  restartConnect(): Promise<void>;
  /** Ends all of them. */
  stop(): Promise<void>;
}

const connectServer = "org.apache.spark.sql.connect.service.SparkConnectServer";
const workerMemory = "1g";
const daemonMemory = "256m";
/** spark-submit counts the Connect server among the daemons: `spark.driver.memory` is not asked. */
const driverMemory = "1g";

/**
 * Starts a standalone cluster with a Spark Connect server; settles when it takes jobs. Its daemons know each other by a
 * secret, the Connect server asks for a token, and both are in files that only this account reads.
 * @throws DevError when Spark or Java is missing, a port is taken, or a daemon doesn't come up (with its log's end)
 * @example
 * const cluster = await startSpark();
 * const spark = await SparkSession.builder.remote(cluster.remote).getOrCreate();
 * @see https://spark.apache.org/docs/latest/spark-standalone.html
 */
export async function startSpark(options: SparkOptions = {}): Promise<SparkCluster> {
  const { workers = 2 } = options;
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 16))
    throw new DevError(`Spark can't be started with ${workers} workers.`, "Use 1 to 16.");
  if (options.folder !== undefined && !isPlainPath(resolve(options.folder)))
    throw new DevError(
      `Spark can't keep its files in ${resolve(options.folder)}: it takes plain letters, digits and signs only.`,
      "Name another folder, for example SIGHTLINE_DEV_FOLDER=/tmp/sightline-dev for sightline dev.",
    );
  const { home, python } = findSpark();
  const java = findJava();
  const [connectPort, masterPort] = options.ports
    ? await Promise.all([options.ports.connect, options.ports.master].map((p) => requirePort(p, "Spark")))
    : await freePorts(2);
  const [uiPort, masterUi, ...workerUis] = await freePorts(2 + workers);
  const isKept = options.folder !== undefined;
  const folder = options.folder === undefined ? makeRunFolder("spark") : resolve(options.folder);
  const master = `spark://127.0.0.1:${masterPort}`;
  const token = randomBytes(24).toString("hex");
  const secret = randomBytes(24).toString("hex");
  const nodeFolder = dirname(process.execPath);
  const conf = writeConfig(
    { folder, master, connectPort, uiPort, secret, token, nodeFolder },
    options.config ?? {},
  );
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const temporary = join(folder, "tmp");
  mkdirSync(temporary, { recursive: true, mode: 0o700 });

  const start = (
    title: string,
    memory: string,
    words: readonly string[],
    isReady: (log: string) => boolean,
  ) =>
    new Server({
      title,
      command: [join(home, "bin", "spark-class"), ...words],
      env: {
        ...environment(),
        JAVA_HOME: javaHome(java),
        SPARK_HOME: home,
        SPARK_CONF_DIR: conf,
        SPARK_DAEMON_MEMORY: memory,
        // What is unpacked there would stay in the system's folder when a daemon is killed.
        JAVA_TOOL_OPTIONS: `-Djava.io.tmpdir=${temporary}`,
        // The Connect server names it to the executors; it reads no setting for that.
        PYSPARK_PYTHON: python,
      },
      logFile: join(logs, `${title.toLowerCase().replaceAll(" ", "-")}.log`),
      isReady,
    });
  const startMaster = () => {
    const words = ["--host", "127.0.0.1", "--port", String(masterPort), "--webui-port", String(masterUi)];
    return start("Spark master", daemonMemory, ["org.apache.spark.deploy.master.Master", ...words], (log) =>
      log.includes("I have been elected leader"),
    );
  };
  const startWorker = (index: number) => {
    const place = ["--host", "127.0.0.1", "--webui-port", String(workerUis[index])];
    const size = ["--cores", "1", "--memory", workerMemory, "--work-dir", join(folder, `work-${index}`)];
    const words = ["org.apache.spark.deploy.worker.Worker", ...place, ...size, master];
    return start(`Spark worker ${index}`, daemonMemory, words, (log) =>
      log.includes("Successfully registered with master"),
    );
  };
  const startConnect = () => {
    const words = ["org.apache.spark.deploy.SparkSubmit", "--class", connectServer, "spark-internal"];
    return start("Spark Connect server", driverMemory, words, (log) =>
      log.includes("Spark Connect server started"),
    );
  };

  const servers = await startAll([
    startMaster,
    ...Array.from({ length: workers }, (_, index) => () => startWorker(index)),
    startConnect,
  ]);
  const restart = async (place: number, again: () => Server) => {
    await servers[place].kill();
    servers[place] = again();
    await servers[place].ready();
  };
  const connect = 1 + workers;
  return {
    remote: `sc://127.0.0.1:${connectPort}/;token=${token};use_ssl=false`,
    master,
    folder,
    servers,
    killWorker: async (index, signal) => servers[1 + index].kill(signal),
    restartWorker: (index) => restart(1 + index, () => startWorker(index)),
    killConnect: (signal) => servers[connect].kill(signal),
    restartConnect: () => restart(connect, startConnect),
    stop: async () => {
      await servers[connect].stop();
      await Promise.all(servers.map((server) => (isKept ? server.stop() : server.kill())));
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the daemons see of ours: nothing that would choose another Spark, and the loopback address for every port. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(SPARK_|PYSPARK_|JAVA_HOME$)/.test(name));
  return { ...Object.fromEntries(others), SPARK_LOCAL_IP: "127.0.0.1" };
}

/** spark-class runs `$JAVA_HOME/bin/java`. */
function javaHome(java: string): string | undefined {
  return java.includes("/") ? dirname(dirname(java)) : undefined;
}
