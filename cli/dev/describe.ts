import { relative } from "node:path";
import { places } from "../../dev/places.ts";
import { endedServers, type Service, type Standing } from "../../dev/standing/state.ts";

/** The lines that say where a service is, and which of its processes have ended. */
export function describe(service: Service, standing: Standing): string[] {
  const { addresses, servers } = standing;
  const ended = endedServers(standing);
  const pids = servers.filter((server) => !ended.includes(server)).map(({ pid }) => pid);
  const running = pids.length > 0 ? `process${pids.length > 1 ? "es" : ""} ${pids.join(", ")}` : "none runs";
  const where = {
    kafka: `Kafka    ${addresses.bootstrap}`,
    hdfs: `HDFS     ${addresses.url}  WebHDFS ${addresses.webhdfs}`,
    spark: `Spark    ${addresses.remote}  master ${addresses.master}`,
  }[service];
  return [
    `${where} (${running})`,
    ...ended.map(({ title, log }) => `         ${title} has ended; its log: ${relative(places.root, log)}`),
  ];
}

/** What to do with running services, ready to paste. */
export function nextSteps(state: Partial<Record<Service, Standing>>): string[] {
  const lines: string[] = [];
  const { kafka, hdfs, spark } = state;
  const bin = "npx --no-install sightline";
  if (kafka) {
    const { bootstrap } = kafka.addresses;
    const brokers = bootstrap === "127.0.0.1:9092" ? "" : ` --brokers ${bootstrap}`;
    lines.push(`${bin} produce${brokers} --create --topic siem FILE.ndjson.gz`);
    lines.push(`${bin} dev run kafka-consumer-groups --describe --all-groups`);
  }
  if (hdfs) {
    const { webhdfs, conf } = hdfs.addresses;
    // Where the ports are the usual ones, clients find everything by the address alone.
    if (webhdfs !== "http://127.0.0.1:9870") lines.push(`export HADOOP_CONF_DIR='${conf}'`);
    lines.push(`${bin} dev run hdfs dfs -ls /`);
  }
  if (spark) lines.push(`SPARK_REMOTE="$(cat '${spark.addresses.remoteFile}')" npm start`);
  return [...lines, `${bin} dev down`];
}
