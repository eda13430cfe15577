// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "has no function session_window": [
      '.groupBy(F.sessionWindow("t", "5 minutes")).count()',
      '.agg(F.min("n").alias("n"))',
    ],
    "has no function time_bucket": [
      '.select(F.timeBucket(F.expr("INTERVAL \'15\' MINUTE"), "t"))',
      '.select(F.timeBucket(F.expr("INTERVAL \'1\' DAY"), "t", F.lit("2024-01-01 06:00:00").cast("timestamp")))',
    ],
    "has no function time_from_micros": [
      '.select(F.timeFromMicros(F.length("s")).cast("string").alias("r"))',
    ],
    "has no function time_from_millis": [
      '.select(F.timeFromMillis(F.length("s")).cast("string").alias("r"))',
    ],
    "has no function time_from_seconds": [
      '.select(F.timeFromSeconds(F.length("s")).cast("string").alias("r"))',
    ],
    "has no function time_to_micros": ['.select(F.timeToMicros(F.toTime("s")))'],
    "has no function time_to_millis": ['.select(F.timeToMillis(F.toTime("s")))'],
    "has no function time_to_seconds": ['.select(F.timeToSeconds(F.toTime("s")))'],
    "has no function try_make_interval": [
      '.select(F.tryMakeInterval("y", "mo").cast("string").alias("r"))',
      '.select(F.tryMakeInterval(F.lit(2147483647)).cast("string").alias("r"))',
    ],
    "names the column otherwise": [
      '.select(F.makeTimestampNtz({ "date": F.makeDate("y", "mo", "d"), "time": F.makeTime("h", "mi", "s") }), F.tryMakeTimestampNtz({ "date": F.makeDate("y", "mo", "d"), "time": F.makeTime("h", "mi", "s") }))',
    ],
    "refuses these arguments": ['.select(F.dateTrunc("nonsense", "t"))'],
    "refuses years far from now": [
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.dateTrunc("hour", "t"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.dateTrunc("quarter", "t"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.dateTrunc("week", "t"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.monthsBetween("t", F.lit("2024-01-31").cast("timestamp")).alias("r"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.monthsBetween("t", F.lit("2024-01-31").cast("timestamp"), false).alias("r"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.trunc("d", "month"))',
      'df([[date("1969-12-31"), ts("1969-12-31T23:59:59.999999Z"), ntz("1969-12-31T23:59:59"), "1969-12-31 23:59:59", -1], [null, null, null, null, null], [date("0001-06-15"), ts("0001-06-15T00:00:00Z"), ntz("0001-06-15T00:00:00"), "0001-06-15 00:00:00", 0], [date("9999-11-30"), ts("9999-11-30T23:59:59Z"), ntz("9999-11-30T23:59:59"), "9999-11-30 00:00:00", 0], [date("2023-01-31"), ts("2023-03-26T01:30:00Z"), ntz("2023-03-26T02:30:00"), "2023-03-26 02:30:00", 1]], "d date, t timestamp, z timestamp_ntz, s string, n int").select(F.trunc("d", "YEAR"))',
    ],
    "takes fewer arguments": [
      '.select(F.currentTime().isNotNull(), F.currentTime(3).isNotNull(), F.currentTime({ "precision": 0 }).isNull())',
    ],
  },
  otherErrors: [],
};
