/** What the brokers of one cluster have in common, and which of them this is. */
export interface BrokerPlace {
  readonly id: number;
  /** The clients' ports, one a broker. */
  readonly ports: readonly number[];
  /** The ports on which the brokers elect their leader. */
  readonly controllerPorts: readonly number[];
  readonly folder: string;
}

/**
 * A broker's `server.properties`: KRaft, broker and controller in one process, loopback only. With three brokers
 * everything is kept three times and written to two at least.
 * @param more settings that win over these
 * @see https://kafka.apache.org/documentation/#brokerconfigs
 */
export function brokerConfig(
  { id, ports, controllerPorts, folder }: BrokerPlace,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const replication = ports.length >= 3 ? 3 : 1;
  const inSync = ports.length >= 3 ? 2 : 1;
  const settings = {
    "process.roles": "broker,controller",
    "node.id": id,
    "controller.quorum.voters": controllerPorts.map((port, node) => `${node}@127.0.0.1:${port}`).join(","),
    listeners: `PLAINTEXT://127.0.0.1:${ports[id]},CONTROLLER://127.0.0.1:${controllerPorts[id]}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${ports[id]}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": folder,
    "auto.create.topics.enable": false,
    "num.partitions": 1,
    "default.replication.factor": replication,
    "min.insync.replicas": inSync,
    "offsets.topic.replication.factor": replication,
    "offsets.topic.num.partitions": 5,
    "transaction.state.log.replication.factor": replication,
    "transaction.state.log.min.isr": inSync,
    "transaction.state.log.num.partitions": 5,
    "share.coordinator.state.topic.replication.factor": replication,
    "share.coordinator.state.topic.min.isr": inSync,
    "share.coordinator.state.topic.num.partitions": 5,
    "group.initial.rebalance.delay.ms": 0,
    // So long the others wait for a broker that was killed, and it for itself when it comes back; Kafka's own is 9 s.
    "broker.session.timeout.ms": 5000,
    "broker.heartbeat.interval.ms": 1000,
    // A scanner's whole report is one record.
    "message.max.bytes": 16 << 20,
    "replica.fetch.max.bytes": 16 << 20,
    // Old events must not be gone before somebody reads them; what is too much is removed with the folder.
    "log.retention.ms": -1,
    "log.segment.bytes": 64 << 20,
    "log.cleaner.dedupe.buffer.size": 4 << 20,
    ...more,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
