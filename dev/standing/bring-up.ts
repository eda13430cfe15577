// Servers that go on after the command that started them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DevError } from "../dev-error.ts";
import { startHdfs } from "../hdfs/start-hdfs.ts";
import { startKafka } from "../kafka/start-kafka.ts";
import { startSpark } from "../spark/start-spark.ts";
import { places } from "../places.ts";
import { freePorts, isTaken } from "../processes/choose-ports.ts";
import { identify } from "../processes/process-identity.ts";
import type { Server } from "../processes/server.ts";
import { note, type Service, type Standing } from "./state.ts";

type Say = (line: string) => void;

/**
 * Starts a service on its data of earlier times, on its usual ports where they are free, notes it, and lets it go on.
 * Until it is noted it ends with this process.
 * @param size how many brokers or DataNodes; default what the data is kept on, else 1
 * @throws DevError when it doesn't come up, or the data is kept on another number
 */
export async function bringUp(service: Service, size: 1 | 3 | undefined, say: Say): Promise<Standing> {
  const folder = join(places.data, service);
  const count = service === "spark" ? 1 : sizeFor(service, folder, size);
  const { servers, addresses } = await starters[service](folder, count, say);
  const standing = {
    addresses,
    servers: servers.map(({ title, pid, logFile }) => ({ title, ...identify(pid), log: logFile })),
  };
  note(service, standing);
  await Promise.all(servers.map((server) => server.release()));
  return standing;
}

interface Started {
  readonly servers: readonly Server[];
  readonly addresses: Readonly<Record<string, string>>;
}

const starters: Record<Service, (folder: string, count: 1 | 3, say: Say) => Promise<Started>> = {
  kafka: async (folder, brokers, say) => {
    const ports = await usualPorts([9092, 9093, 9094].slice(0, brokers));
    const { servers, bootstrap } = await startKafka({ brokers, folder, ports, say });
    return { servers, addresses: { bootstrap: bootstrap.join(",") } };
  },
  hdfs: async (folder, dataNodes, say) => {
    const [nameNode, web] = await usualPorts([9000, 9870]);
    const { servers, url, webhdfs, conf } = await startHdfs({
      dataNodes,
      folder,
      ports: { nameNode, web },
      say,
    });
    return { servers, addresses: { url, webhdfs, conf } };
  },
  spark: async (folder) => {
    const [connect, masterPort] = await usualPorts([15_002, 7077]);
    const { servers, remote, master } = await startSpark({ folder, ports: { connect, master: masterPort } });
    // The token is in it: for this account's eyes, and never in the arguments of a process.
    const remoteFile = join(folder, "spark-remote");
    writeFileSync(remoteFile, remote, { mode: 0o600 });
    return { servers, addresses: { master, remote: remote.replace(/\/;.*/, ""), remoteFile } };
  },
};

async function usualPorts(ports: readonly number[]): Promise<number[]> {
  const others = await freePorts(ports.length);
  return Promise.all(ports.map(async (port, index) => ((await isTaken(port)) ? others[index] : port)));
}

function sizeFor(service: "kafka" | "hdfs", folder: string, size: 1 | 3 | undefined): 1 | 3 {
  const file = join(folder, "size");
  const kept = existsSync(file) ? (Number(readFileSync(file, "utf8")) as 1 | 3) : undefined;
  const [part, option] = service === "kafka" ? ["broker", "--brokers"] : ["DataNode", "--data-nodes"];
  if (kept !== undefined && size !== undefined && kept !== size)
    throw new DevError(
      `The data of earlier runs lies on ${kept} ${part}${kept > 1 ? "s" : ""}, not ${size}.`,
      `Use ${option} ${kept}, or remove the data first: npx --no-install sightline dev down ${service} --delete`,
    );
  const count = size ?? kept ?? 1;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, String(count));
  return count;
}
