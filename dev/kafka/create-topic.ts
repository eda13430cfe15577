import { setTimeout as sleep } from "node:timers/promises";
import { DevError } from "../dev-error.ts";

export interface NewTopic {
  readonly topic: string;
  /** Default 1. */
  readonly partitions?: number;
  /** On how many brokers each partition is kept; default 3 where there are three, else 1. */
  readonly replication?: number;
  /** Settings of the topic, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
}

const timeoutMs = 60_000;

/**
 * Creates a topic and waits until each partition has a leader and all its copies.
 * @param bootstrap brokers, `host:port`
 * @throws DevError when the brokers refuse it
 */
export async function createTopic(
  { topic, partitions = 1, replication = 0, config = {} }: NewTopic,
  bootstrap: readonly string[],
): Promise<void> {
  // Loaded here alone: `sightline dev` doesn't need it.
  const { Admin } = await import("@platformatic/kafka");
  const replicas = replication || (bootstrap.length >= 3 ? 3 : 1);
  const admin = new Admin({ clientId: "sightline-dev", bootstrapBrokers: [...bootstrap], retries: 10 });
  try {
    const configs = Object.entries(config).map(([name, value]) => ({ name, value }));
    await admin.createTopics({ topics: [topic], partitions, replicas, configs });
    const isThere = async () => {
      const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true });
      const known = Object.values(topics.get(topic)?.partitions ?? {});
      return known.length === partitions && known.every((p) => p.leader >= 0 && p.isr.length === replicas);
    };
    for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await sleep(50))
      if (await isThere().catch(() => false)) return;
    throw new Error(`no leader for some of its partitions after ${timeoutMs / 1000} s`);
  } catch (cause) {
    throw new DevError(
      `Topic ${topic} could not be created: ${reasonOf(cause)}.`,
      `See what the brokers at ${bootstrap.join(", ")} say in their logs.`,
      { cause },
    );
  } finally {
    await admin.close();
  }
}

/** The innermost cause, which is what the broker said. */
function reasonOf(error: unknown): string {
  const { message, cause, errors } = error as Error & { errors?: unknown[] };
  const inner = errors?.at(-1) ?? cause;
  return (inner ? reasonOf(inner) : message).replace(/\.$/, "");
}
