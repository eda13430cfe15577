// Timestamps from their parts.
import { PlanError } from "../../connect/plan-error.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import type { Timestamp } from "../timestamp.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, call, isNamed } from "./arguments.ts";

/** The parts of a timestamp by name: all six from `years` to `secs`, or `date` and `time`. */
export interface TimestampParts {
  readonly years?: ColumnOrName;
  readonly months?: ColumnOrName;
  readonly days?: ColumnOrName;
  readonly hours?: ColumnOrName;
  readonly mins?: ColumnOrName;
  /** Seconds with a fraction to the microsecond. */
  readonly secs?: ColumnOrName;
  /** A zone, such as "Europe/Berlin"; without it that of the session. */
  readonly timezone?: ColumnOrName;
  readonly date?: ColumnOrName;
  readonly time?: ColumnOrName;
}

/**
 * A timestamp from its parts, of the session's type of timestamps. An error for parts that make none, unless ANSI mode is off.
 * The parts come one after another, or by name in one object, which also takes `date` and `time`.
 * @param years a column or its name, as all parts are
 * @param secs seconds with a fraction
 * @param timezone the zone that the parts are in; default: that of the session
 * @throws PlanError for a date beside years, or a part that is missing
 * @example
 * df.select(makeTimestamp("y", "mo", "d", "h", "mi", "s"), makeTimestamp({ date: "day", time: "clock" })).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.make_timestamp.html
 */
export function makeTimestamp(
  years: ColumnOrName | TimestampParts,
  months?: ColumnOrName | null,
  days?: ColumnOrName | null,
  hours?: ColumnOrName | null,
  mins?: ColumnOrName | null,
  secs?: ColumnOrName | null,
  timezone?: ColumnOrName | null,
): Column<string, Timestamp | null> {
  if (arguments.length > 7) refuseSurplus("makeTimestamp", 7, arguments);
  const parts: Given = isNamed(years) ? years : { years, months, days, hours, mins, secs, timezone };
  return call("make_timestamp", argumentsOf("makeTimestamp", parts, true));
}

/**
 * A timestamp without a zone from its parts. An error for parts that make none, unless ANSI mode is off.
 * The parts come one after another, or by name in one object, which also takes `date` and `time`.
 * @param years a column or its name, as all parts are
 * @param secs seconds with a fraction
 * @throws PlanError for a date beside years, or a part that is missing
 * @example
 * df.select(makeTimestampNtz("y", "mo", "d", "h", "mi", "s"), makeTimestampNtz({ date: "day", time: "clock" })).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.make_timestamp_ntz.html
 */
export function makeTimestampNtz(
  years: ColumnOrName | TimestampParts,
  months?: ColumnOrName | null,
  days?: ColumnOrName | null,
  hours?: ColumnOrName | null,
  mins?: ColumnOrName | null,
  secs?: ColumnOrName | null,
): Column<string, Timestamp | null> {
  if (arguments.length > 6) refuseSurplus("makeTimestampNtz", 6, arguments);
  const parts: Given = isNamed(years) ? years : { years, months, days, hours, mins, secs };
  return call("make_timestamp_ntz", argumentsOf("makeTimestampNtz", parts, false));
}

/**
 * A timestamp from its parts, of the session's type of timestamps. Null for parts that make none.
 * The parts come one after another, or by name in one object, which also takes `date` and `time`.
 * @param years a column or its name, as all parts are
 * @param secs seconds with a fraction
 * @param timezone the zone that the parts are in; default: that of the session
 * @throws PlanError for a date beside years, or a part that is missing
 * @example
 * df.select(tryMakeTimestamp("y", "mo", "d", "h", "mi", "s"), tryMakeTimestamp({ date: "day", time: "clock" })).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.try_make_timestamp.html
 */
export function tryMakeTimestamp(
  years: ColumnOrName | TimestampParts,
  months?: ColumnOrName | null,
  days?: ColumnOrName | null,
  hours?: ColumnOrName | null,
  mins?: ColumnOrName | null,
  secs?: ColumnOrName | null,
  timezone?: ColumnOrName | null,
): Column<string, Timestamp | null> {
  if (arguments.length > 7) refuseSurplus("tryMakeTimestamp", 7, arguments);
  const parts: Given = isNamed(years) ? years : { years, months, days, hours, mins, secs, timezone };
  return call("try_make_timestamp", argumentsOf("tryMakeTimestamp", parts, true));
}

/**
 * A timestamp without a zone from its parts. Null for parts that make none.
 * The parts come one after another, or by name in one object, which also takes `date` and `time`.
 * @param years a column or its name, as all parts are
 * @param secs seconds with a fraction
 * @throws PlanError for a date beside years, or a part that is missing
 * @example
 * df.select(tryMakeTimestampNtz("y", "mo", "d", "h", "mi", "s"), tryMakeTimestampNtz({ date: "day", time: "clock" })).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.try_make_timestamp_ntz.html
 */
export function tryMakeTimestampNtz(
  years: ColumnOrName | TimestampParts,
  months?: ColumnOrName | null,
  days?: ColumnOrName | null,
  hours?: ColumnOrName | null,
  mins?: ColumnOrName | null,
  secs?: ColumnOrName | null,
): Column<string, Timestamp | null> {
  if (arguments.length > 6) refuseSurplus("tryMakeTimestampNtz", 6, arguments);
  const parts: Given = isNamed(years) ? years : { years, months, days, hours, mins, secs };
  return call("try_make_timestamp_ntz", argumentsOf("tryMakeTimestampNtz", parts, false));
}

type Given = { readonly [Part in keyof TimestampParts]: ColumnOrName | TimestampParts | null | undefined };

const units = ["years", "months", "days", "hours", "mins", "secs"] as const;
const halves = ["date", "time"] as const;

function argumentsOf(name: string, parts: Given, hasZone: boolean): Expression[] {
  const allowed: readonly string[] = [...units, ...halves, ...(hasZone ? ["timezone"] : [])];
  const stranger = Object.keys(parts).find((key) => !allowed.includes(key));
  if (stranger !== undefined) {
    throw new PlanError(
      `${name} has no argument \`${stranger}\`.`,
      `Those there are: ${allowed.join(", ")}.`,
    );
  }
  const isGiven = (part: keyof TimestampParts) => parts[part] !== undefined && parts[part] !== null;
  if (units.some(isGiven) && halves.some(isGiven)) {
    throw new PlanError(
      `${name} takes years to secs, or date and time, not some of both.`,
      `Pass ${name}({ date: "day", time: "clock" }), or the six parts.`,
    );
  }
  const needed = halves.some(isGiven) ? halves : units;
  const zone = hasZone && isGiven("timezone") ? (["timezone"] as const) : [];
  return [...needed, ...zone].map((part) => asColumn(`${name}.${part}`, parts[part] as ColumnOrName));
}
