import type { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import type { Timestamp } from "../timestamp.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, asText, call, ifGiven, inOrder, isNamed, type Named } from "./arguments.ts";

/**
 * A timestamp without a zone, taken from one zone to another.
 * @param sourceTz a Column of the zone that it is in, `lit("Europe/Berlin")`; null for that of the session
 * @param targetTz a Column of the zone to take it to
 * @param sourceTs a column of timestamps without a zone, or its name
 * @example
 * df.select(convertTimezone(lit("UTC"), lit("Asia/Tokyo"), "time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.convert_timezone.html
 */
export function convertTimezone(
  sourceTz: ColumnOrName | null,
  targetTz: ColumnOrName,
  sourceTs: ColumnOrName,
): Column<string, Timestamp | null> {
  if (arguments.length > 3) refuseSurplus("convertTimezone", 3, arguments);
  return call("convert_timezone", [
    ifGiven(asColumn, "convertTimezone.sourceTz", sourceTz),
    asColumn("convertTimezone.targetTz", targetTz),
    asColumn("convertTimezone.sourceTs", sourceTs),
  ]);
}

/**
 * Seconds since 1970-01-01T00:00:00Z of a timestamp, or of text in a pattern of Java; without arguments, of now.
 * @param timestamp a column or its name
 * @param format how text is written; default: "yyyy-MM-dd HH:mm:ss"
 * @example
 * df.select(unixTimestamp("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.unix_timestamp.html
 */
export function unixTimestamp(
  timestamp?: ColumnOrName | null | Named<{ timestamp: ColumnOrName; format: string }>,
  format: Column | string = "yyyy-MM-dd HH:mm:ss",
): Column<string, number | bigint | null> {
  if (arguments.length > 2) refuseSurplus("unixTimestamp", 2, arguments);
  if (isNamed(timestamp)) {
    return unixTimestamp(...inOrder("unixTimestamp", timestamp, ["timestamp", "format"]));
  }
  if (timestamp === undefined || timestamp === null) return call("unix_timestamp", []);
  return call("unix_timestamp", [
    asColumn("unixTimestamp.timestamp", timestamp),
    asText("unixTimestamp.format", format),
  ]);
}
