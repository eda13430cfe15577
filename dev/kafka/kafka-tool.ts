// Kafka's own command line tools.
import { join } from "node:path";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { mainClassOf } from "../processes/run-tool.ts";

export const kafkaTools = {
  "kafka-topics": "TopicCommand",
  "kafka-consumer-groups": "consumer.group.ConsumerGroupCommand",
  "kafka-get-offsets": "GetOffsetShell",
  "kafka-console-consumer": "consumer.ConsoleConsumer",
  "kafka-console-producer": "ConsoleProducer",
  "kafka-metadata-quorum": "MetadataQuorumCommand",
} as const;

/** The names of the tools, as Kafka's own scripts are called. */
export type KafkaTool = keyof typeof kafkaTools;

/**
 * The command line that runs one of Kafka's own tools. The first call fetches their jars.
 * @param args its arguments, without `--bootstrap-server`
 * @param bootstrap brokers, `host:port`
 * @throws DevError when there is no such tool
 */
export async function kafkaCommand(
  tool: string,
  args: readonly string[],
  bootstrap: readonly string[],
): Promise<string[]> {
  const main = `org.apache.kafka.tools.${mainClassOf(tool, kafkaTools)}`;
  const jars = await fetchJars(join(import.meta.dirname, "tools", "pom.xml"));
  const java = [findJava(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", join(jars, "*")];
  return [...java, main, "--bootstrap-server", bootstrap.join(","), ...args];
}
