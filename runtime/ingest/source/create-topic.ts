import type { Admin } from "@platformatic/kafka";
import { IngestError } from "../ingest-error.ts";
import { clientOptions } from "./client-options.ts";
import { checkTopics } from "./cluster.ts";
import { cluster, type KafkaOptions } from "./kafka.ts";
import { isAnswer, rootMessage } from "./kafka-error.ts";

export interface CreateTopicOptions extends Pick<KafkaOptions, "brokers" | "tls" | "sasl"> {
  readonly topic: string;
  /** Default 6. */
  readonly partitions?: number;
  /** Copies of each partition. Default what the brokers say (`default.replication.factor`). */
  readonly replicas?: number;
  /** Settings of the topic, such as `retention.ms`. */
  readonly configs?: Readonly<Record<string, string>>;
}

/**
 * Makes a topic; one that is there already stays as it is.
 * @returns whether it was made
 * @throws IngestError when no broker answers, or the cluster refuses
 * @example await createTopic({ brokers: "127.0.0.1:9092", topic: "siem", partitions: 12 })
 */
export async function createTopic(options: CreateTopicOptions): Promise<boolean> {
  const { topic, partitions = 6, replicas = -1, configs = {} } = options;
  const source = cluster(options);
  await checkTopics(source, []);
  const { Admin } = await import("@platformatic/kafka");
  const admin = new Admin({ ...clientOptions(source), retries: 5, retryDelay: 500 });
  try {
    await admin.createTopics({
      topics: [topic],
      partitions,
      replicas,
      configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
    });
    await settled(admin, topic);
    return true;
  } catch (error) {
    if (isAnswer(error, "TOPIC_ALREADY_EXISTS")) return false;
    throw new IngestError(
      `Kafka did not make the topic ${topic}: ${rootMessage(error)}.`,
      "Make it with Kafka's own tools: kafka-topics --create",
      { cause: error },
    );
  } finally {
    await admin.close().catch(() => {});
  }
}

/** Waits until every partition has a leader: a topic is known before it can be used. */
async function settled(admin: Admin, topic: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const metadata = await admin.metadata({ topics: [topic], forceUpdate: true }).catch(() => undefined);
    const partitions = metadata?.topics.get(topic)?.partitions;
    if (partitions?.length && partitions.every(({ leader }) => leader >= 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
