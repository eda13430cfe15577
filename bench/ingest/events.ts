import { createTopic, produce } from "../../runtime/index.ts";

/** Fills a topic with events of 20 fields, about 470 bytes each as JSON. */
export async function fillTopic(brokers: readonly string[], topic: string, count: number): Promise<number> {
  await createTopic({ brokers, topic, partitions: 6 });
  const { bytes } = await produce({ brokers, topic }, events(count));
  return bytes;
}

function* events(count: number): Generator<string> {
  for (let id = 0; id < count; id++) yield JSON.stringify(event(id));
}

const ports = [22, 80, 443, 445, 3389];
const users = 997;
const hosts = 503;

function event(id: number): Record<string, unknown> {
  return {
    "@timestamp": new Date(1_793_000_000_000 + id * 3).toISOString(),
    id,
    host: `host-${id % hosts}.corp.example`,
    user: `user-${(id * 31) % users}`,
    event_id: 4000 + (id % 40),
    channel: id % 3 === 0 ? "Security" : "System",
    process: `C:\\Windows\\System32\\proc${id % 61}.exe`,
    pid: 1000 + ((id * 7) % 60_000),
    src_ip: `10.${id % 4}.${(id >> 3) % 256}.${(id >> 5) % 256}`,
    dst_ip: `192.168.${id % 64}.${(id >> 2) % 256}`,
    src_port: 1024 + ((id * 13) % 60_000),
    dst_port: ports[id % ports.length],
    bytes_in: (id * 7919) % 1_000_003,
    bytes_out: (id * 104_729) % 500_009,
    duration: ((id * 17) % 10_000) / 1000,
    ok: id % 5 !== 0,
    protocol: id % 2 === 0 ? "tcp" : "udp",
    rule: id % 50 === 0 ? `rule-${id % 23}` : null,
    score: (id % 1000) / 8,
    session: (id * 2_654_435_761).toString(36),
  };
}
