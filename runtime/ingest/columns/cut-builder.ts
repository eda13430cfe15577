import { type CutFile, cutFiles, type RecordPlace } from "./cut-files.ts";
import { EventReader } from "./event-reader.ts";
import { EventTime } from "./event-time.ts";
import { pointerTo } from "./field.ts";
import { PartitionGroups } from "./partition-groups.ts";
import { RowLog } from "./row-log.ts";
import type { FieldSummary, TableSchema } from "./table-schema.ts";

/** What {@link CutBuilder} must know. */
export interface CutOptions {
  /** `source` (the feed's name), `date` (the day of `event_time`, UTC) and names of fields of the events. */
  readonly partitionBy: readonly string[];
  /** The value of the partition column `source`. */
  readonly source: string;
  /** Fields that may hold an event's time, the preferred one first; `a.b` is `b` within `a`. */
  readonly timeFields: readonly string[];
  /** How many fields a cut has at most; others go to `overflow`. Default 2000. */
  readonly maxColumns?: number;
}

/** Where times end that readers can show as nanoseconds; a producer may send any. Before 1970 there was no Kafka. */
const LAST_MS = 9_223_372_036_854;

/**
 * Turns JSON events of one Kafka partition into zstd Parquet files: events are read into typed columns as they come,
 * and written when the cut is finished. It holds no event, only values.
 *
 * @example
 * const builder = new CutBuilder({ partitionBy: ["source", "date"], source: "siem", timeFields: ["@timestamp"] });
 * builder.add(value, 0, value.length, { topic: "siem", partition: 0, offset: 42, timestampMs: Date.now() });
 * const schema = resolveSchema(current, builder.fields());
 * for (const { partition, bytes } of builder.finish(schema)) await write(partitionPath(partition), bytes);
 */
export class CutBuilder {
  readonly #options: CutOptions;
  #reader!: EventReader;
  #log!: RowLog;
  #groups!: PartitionGroups;
  #time!: EventTime;
  #place: RecordPlace | undefined;

  constructor(options: CutOptions) {
    this.#options = options;
    this.#begin();
  }

  #begin(): void {
    const { partitionBy, source, timeFields, maxColumns = 2000 } = this.#options;
    this.#reader = new EventReader(maxColumns, partitionBy);
    this.#log = new RowLog(this.#reader.meter);
    this.#groups = new PartitionGroups(partitionBy, source);
    this.#time = new EventTime(timeFields);
  }

  /**
   * Adds what a record's value holds: one JSON object, which is a row, or an array of them, a row each.
   * @throws JsonError when it holds anything else; nothing of the record stays then
   */
  add(bytes: Uint8Array, start: number, end: number, record: RecordPlace): void {
    const log = this.#log;
    const { count } = log;
    const reader = this.#reader;
    try {
      this.#place = record;
      reader.read(bytes, start, end, this.#onRow);
    } catch (error) {
      log.dropFrom(count);
      throw error;
    }
  }

  readonly #onRow = (): void => {
    const { tree, event, rowCount, partitionTexts } = this.#reader;
    const { offset, timestampMs } = this.#place!;
    const kafkaTime = Math.min(Math.max(timestampMs, 0), LAST_MS) * 1000;
    const time = this.#time.of(tree, event, rowCount, partitionTexts) ?? kafkaTime;
    this.#log.add(Number(offset), kafkaTime, time, this.#groups.numberOf(time, partitionTexts));
  };

  /** How many rows the cut has so far. */
  get rowCount(): number {
    return this.#log.count;
  }

  /** The memory that the cut takes: cut when it gets too much. Finishing it takes little more, a file's bytes. */
  get byteCount(): number {
    return this.#reader.meter.bytes;
  }

  /** What the cut has seen of each field, in the order of the events. Fields that only ever were null are left out. */
  fields(): FieldSummary[] {
    return this.#reader.tree.fields
      .map(({ path, kinds, isFractional, isInexact }) => ({
        field: pointerTo(path),
        kinds,
        isFractional,
        isInexact,
      }))
      .filter(({ kinds }) => kinds.length > 0);
  }

  /**
   * Writes the cut, one file for each of the table's partitions, and begins the next. A file has the columns that it
   * has values for; values that the schema has no column for go to `overflow`.
   * @param schema from `resolveSchema` with this cut's `fields()`, or a later version of it
   */
  finish(schema: TableSchema): CutFile[] {
    const files =
      this.rowCount === 0 ? [] : cutFiles(this.#reader, this.#log, this.#groups, this.#place!, schema);
    this.#begin();
    return files;
  }
}
