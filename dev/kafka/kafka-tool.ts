// Kafka's own command line tools.
import { join } from "node:path";
import { closeNames } from "../../runtime/text/close-names.ts";
import { DevError } from "../dev-error.ts";
import { fetchJars } from "../jars/fetch-jars.ts";
import { findJava } from "../jars/find-tools.ts";
import { runTool, type ToolResult } from "../processes/run-tool.ts";

const mainClasses = {
  "kafka-topics": "TopicCommand",
  "kafka-consumer-groups": "consumer.group.ConsumerGroupCommand",
  "kafka-get-offsets": "GetOffsetShell",
  "kafka-console-consumer": "consumer.ConsoleConsumer",
  "kafka-console-producer": "ConsoleProducer",
  "kafka-metadata-quorum": "MetadataQuorumCommand",
} as const;

/** The names of the tools, as Kafka's own scripts are called. */
export type KafkaTool = keyof typeof mainClasses;

/**
 * Runs one of Kafka's own tools to its end. The first call fetches their jars.
 * @param bootstrap brokers, `host:port`
 * @param args its arguments, without `--bootstrap-server`
 * @throws DevError when there is no such tool
 * @example (await kafkaTool("kafka-consumer-groups", ["--describe", "--group", "lake"], ["127.0.0.1:9092"])).stdout
 */
export async function kafkaTool(
  tool: KafkaTool,
  args: readonly string[],
  bootstrap: readonly string[],
  input = "",
): Promise<ToolResult> {
  if (!Object.hasOwn(mainClasses, tool)) {
    const close = closeNames(tool, Object.keys(mainClasses));
    const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
    throw new DevError(`There is no tool ${tool}.`, `${hint}All: ${Object.keys(mainClasses).join(", ")}`);
  }
  const jars = await fetchJars(join(import.meta.dirname, "tools", "pom.xml"));
  const java = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", join(jars, "*")];
  const main = `org.apache.kafka.tools.${mainClasses[tool]}`;
  return runTool([findJava(), ...java, main, "--bootstrap-server", bootstrap.join(","), ...args], { input });
}
