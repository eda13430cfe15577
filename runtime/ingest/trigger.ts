import { IngestError } from "./ingest-error.ts";

/**
 * When records are written: `processingTime` is the longest that one waits in memory, `"10 seconds"` unless said
 * otherwise; `availableNow` takes what Kafka holds now, commits it and ends. Large cuts are written sooner.
 * @see https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#triggers
 */
export interface Trigger {
  readonly processingTime?: string;
  readonly availableNow?: boolean;
}

const DEFAULT_MS = 10_000;
const UNITS: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

/** @returns milliseconds */
export function processingTimeMs({ processingTime }: Trigger): number {
  if (processingTime === undefined) return DEFAULT_MS;
  const match = /^(?:interval\s+)?(\d+(?:\.\d+)?)\s*(millisecond|second|minute|hour)s?$/i.exec(
    String(processingTime).trim(),
  );
  if (!match) {
    throw new IngestError(
      `The trigger's processingTime ${JSON.stringify(processingTime)} is no length of time.`,
      'Write it as Spark does: { processingTime: "10 seconds" }',
    );
  }
  return Number(match[1]) * UNITS[match[2].toLowerCase()];
}
