import { IngestError } from "../ingest-error.ts";
import { clientOptions } from "./client-options.ts";
import { checkTopics } from "./cluster.ts";
import { kafka, type KafkaOptions } from "./kafka.ts";
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
  const source = kafka({ ...options, topics: [options.topic], groupId: "-" });
  const { topic, compression = "zstd" } = options;
  await checkTopics(source, [topic]);
  const { Producer } = await import("@platformatic/kafka");
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    ...clientOptions(source),
    idempotent: true,
    acks: -1,
    compression,
    retries: 60,
    retryDelay: 500,
  });
  const sent = { records: 0, bytes: 0 };
  let batch: { topic: string; key?: Buffer; value: Buffer }[] = [];
  let batchBytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    try {
      await producer.send({ messages: batch });
    } catch (error) {
      throw sendError(error, topic, sent.records, batchBytes);
    }
    sent.records += batch.length;
    sent.bytes += batchBytes;
    batch = [];
    batchBytes = 0;
  };
  try {
    for await (const record of records) {
      const { key, value } =
        typeof record === "string" || Buffer.isBuffer(record) ? { value: record } : record;
      const bytes = Buffer.from(value as string);
      if (batchBytes + bytes.length > MAX_BATCH_BYTES) await flush();
      batch.push({ topic, value: bytes, ...(key === undefined ? {} : { key: Buffer.from(key as string) }) });
      batchBytes += bytes.length;
      if (batch.length >= MAX_BATCH_RECORDS) await flush();
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
    `Kafka did not take a batch of ${bytes} bytes for ${topic} after ${sent} records: ${why}.`,
    isTooLarge
      ? `Raise max.message.bytes of the topic and message.max.bytes of the brokers, or send smaller records.`
      : `The ${sent} records before it are in the topic: send the rest again from there.`,
    { cause: error },
  );
}
