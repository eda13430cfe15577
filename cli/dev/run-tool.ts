import { spawn } from "node:child_process";
import { hdfsCommand, hdfsTools } from "../../dev/hdfs/hdfs-tool.ts";
import { kafkaCommand, kafkaTools } from "../../dev/kafka/kafka-tool.ts";
import { readState, type Service } from "../../dev/standing/state.ts";
import { closeNames } from "../../runtime/text/close-names.ts";
import { CommandError } from "../command-error.ts";

/**
 * Runs one of Kafka's or HDFS's own tools against the servers of `dev up`, on this terminal.
 * @param words the tool and its arguments; `hdfs dfs` and `dfs` mean the same
 * @returns the tool's exit code
 */
export async function runTool(words: readonly string[]): Promise<number> {
  const [tool, ...args] = words[0] === "hdfs" ? words.slice(1) : words;
  if (tool === undefined)
    throw new CommandError(
      "sightline dev run needs the name of a tool.\nsightline dev run kafka-topics --list",
      2,
    );
  if (Object.hasOwn(kafkaTools, tool))
    return onTerminal(await kafkaCommand(tool, args, addressesOf("kafka").bootstrap.split(",")));
  if (Object.hasOwn(hdfsTools, tool))
    return onTerminal(await hdfsCommand(tool, args, addressesOf("hdfs").conf));
  const all = [...Object.keys(kafkaTools), ...Object.keys(hdfsTools).map((name) => `hdfs ${name}`)];
  const close = closeNames(tool, all);
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  throw new CommandError(`sightline dev run knows no tool ${tool}.\n${hint}All: ${all.join(", ")}`, 2);
}

function addressesOf(service: Service): Readonly<Record<string, string>> {
  const standing = readState()[service];
  if (standing) return standing.addresses;
  throw new CommandError(
    `${service === "kafka" ? "Kafka" : "HDFS"} does not run here.\nnpx --no-install sightline dev up ${service}`,
  );
}

function onTerminal([file, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: "inherit" });
    // Ctrl-C reaches the tool too, which ends in its own way.
    process.on("SIGINT", () => {});
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
