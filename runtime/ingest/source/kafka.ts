import type { ConnectionOptions as TlsOptions } from "node:tls";
import { checkOptions } from "../check-options.ts";
import { IngestError } from "../ingest-error.ts";

/** How to reach Kafka, and what to read from it. */
export interface KafkaOptions {
  /** `host:port` of one or more brokers: an array, or one string with commas, as `bootstrap.servers` has it. */
  readonly brokers: string | readonly string[];
  readonly topics: string | readonly string[];
  /** The consumer group: its members share the partitions, and Kafka's tools show its lag. */
  readonly groupId: string;
  /**
   * Where a partition begins that this table has no commit of yet: `earliest` (the default, so that nothing is
   * left out) or `latest`.
   */
  readonly startingOffsets?: "earliest" | "latest";
  /**
   * Whether to stop with an error when records are gone from Kafka before they were read (retention, a topic made
   * anew); `false` goes on at the first record there is. Default true, as Spark's Kafka source has it.
   */
  readonly failOnDataLoss?: boolean;
  /** After how long without a sign of life the group gives this member's partitions away. Default 45000. */
  readonly sessionTimeoutMs?: number;
  /** TLS: `true`, or Node's options for it (`ca`, `cert`, `key`). Default none. */
  readonly tls?: boolean | TlsOptions;
  readonly sasl?: {
    readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512" | "OAUTHBEARER";
    readonly username?: string;
    readonly password?: string;
    readonly token?: string;
  };
}

/** What {@link kafka} gives: checked and complete. */
export interface KafkaSource {
  readonly kind: "kafka";
  readonly brokers: readonly string[];
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly startingOffsets: "earliest" | "latest";
  readonly failOnDataLoss: boolean;
  readonly sessionTimeoutMs: number;
  readonly tls?: KafkaOptions["tls"];
  readonly sasl?: KafkaOptions["sasl"];
}

const known = [
  "brokers",
  "topics",
  "groupId",
  "startingOffsets",
  "failOnDataLoss",
  "sessionTimeoutMs",
  "tls",
  "sasl",
];

/**
 * Topics of a Kafka cluster as the source of {@link ingest}. Connects to nothing yet.
 * @throws IngestError when an option is missing or makes no sense
 * @example kafka({ brokers: "127.0.0.1:9092", topics: ["siem"], groupId: "lake" })
 * @see https://kafka.apache.org/documentation/#consumerconfigs
 */
export function kafka(options: KafkaOptions): KafkaSource {
  checkOptions("kafka()", options, known);
  const brokers = list(options.brokers);
  const wrong = brokers.find((broker) => !/^(\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/.test(broker));
  if (brokers.length === 0 || wrong !== undefined) {
    throw new IngestError(
      `kafka() was given brokers ${JSON.stringify(wrong ?? options.brokers)}.`,
      'Name them as host:port, for example brokers: "127.0.0.1:9092".',
    );
  }
  const topics = list(options.topics);
  if (topics.length === 0) {
    throw new IngestError("kafka() was given no topics.", 'Name them, for example topics: ["siem"].');
  }
  const badTopic = topics.find((topic) => !/^[\w.-]{1,249}$/.test(topic) || topic === "." || topic === "..");
  if (badTopic !== undefined) {
    throw new IngestError(
      `kafka() was given the topic ${JSON.stringify(badTopic)}, which can't be a topic's name.`,
      "Names are of letters, digits, dots, underscores and hyphens, at most 249.",
    );
  }
  if (typeof options.groupId !== "string" || options.groupId === "") {
    throw new IngestError("kafka() was given no groupId.", 'Name the consumer group: groupId: "lake".');
  }
  return {
    kind: "kafka",
    brokers,
    topics: [...new Set(topics)],
    groupId: options.groupId,
    startingOffsets: options.startingOffsets ?? "earliest",
    failOnDataLoss: options.failOnDataLoss ?? true,
    sessionTimeoutMs: options.sessionTimeoutMs ?? 45_000,
    tls: options.tls,
    sasl: options.sasl,
  };
}

/** The cluster that topics are made in or written to, checked as {@link kafka} does; it reads nothing. */
export function cluster({
  topic,
  ...options
}: Pick<KafkaOptions, "brokers" | "tls" | "sasl"> & { readonly topic: string }): KafkaSource {
  const { brokers, tls, sasl } = options;
  return kafka({ brokers, tls, sasl, topics: [topic], groupId: "-" });
}

function list(names: string | readonly string[] | undefined): string[] {
  const given = typeof names === "string" ? names.split(",") : (names ?? []);
  return given.map((name) => String(name).trim()).filter((name) => name !== "");
}
