import type { BaseOptions } from "@platformatic/kafka";
import type { KafkaSource } from "./kafka.ts";

type Connection = Pick<KafkaSource, "brokers" | "tls" | "sasl">;

/** What every client of ours tells Kafka: who it is, where the brokers are, and how it signs in. */
export function clientOptions({ brokers, tls, sasl }: Connection): BaseOptions {
  return {
    clientId: "sightline",
    bootstrapBrokers: [...brokers],
    connectTimeout: 5000,
    requestTimeout: 30_000,
    ...(tls ? { tls: tls === true ? {} : tls } : {}),
    ...(sasl ? { sasl } : {}),
  };
}
