import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, root } from "../command.ts";

/** What an ingest in a process of its own is to do. */
export interface IngestConfig {
  readonly brokers: readonly string[];
  /** A feed for each topic, as it is written in a config: `{ siem: "feeds.json()" }`. */
  readonly parse: Readonly<Record<string, string>>;
  readonly url: string;
  readonly webhdfs?: string;
  readonly partitionBy?: readonly string[];
  readonly groupId?: string;
  readonly sessionTimeoutMs?: number;
  readonly processingTime?: string;
}

/** Writes the config that `sightline ingest` takes, and gives its path. */
export function writeIngestConfig(folder: string, config: IngestConfig, name = "ingest-config.ts"): string {
  const { brokers, parse, url, groupId = "lake", sessionTimeoutMs = 6000 } = config;
  const { webhdfs, partitionBy, processingTime = "1 second" } = config;
  const file = join(folder, name);
  const topics = Object.keys(parse);
  writeFileSync(
    file,
    `import { feeds, kafka, parquet } from ${JSON.stringify(join(root, "runtime/index.ts"))};
export default {
  from: kafka(${JSON.stringify({ brokers, topics, groupId, sessionTimeoutMs })}),
  parse: { ${topics.map((topic) => `${JSON.stringify(topic)}: ${parse[topic]}`).join(", ")} },
  to: parquet(${JSON.stringify(url)}, ${JSON.stringify({ webhdfs, partitionBy })}),
  trigger: { processingTime: ${JSON.stringify(processingTime)} },
};
`,
  );
  return file;
}

/** Starts `sightline ingest` as a person does. */
export function startIngest(config: string, options: readonly string[] = []): Command {
  return new Command([process.execPath, "cli/sightline.mjs", "ingest", config, ...options]);
}
