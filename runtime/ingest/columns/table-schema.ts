// The columns of a table and their types, which never change: the one rule by which all writers of a table agree.
import { columnName, TakenNames } from "./column-name.ts";
import type { Kind } from "./field.ts";
import { pathOf } from "./field.ts";

/** A column's type, in Spark's words but for `long`, which Spark prints as bigint. Timestamps are in µs, UTC. */
export type ColumnType = "long" | "double" | "boolean" | "string" | "timestamp";

/** A column of the files. */
export interface TableColumn {
  readonly name: string;
  /**
   * Where its values come from: a JSON pointer into the events, `/a/b`; or the name of one that isn't from the events.
   * The second column of a field is its sibling, `name__string`, for values that don't fit the first.
   */
  readonly field: string;
  readonly type: ColumnType;
}

/** All columns of a table, as plain data. Versions only add columns. */
export interface TableSchema {
  readonly version: number;
  readonly columns: readonly TableColumn[];
}

/** What a cut saw of a field, as plain data. */
export interface FieldSummary {
  /** A JSON pointer. */
  readonly field: string;
  /** In the order in which they were first seen. */
  readonly kinds: readonly Kind[];
  /** Whether one of its doubles isn't a whole number that a long holds. */
  readonly isFractional: boolean;
  /** Whether one of its longs isn't exact as a double. */
  readonly isInexact: boolean;
}

/** What a table's schema must know beside the fields. */
export interface SchemaOptions {
  /** Columns that are folders: no column of the files is called so. Default `["source", "date"]`. */
  readonly partitionBy?: readonly string[];
  /** How many columns the files have at most. Default 2000. Fields beyond go to `overflow`. */
  readonly maxColumns?: number;
}

/** The columns that every table has, whatever its events hold. */
export const ownColumns: readonly TableColumn[] = [
  { name: "kafka_topic", field: "kafka_topic", type: "string" },
  { name: "kafka_partition", field: "kafka_partition", type: "long" },
  { name: "kafka_offset", field: "kafka_offset", type: "long" },
  { name: "kafka_timestamp", field: "kafka_timestamp", type: "timestamp" },
  { name: "event_time", field: "event_time", type: "timestamp" },
  { name: "overflow", field: "overflow", type: "string" },
];

/**
 * The schema with a column for each field that has none: the same object if none is missing, else the next version.
 *
 * A new column's type is what was seen first: `long`, or `double` if any of the numbers was written with a fraction or
 * an exponent; `boolean`; `string`, which texts, arrays (as JSON) and numbers beyond 64 bits are. A `string` column takes
 * every value, as its JSON. The others take what they hold exactly (a `long` also 3.0, a `double` also 3); all else goes to a
 * sibling of type `string`, which is added when first needed.
 *
 * A field whose name another column has, in any case, gets a number: `Service_2`. A field that has its name to itself
 * keeps it.
 */
export function resolveSchema(
  current: TableSchema,
  seen: readonly FieldSummary[],
  options: SchemaOptions = {},
): TableSchema {
  const { partitionBy = ["source", "date"], maxColumns = 2000 } = options;
  const columns = current.columns.length > 0 ? [...current.columns] : [...ownColumns];
  const known = columns.length;
  const names = new TakenNames([...partitionBy, ...columns.map(({ name }) => name)]);
  const byField = Map.groupBy(columns, ({ field }) => field);
  const isNew = ({ field, kinds }: FieldSummary) => kinds.length > 0 && !byField.has(field);

  const add = (name: string, field: string, type: ColumnType): void => {
    if (columns.length >= maxColumns + ownColumns.length) return;
    const column = { name: names.take(name), field, type };
    columns.push(column);
    byField.set(field, [...(byField.get(field) ?? []), column]);
  };
  // Fields that are called just so come first: a number that makes another one's name free must not take theirs.
  const news = seen.filter(isNew).map((summary) => ({ summary, name: columnName(pathOf(summary.field)) }));
  const clashing: typeof news = [];
  for (const each of news) {
    if (names.has(each.name)) clashing.push(each);
    else add(each.name, each.summary.field, firstType(each.summary));
  }
  for (const { summary, name } of clashing) add(name, summary.field, firstType(summary));
  for (const summary of seen) {
    const [main, sibling] = byField.get(summary.field) ?? [];
    if (main && !sibling && hasMisfits(main.type, summary))
      add(`${main.name}__string`, summary.field, "string");
  }
  if (columns.length === known && current.columns.length > 0) return current;
  return { version: current.version + 1, columns };
}

function firstType({ kinds }: FieldSummary): ColumnType {
  const [first] = kinds;
  return first === "long" && kinds.includes("double") ? "double" : first;
}

function hasMisfits(type: ColumnType, { kinds, isFractional, isInexact }: FieldSummary): boolean {
  return kinds.some((kind) => {
    if (kind === type || type === "string") return false;
    if (type === "long" && kind === "double") return isFractional;
    if (type === "double" && kind === "long") return isInexact;
    return true;
  });
}
