import { parseArgs } from "node:util";
import { type Service, services, usualServices } from "../../dev/standing/state.ts";
import { closeNames } from "../../runtime/text/close-names.ts";
import { CommandError } from "../command-error.ts";

export const usage = `npx --no-install sightline dev <word>: real servers on this machine (127.0.0.1), to try things out and to test with

  up [kafka] [hdfs] [spark]
                       Starts them, Kafka and HDFS if none is named; they go on after the command, on the data of
                       earlier times. spark is a standalone cluster of two workers with a Spark Connect server.
    --brokers N        1 or 3 Kafka brokers; three keep everything three times. Default: as before, or 1.
    --data-nodes N     1 or 3 HDFS DataNodes; three keep every block three times. Default: as before, or 1.
  status               Shows what runs and where.
  down [kafka] [hdfs] [spark]
                       Stops them, all if none is named.
    --delete           Removes their data too.
  run TOOL …           Runs one of their own tools against them, for example
                         run kafka-consumer-groups --describe --all-groups
                         run kafka-topics --list
                         run hdfs dfs -ls /

They need Java 17 or newer and Maven: apt-get install openjdk-17-jre-headless maven
Spark needs Java and: npm run setup -- --spark`;

const words = { up: ["brokers", "data-nodes"], down: ["delete"], status: [] } as const;
type Word = keyof typeof words;

export interface DevOptions {
  readonly word: Word;
  /** Those named, or all. */
  readonly services: readonly Service[];
  readonly brokers: 1 | 3 | undefined;
  readonly dataNodes: 1 | 3 | undefined;
  readonly deletes: boolean;
}

const spec = {
  brokers: { type: "string" },
  "data-nodes": { type: "string" },
  delete: { type: "boolean" },
} as const;

/**
 * Reads what follows `sightline dev`.
 * @throws CommandError with exit code 2, naming the argument and what would do
 */
export function parseDev([word, ...rest]: readonly string[]): DevOptions {
  if (!Object.hasOwn(words, word)) throw unknown("has no", word, [...Object.keys(words), "run"]);
  const known: readonly string[] = words[word as Word];
  const { values, tokens, positionals } = parseArgs({
    args: rest,
    options: spec,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens)
    if (token.kind === "option" && !known.includes(token.name))
      throw unknown(
        `${word} has no option`,
        token.rawName,
        known.map((name) => `--${name}`),
      );
  const wrong = positionals.find((name) => !services.includes(name as Service));
  if (word === "status" && positionals.length > 0)
    throw new CommandError(
      `sightline dev status takes nothing more, but got ${positionals[0]}.\nLeave it out.`,
      2,
    );
  if (wrong !== undefined) throw unknown(`${word} knows no`, wrong, services);
  if (typeof values.delete === "string")
    throw new CommandError(`--delete takes no value, but got ${values.delete}.\nLeave it out.`, 2);
  const named = services.filter((service) => positionals.includes(service));
  const options = {
    word: word as Word,
    services: named.length > 0 ? named : word === "up" ? usualServices : services,
    brokers: count("--brokers", values.brokers),
    dataNodes: count("--data-nodes", values["data-nodes"]),
    deletes: values.delete === true,
  };
  for (const [option, value, service] of [
    ["--brokers", options.brokers, "kafka"],
    ["--data-nodes", options.dataNodes, "hdfs"],
  ] as const)
    if (value !== undefined && !options.services.includes(service))
      throw new CommandError(
        `${option} is for ${service}, which is not started.\nAdd ${service}, or leave it out.`,
        2,
      );
  return options;
}

function count(option: string, value: string | boolean | undefined): 1 | 3 | undefined {
  if (value === undefined) return undefined;
  if (value === "1" || value === "3") return Number(value) as 1 | 3;
  throw new CommandError(`${option} was given ${value === true ? "nothing" : value}.\nUse 1 or 3.`, 2);
}

function unknown(what: string, name: string, known: readonly string[]): CommandError {
  const close = closeNames(name, known);
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  return new CommandError(`sightline dev ${what} ${name}.\n${hint}sightline dev --help lists all.`, 2);
}
