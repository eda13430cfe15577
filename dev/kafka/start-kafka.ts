import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DevError } from "../dev-error.ts";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { freePorts, requirePort } from "../processes/choose-ports.ts";
import { lastWords } from "../processes/last-words.ts";
import { makeRunFolder } from "../processes/run-folder.ts";
import { runTool, type ToolResult } from "../processes/run-tool.ts";
import { Server } from "../processes/server.ts";
import { startAll } from "../processes/start-all.ts";
import { brokerConfig } from "./broker-config.ts";
import { createTopic, type NewTopic } from "./create-topic.ts";
import { kafkaCommand, type KafkaTool } from "./kafka-tool.ts";

export interface KafkaOptions {
  /** How many; default 1. */
  readonly brokers?: 1 | 3;
  /** Where data and logs are kept; without it in a folder of their own, which `stop` removes. */
  readonly folder?: string;
  /** The brokers' ports; default free ones. */
  readonly ports?: readonly number[];
  /** Settings of `server.properties` that win over ours. */
  readonly config?: Readonly<Record<string, string | number>>;
  /** Told in a line each what takes long. */
  readonly say?: (line: string) => void;
}

/** Real Kafka brokers on 127.0.0.1, which end with this process. */
export interface Kafka {
  /** `host:port` of each broker; a broker's id is its place in this list. */
  readonly bootstrap: readonly string[];
  readonly folder: string;
  /** The processes, a broker each, as they are now. */
  readonly servers: readonly Server[];
  /** Creates a topic; settles when all its partitions can be written. Default: one partition, kept on all brokers. */
  createTopic(topic: NewTopic): Promise<void>;
  /** Sends a broker a signal, SIGKILL by default; settles when it is gone. */
  kill(broker: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a broker again on its data and its port, stopping it first if it runs; settles when it serves. */
  restart(broker: number): Promise<void>;
  /** Runs one of Kafka's own tools, such as kafka-consumer-groups, against these brokers. */
  run(tool: KafkaTool, args: readonly string[], input?: string): Promise<ToolResult>;
  /** Ends all of them. */
  stop(): Promise<void>;
}

const pom = join(import.meta.dirname, "pom.xml");
// 16 bytes in base64, which is what Kafka takes for a cluster's name.
const clusterId = Buffer.from("sightline-dev-01").toString("base64url");

/**
 * Starts Kafka: one broker, or three that keep everything three times. The jars are fetched the first time.
 * @throws DevError when Java or Maven is missing, a port is taken, or a broker doesn't come up (with its log's end)
 * @example const kafka = await startKafka({ brokers: 3 }); await kafka.createTopic({ topic: "siem", partitions: 6 });
 */
export async function startKafka(options: KafkaOptions = {}): Promise<Kafka> {
  const { brokers = 1, config } = options;
  if (brokers !== 1 && brokers !== 3)
    throw new DevError(`Kafka can't be started with ${brokers as number} brokers.`, "Use 1 or 3.");
  const java = findJava();
  const classPath = join(await fetchJars(pom, options.say), "*");
  const isKept = options.folder !== undefined;
  const ports = await portsOf(options.ports, brokers);
  const controllerPorts = await freePorts(brokers);
  const folder = options.folder === undefined ? makeRunFolder("kafka") : resolve(options.folder);
  const ids = [...Array(brokers).keys()];
  await Promise.all(
    ids.map((id) => {
      const data = join(folder, `broker-${id}`);
      mkdirSync(folder, { recursive: true });
      const place = { id, ports, controllerPorts, folder: data };
      writeFileSync(`${data}.properties`, brokerConfig(place, config));
      return format(java, classPath, data);
    }),
  );
  const start = (id: number) => {
    const data = join(folder, `broker-${id}`);
    const memory = ["-Xms128m", "-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:+UseG1GC"];
    const log4j = `-Dlog4j2.configurationFile=${join(import.meta.dirname, "log4j2.properties")}`;
    return new Server({
      title: `Kafka broker ${id}`,
      command: [
        java,
        ...memory,
        "-Djava.net.preferIPv4Stack=true",
        log4j,
        "-cp",
        classPath,
        "kafka.Kafka",
        `${data}.properties`,
      ],
      logFile: join(folder, "logs", `broker-${id}.log`),
      isReady: (log) => log.includes("Kafka Server started"),
    });
  };
  const servers = await startAll(ids.map((id) => () => start(id)));
  const bootstrap = ports.map((port) => `127.0.0.1:${port}`);
  return {
    bootstrap,
    folder,
    servers,
    createTopic: (topic) => createTopic(topic, bootstrap),
    kill: async (broker, signal) => servers[broker].kill(signal),
    restart: async (broker) => {
      await servers[broker].stop();
      servers[broker] = start(broker);
      await servers[broker].ready();
    },
    run: async (tool, args, input) => runTool(await kafkaCommand(tool, args, bootstrap), { input }),
    stop: async () => {
      await Promise.all(servers.map((server) => (isKept ? server.stop() : server.kill())));
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function portsOf(wanted: readonly number[] | undefined, brokers: number): Promise<readonly number[]> {
  if (!wanted) return freePorts(brokers);
  if (wanted.length !== brokers)
    throw new DevError(
      `Kafka was given ${wanted.length} ports, and ${brokers} to start.`,
      "Give each broker one.",
    );
  return Promise.all(wanted.map((port) => requirePort(port, "Kafka")));
}

/** Prepares a broker's empty folder; the mark tells a whole one from one that was cut off. */
async function format(java: string, classPath: string, data: string): Promise<void> {
  const mark = `${data}.formatted`;
  if (existsSync(mark)) return;
  rmSync(data, { recursive: true, force: true });
  const tool = ["kafka.tools.StorageTool", "format", `--cluster-id=${clusterId}`, "-c", `${data}.properties`];
  const flags = ["-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath];
  const { code, stdout, stderr } = await runTool([java, ...flags, ...tool]);
  if (code !== 0)
    throw new DevError(
      `Kafka can't prepare ${data}:\n${lastWords(stderr + stdout)}`,
      "See whether the disk is full and whether the settings in `config` are Kafka's.",
    );
  writeFileSync(mark, "");
}
