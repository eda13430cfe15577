import { CutBuilder } from "../columns/index.ts";
import type { FieldSummary, TableSchema } from "../columns/index.ts";
import { timeFields } from "../feeds/event-time.ts";
import { parseFeed } from "../feeds/parse-feed.ts";
import type { ParsedRecords } from "../parse-records.ts";
import { type RecordBatch, spans } from "../source/record-batch.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { FinishedCut, OpenPartition } from "./messages.ts";

/** The records of one partition since its last cut, as columns, and those that could not be parsed. */
export class OpenCut {
  readonly number: number;
  readonly #options: OpenPartition;
  readonly #builder: CutBuilder;
  readonly #deadLetters: DeadLetters;

  /** @param number how many cuts the partition had before it */
  constructor(options: OpenPartition, number = 0) {
    this.number = number;
    const { topic, partition, feed, partitionBy, maxColumns } = options;
    this.#options = options;
    this.#builder = new CutBuilder({
      partitionBy,
      source: topic,
      timeFields: feed ? timeFields(feed) : timeFields({ feed: "json", options: {} }),
      maxColumns,
    });
    this.#deadLetters = new DeadLetters({ topic, partition });
  }

  /** An empty one for the records that come after. */
  next(): OpenCut {
    return new OpenCut(this.#options, this.number + 1);
  }

  get rows(): number {
    return this.#builder.rowCount;
  }

  get heldBytes(): number {
    return this.#builder.byteCount + this.#deadLetters.byteCount;
  }

  /** Adds records; one that can't be parsed becomes a dead letter, and the others go on. */
  add(batch: RecordBatch, parsed?: ParsedRecords): void {
    const { topic, partition, feed } = this.#options;
    const parse = feed && parseFeed(feed);
    const events = parsed && [...spans(parsed.events)];
    for (const { index, key, value } of spans(batch)) {
      // A null value is Kafka's mark that a key was deleted: there is no event in it.
      if (!value) continue;
      const record = {
        topic,
        partition,
        offset: batch.offsets[index],
        timestampMs: batch.timestamps[index],
      };
      try {
        const refusal = parsed?.refused.get(index);
        if (refusal !== undefined) throw new Error(refusal);
        if (parse) {
          const json = Buffer.from(JSON.stringify(parse(batch.bytes.subarray(...value))));
          this.#builder.add(json, 0, json.length, record);
        } else if (events) this.#builder.add(parsed.events.bytes, ...events[index].value!, record);
        else this.#builder.add(batch.bytes, value[0], value[1], record);
      } catch (error) {
        this.#deadLetters.add(
          record,
          error,
          key && batch.bytes.subarray(...key),
          batch.bytes.subarray(...value),
        );
      }
    }
  }

  fields(): readonly FieldSummary[] {
    return this.#builder.fields();
  }

  /** Encodes the cut; it is empty then. */
  finish(schema: TableSchema): FinishedCut {
    const files = this.#builder.rowCount > 0 ? this.#builder.finish(schema) : [];
    const { count } = this.#deadLetters;
    return { files, ...(count > 0 ? { deadLetters: { count, bytes: this.#deadLetters.encode() } } : {}) };
  }
}
