import { checkOptions } from "./check-options.ts";
import { closeNames } from "../text/close-names.ts";
import type { Event } from "./feeds/event.ts";
import type { FeedSpec } from "./feeds/feed-spec.ts";
import { IngestError } from "./ingest-error.ts";
import { IngestJob } from "./ingest-job.ts";
import type { KafkaSource } from "./source/kafka.ts";
import type { ParquetTarget } from "./table/parquet.ts";
import { processingTimeMs, type Trigger } from "./trigger.ts";

/** A function of the user's that makes events of a record's value; what it throws makes the record a dead letter. */
export type ParseFunction = (value: Buffer) => Event | readonly Event[];

/** From where to where, and how, an ingest runs: see {@link ingest}. */
export interface IngestOptions {
  /** Where records come from: `kafka({ … })`. */
  readonly from: KafkaSource;
  /** What the records of each topic are: a feed, or a function. */
  readonly parse: Readonly<Record<string, FeedSpec | ParseFunction>>;
  /** Where rows go: `parquet(url, { … })`. */
  readonly to: ParquetTarget;
  /** When rows are written. Default `{ processingTime: "10 seconds" }`. */
  readonly trigger?: Trigger;
}

/**
 * Brings the records of Kafka topics into a table of Parquet files, each record exactly once: records that could not be
 * parsed go to a file of dead letters, and a job that died, anywhere, goes on where its last commit ends. Starts at
 * once and runs until it is stopped; a notebook cell doesn't wait for it.
 * @returns the running job: `job.progress`, `await job.stop()`, `await job.finished`
 * @throws IngestError when an option is missing or makes no sense. What turns up later, a broker that isn't there for
 * example, rejects `job.finished`.
 * @example
 * const job = ingest({
 *   from: kafka({ brokers: "127.0.0.1:9092", topics: ["siem"], groupId: "lake" }),
 *   parse: { siem: feeds.json() },
 *   to: parquet("hdfs://127.0.0.1:9000/lake", { partitionBy: ["source", "date"] }),
 * });
 * job.progress.rows;
 * await job.stop();
 * spark.read.option("mergeSchema", "true").parquet("hdfs://127.0.0.1:9000/lake").count();
 */
export function ingest(options: IngestOptions): IngestJob {
  const { from, parse, to, trigger = {} } = checked(options);
  return new IngestJob({
    source: from,
    parse,
    target: to,
    processingTimeMs: processingTimeMs(trigger),
    isAvailableNow: trigger.availableNow === true,
  });
}

function checked(options: IngestOptions): IngestOptions {
  checkOptions("ingest()", options ?? {}, ["from", "parse", "to", "trigger"]);
  const { from, parse, to } = options ?? {};
  if (from?.kind !== "kafka") {
    throw new IngestError("ingest() was given no source.", "Pass from: kafka({ brokers, topics, groupId }).");
  }
  if (to?.kind !== "parquet") {
    throw new IngestError("ingest() was given no target.", 'Pass to: parquet("hdfs://127.0.0.1:9000/lake").');
  }
  const named = Object.keys(parse ?? {});
  for (const topic of from.topics) {
    if (!Object.hasOwn(parse ?? {}, topic)) {
      const close = closeNames(topic, named);
      throw new IngestError(
        `ingest() doesn't know how to parse the topic ${topic}.`,
        close.length > 0
          ? `parse has ${close.join(" and ")}: is it that? Else add ${JSON.stringify(topic)}: feeds.json().`
          : `Add it to parse: { ${JSON.stringify(topic)}: feeds.json() }.`,
      );
    }
    const feed = parse[topic];
    if (typeof feed !== "function" && typeof feed?.feed !== "string") {
      throw new IngestError(
        `ingest() can't parse the topic ${topic} with ${JSON.stringify(feed)}.`,
        "Give a feed, such as feeds.json(), or a function from a Buffer to an event.",
      );
    }
  }
  const unread = named.filter((topic) => !from.topics.includes(topic));
  if (unread.length > 0) {
    throw new IngestError(
      `parse names ${unread.join(", ")}, which kafka() doesn't read.`,
      `Add to topics: [${[...from.topics, ...unread].map((topic) => JSON.stringify(topic)).join(", ")}].`,
    );
  }
  return options;
}
