import { IngestError } from "../ingest-error.ts";
import { clientOptions } from "./client-options.ts";
import { checkTopics } from "./cluster.ts";
import { cluster, type KafkaOptions } from "./kafka.ts";
import { rootMessage } from "./kafka-error.ts";

/** Where records go, and how. */
export interface ProduceOptions extends Pick<KafkaOptions, "brokers" | "tls" | "sasl"> {
  readonly topic: string;
  /** How batches of records are packed. Default `zstd`. */
  readonly compression?: "none" | "gzip" | "snappy" | "lz4" | "zstd";
}

/** A record to be sent; records with the same key go to the same partition. */
export interface RecordToProduce {
  readonly key?: Buffer | string;
  readonly value: Buffer | string;
}

const MAX_BATCH_RECORDS = 5000;
const MAX_BATCH_BYTES = 1 << 20;

/**
 * Sends records to a Kafka topic, in their order per partition and each once (idempotent, acknowledged by all replicas
 * in sync). A broker that fails is waited for, half a minute at most.
 * @param records a value or a record each; they are read no faster than they are sent
 * @returns how many were acknowledged, and their bytes
 * @throws IngestError when no broker answers, the topic doesn't exist, or a record is larger than the topic takes;
 *   the records before are sent then
 * @example await produce({ brokers: "127.0.0.1:9092", topic: "siem" }, ['{"host":"a"}', '{"host":"b"}'])
 * @see https://kafka.apache.org/documentation/#producerconfigs_enable.idempotence
 */
export async function produce(
  options: ProduceOptions,
  records: AsyncIterable<RecordToProduce | Buffer | string> | Iterable<RecordToProduce | Buffer | string>,
): Promise<{ records: number; bytes: number }> {
  const source = cluster(options);
  const { topic, compression = "zstd" } = options;
  const metadata = await checkTopics(source, [topic]);
  const { murmur2, Producer } = await import("@platformatic/kafka");
  const { partitionsCount } = metadata.topics.get(topic)!;
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    ...clientOptions(source),
    idempotent: true,
    acks: -1,
    compression,
    retries: 60,
    retryDelay: 500,
    metadataMaxAge: 1000,
  });
  const sent = { records: 0, bytes: 0 };
  const batch = new Map<number, { topic: string; partition: number; key?: Buffer; value: Buffer }[]>();
  let batchRecords = 0;
  let batchBytes = 0;
  let turn = 0;
  const flush = async () => {
    // A send of its own for each partition: when leaders change, records of several may no longer go to one broker.
    const sends = [...batch.values()].map(async (messages) => {
      await producer.send({ messages });
      sent.records += messages.length;
    });
    const failed = (await Promise.allSettled(sends)).find(({ status }) => status === "rejected");
    if (failed) throw sendError((failed as PromiseRejectedResult).reason, topic, sent.records, batchBytes);
    sent.bytes += batchBytes;
    batch.clear();
    batchRecords = batchBytes = 0;
  };
  try {
    await producer.initIdempotentProducer({});
    for await (const record of records) {
      const { key, value } =
        typeof record === "string" || Buffer.isBuffer(record) ? { value: record } : record;
      const bytes = Buffer.from(value as string);
      const keyBytes = key === undefined ? undefined : Buffer.from(key as string);
      // As Kafka's own clients have it, so that others find a key in the same partition.
      const partition = (keyBytes ? murmur2(keyBytes) & 0x7fffffff : turn++) % partitionsCount;
      if (batchBytes + bytes.length > MAX_BATCH_BYTES) await flush();
      const messages = batch.get(partition) ?? [];
      batch.set(partition, messages);
      messages.push({ topic, partition, value: bytes, ...(keyBytes ? { key: keyBytes } : {}) });
      batchBytes += bytes.length;
      if (++batchRecords >= MAX_BATCH_RECORDS) await flush();
    }
    await flush();
  } finally {
    await producer.close().catch(() => {});
  }
  return sent;
}

function sendError(error: unknown, topic: string, sent: number, bytes: number): IngestError {
  const why = rootMessage(error);
  const isTooLarge = /too large|larger than|MESSAGE_TOO_LARGE|max(?:imum)? message/i.test(why);
  return new IngestError(
    `Kafka did not take all of a batch of ${bytes} bytes for ${topic}; it has ${sent} records: ${why}.`,
    isTooLarge
      ? `Raise max.message.bytes of the topic and message.max.bytes of the brokers, or send smaller records.`
      : "Look which records the topic has before sending the rest: of this batch it may have some.",
    { cause: error },
  );
}
