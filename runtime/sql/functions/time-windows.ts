// Windows of time, for groupBy.
import type { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, asText, call, ifGiven, inOrder, isNamed, type Named, refuse } from "./arguments.ts";

/**
 * The window of time that a timestamp falls into, a struct of `start` (inclusive) and `end` (exclusive). With a slide
 * shorter than the window, a row falls into several.
 * @param timeColumn a column of timestamps, or its name
 * @param windowDuration its length: "10 minutes", "1 day"; not months
 * @param slideDuration from one window's start to the next; default: the length
 * @param startTime how far the windows' starts lie after 1970-01-01T00:00:00Z: "15 minutes"
 * @throws PlanError for durations that are no text
 * @example
 * df.groupBy(window("time", "10 minutes")).count().show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.window.html
 */
export function window(
  timeColumn: ColumnOrName,
  windowDuration: string,
  slideDuration?: string | null | Named<{ slideDuration: string; startTime: string }>,
  startTime?: string | null,
): Column<"window"> {
  if (arguments.length > 4) refuseSurplus("window", 4, arguments);
  if (isNamed(slideDuration)) {
    const rest = inOrder("window", slideDuration, ["slideDuration", "startTime"]);
    return window(timeColumn, windowDuration, ...rest);
  }
  const slide = startTime ? (slideDuration ?? windowDuration) : slideDuration;
  return call("window", [
    asColumn("window.timeColumn", timeColumn),
    duration("window.windowDuration", windowDuration),
    ifGiven(duration, "window.slideDuration", slide),
    ifGiven(duration, "window.startTime", startTime),
  ]);
}

/**
 * The session that a timestamp falls into, a struct of `start` and `end`: rows belong together until nothing comes for
 * the length of the gap.
 * @param timeColumn a column of timestamps, or its name
 * @param gapDuration "5 minutes", or a Column where it depends on the row
 * @example
 * df.groupBy("user", sessionWindow("time", "5 minutes")).count().show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.session_window.html
 */
export function sessionWindow(
  timeColumn: ColumnOrName,
  gapDuration: Column | string,
): Column<"session_window"> {
  if (arguments.length > 2) refuseSurplus("sessionWindow", 2, arguments);
  return call("session_window", [
    asColumn("sessionWindow.timeColumn", timeColumn),
    asText("sessionWindow.gapDuration", gapDuration),
  ]);
}

function duration(place: string, value: string) {
  if (typeof value !== "string") refuse(place, value, "a duration as text", 'Pass one: "10 minutes".');
  return asText(place, value);
}
