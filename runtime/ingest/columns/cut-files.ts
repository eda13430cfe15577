// A cut's values to its Parquet files.
import type { ParquetColumn } from "../parquet/parquet-column.ts";
import { parquetFile } from "../parquet/parquet-file.ts";
import type { EventReader } from "./event-reader.ts";
import { pointerTo } from "./field.ts";
import { fileColumn } from "./file-column.ts";
import type { PartitionGroups } from "./partition-groups.ts";
import { groupRows, selectionsOf } from "./row-groups.ts";
import type { RowLog } from "./row-log.ts";
import type { TableColumn, TableSchema } from "./table-schema.ts";
import { jsonTextAt, typedValues } from "./typed-values.ts";
import { Meter, TextValues, type Values } from "./values.ts";

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
  readonly partition: Readonly<Record<string, string>>;
  readonly rowCount: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One file for each table partition that the rows belong to, in the order of their first rows. */
export function cutFiles(
  reader: EventReader,
  log: RowLog,
  { groups }: PartitionGroups,
  place: RecordPlace,
  schema: TableSchema,
): CutFile[] {
  const files = groupRows(log.groups, log.count);
  const values = valuesByColumn(reader, schema);
  const own: Record<string, Values | string | number> = {
    kafka_topic: place.topic,
    kafka_partition: place.partition,
    kafka_offset: log.offsets,
    kafka_timestamp: log.kafkaTimesUs,
    event_time: log.eventTimesUs,
  };
  const sources = schema.columns.flatMap((column) => {
    const source = Object.hasOwn(own, column.field) ? own[column.field] : values.get(column);
    if (source === undefined) return [];
    const selections = typeof source === "object" ? selectionsOf(source, files) : undefined;
    return [{ column, source, selections }];
  });
  return files.map((file, index) => {
    const columns = sources.flatMap(({ column: { name, type }, source, selections }): ParquetColumn | [] => {
      if (typeof source === "object") return fileColumn(name, type, source, selections![index], file) ?? [];
      return { name, type, count: file.count, rows: undefined, data: { kind: "constant", value: source } };
    });
    return { partition: groups[file.group], rowCount: file.count, bytes: parquetFile(columns, file.count) };
  });
}

/** The values that each column of the schema takes. What none takes goes to the overflow. */
function valuesByColumn({ tree, overflow }: EventReader, { columns }: TableSchema): Map<TableColumn, Values> {
  const byField = Map.groupBy(columns, ({ field }) => field);
  const result = new Map<TableColumn, Values>();
  for (const field of tree.fields) {
    const [column, sibling] = byField.get(pointerTo(field.path)) ?? [];
    const { main, rest } = typedValues(field, column?.type ?? "string");
    for (const [into, values] of [
      [column, main],
      [sibling, rest],
    ] as const) {
      if (into && values) result.set(into, values);
      else if (values) {
        for (let i = 0; i < values.count; i++) {
          overflow.add(values.rowAt(i), field.parent!, field.key, jsonTextAt(values, i));
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
