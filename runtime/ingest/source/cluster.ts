import type { ClusterMetadata } from "@platformatic/kafka";
import { closeNames } from "../../text/close-names.ts";
import { IngestError } from "../ingest-error.ts";
import { clientOptions } from "./client-options.ts";
import type { KafkaSource } from "./kafka.ts";
import { isAuthenticationError, rootMessage } from "./kafka-error.ts";

type Connection = Pick<KafkaSource, "brokers" | "tls" | "sasl">;

/**
 * Looks whether a broker answers and these topics exist, before anything else is asked of Kafka.
 * @throws IngestError naming the brokers that don't answer, or the topics that aren't there and those that are
 */
export async function checkTopics(source: Connection, topics: readonly string[]): Promise<ClusterMetadata> {
  const { Admin } = await import("@platformatic/kafka");
  const admin = new Admin({ ...clientOptions(source), retries: 2, retryDelay: 300 });
  try {
    const existing = await admin.listTopics({ includeInternals: false });
    const missing = topics.filter((topic) => !existing.includes(topic));
    if (missing.length > 0) throw missingTopics(missing, existing);
    return await admin.metadata({ topics: [...topics] });
  } catch (error) {
    throw error instanceof IngestError ? error : unreachable(source, error);
  } finally {
    await admin.close().catch(() => {});
  }
}

function missingTopics(missing: readonly string[], existing: readonly string[]): IngestError {
  const [topic] = missing;
  const close = closeNames(topic, [...existing]);
  const known =
    close.length > 0
      ? `Did you mean ${close.join(" or ")}?`
      : existing.length > 0
        ? `There are: ${existing.slice(0, 10).join(", ")}${existing.length > 10 ? ", …" : ""}.`
        : "The cluster has no topics yet.";
  return new IngestError(
    `Kafka has no topic ${missing.join(", ")}.`,
    `${known} Make it with: npx --no-install sightline produce --create --topic ${topic} FILE`,
  );
}

function unreachable({ brokers }: Connection, error: unknown): IngestError {
  if (isAuthenticationError(error)) {
    return new IngestError(
      `Kafka at ${brokers.join(", ")} refused to sign us in: ${rootMessage(error)}.`,
      "Check `sasl` (mechanism, username, password).",
      { cause: error },
    );
  }
  return new IngestError(
    `No Kafka broker answers at ${brokers.join(", ")}: ${rootMessage(error)}.`,
    "Check the address, or start one here: npx --no-install sightline dev up kafka",
    { cause: error },
  );
}
