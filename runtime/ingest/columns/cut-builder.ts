import type { Data } from "apache-arrow";
import {
  arrowColumn,
  constantText,
  type FileRows,
  longs,
  type Selection,
  timestamps,
} from "./arrow-column.ts";
import { EventReader } from "./event-reader.ts";
import { EventTime } from "./event-time.ts";
import { pointerTo } from "./field.ts";
import { parquetBytes } from "./parquet-bytes.ts";
import { PartitionGroups } from "./partition-groups.ts";
import { RowLog } from "./row-log.ts";
import { groupRows, selectionsOf } from "./row-groups.ts";
import type { FieldSummary, TableColumn, TableSchema } from "./table-schema.ts";
import { jsonTextAt, typedValues } from "./typed-values.ts";
import { Meter, TextValues, type Values } from "./values.ts";

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

/** Where a record stands in Kafka. */
export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number | bigint;
  readonly timestampMs: number;
}

/** One Parquet file of a cut. */
export interface CutFile {
  /** The values of the partition columns, in their order. See `partitionPath`. */
  readonly partition: Record<string, string>;
  readonly rowCount: number;
  readonly bytes: Uint8Array;
}

/** What finishing takes for each value a row could have: its place in Arrow, and in polars. */
const BYTES_A_CELL = 12;

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
    this.#log = new RowLog();
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
      log.count = count;
      throw error;
    }
  }

  readonly #onRow = (): void => {
    const { tree, event, rowCount, partitionTexts } = this.#reader;
    const { offset, timestampMs } = this.#place!;
    const time = this.#time.of(tree, event, rowCount, partitionTexts) ?? timestampMs * 1000;
    this.#log.add(Number(offset), timestampMs, time, this.#groups.numberOf(time, partitionTexts));
  };

  /** How many rows the cut has so far. */
  get rowCount(): number {
    return this.#log.count;
  }

  /** The memory that the cut takes, with that for finishing it: cut when it gets too much. */
  get byteCount(): number {
    const { meter, tree } = this.#reader;
    return meter.bytes + this.#log.byteCount + BYTES_A_CELL * this.#log.count * (tree.fields.length + 4);
  }

  /** What the cut has seen of each field, in the order of the events. Fields that only ever were null are left out. */
  fields(): FieldSummary[] {
    return this.#reader.tree.fields
      .filter((field) => field.hasValues)
      .map(({ path, kinds, isFractional, isInexact }) => ({
        field: pointerTo(path),
        kinds: [...kinds],
        isFractional,
        isInexact,
      }));
  }

  /**
   * Writes the cut, one file for each of the table's partitions, and begins the next. A file has the columns that it
   * has values for; values that the schema has no column for go to `overflow`.
   * @param schema from `resolveSchema` with this cut's `fields()`, or a later version of it
   */
  finish(schema: TableSchema): CutFile[] {
    const log = this.#log;
    if (log.count === 0) {
      this.#begin();
      return [];
    }
    const values = this.#valuesByColumn(schema);
    const files = groupRows(log.groups, log.count);
    const selections = new Map<TableColumn, Selection[]>();
    for (const [column, each] of values) selections.set(column, selectionsOf(each, files));
    const result = files.map((file, index) => {
      const columns: [string, Data][] = [];
      for (const column of schema.columns) {
        const each = values.get(column);
        const data = each
          ? arrowColumn(each, selections.get(column)![index], file)
          : this.#ownColumn(column, file);
        if (data) columns.push([column.name, data]);
      }
      const bytes = parquetBytes(columns, file.count);
      return { partition: this.#groups.groups[file.group], rowCount: file.count, bytes };
    });
    this.#begin();
    return result;
  }

  /** The values that each column of the schema takes. What none takes goes to the overflow. */
  #valuesByColumn({ columns }: TableSchema): Map<TableColumn, Values> {
    const byField = Map.groupBy(columns, ({ field }) => field);
    const { tree, overflow } = this.#reader;
    const result = new Map<TableColumn, Values>();
    for (const field of tree.fields) {
      if (!field.hasValues) continue;
      const [column, sibling] = byField.get(pointerTo(field.path)) ?? [];
      const { main, rest } = typedValues(field, column?.type ?? "string");
      for (const [into, values] of [
        [column, main],
        [sibling, rest],
      ] as const) {
        if (!values) continue;
        if (into) result.set(into, values);
        else {
          for (let i = 0; i < values.count; i++) {
            overflow.add(values.rows[i], field.parent!, field.key, jsonTextAt(values, i));
          }
        }
      }
    }
    const texts = new TextValues(new Meter());
    for (const [row, text] of [...overflow.texts()].sort(([a], [b]) => a - b)) texts.addText(row, text);
    const [column] = byField.get("overflow") ?? [];
    if (column && texts.count > 0) result.set(column, texts);
    return result;
  }

  #ownColumn({ field }: TableColumn, { count, rows }: FileRows): Data | undefined {
    const { offsets, kafkaTimesMs, eventTimesUs } = this.#log;
    const { topic, partition } = this.#place!;
    const rowAt = rows ? (at: number) => rows[at] : (at: number) => at;
    switch (field) {
      case "kafka_topic":
        return constantText(topic, count);
      case "kafka_partition":
        return longs(count, () => partition);
      case "kafka_offset":
        return longs(count, (at) => offsets[rowAt(at)]);
      case "kafka_timestamp":
        return timestamps(count, (at) => kafkaTimesMs[rowAt(at)] * 1000);
      case "event_time":
        return timestamps(count, (at) => eventTimesUs[rowAt(at)]);
      default:
        return undefined;
    }
  }
}
