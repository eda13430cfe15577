// Functions that the generator leaves to files of their own, and what it is told of others.

/** Written by hand, by file in runtime/sql/functions/. */
export const byHand: Readonly<Record<string, readonly string[]>> = {
  "columns.ts": ["col", "column", "expr", "call_function", "call_udf", "broadcast"],
  "lit.ts": ["lit"],
  "sort.ts": ["asc", "asc_nulls_first", "asc_nulls_last", "desc", "desc_nulls_first", "desc_nulls_last"],
  "when.ts": ["when"],
  "count.ts": ["count"],
  "log.ts": ["log"],
  "sha2.ts": ["sha2"],
  "time-windows.ts": ["window", "session_window"],
  "time-zones.ts": ["convert_timezone", "unix_timestamp"],
  "make-timestamp.ts": [
    "make_timestamp",
    "make_timestamp_ntz",
    "try_make_timestamp",
    "try_make_timestamp_ntz",
  ],
  "deprecated.ts": [
    "approxCountDistinct",
    "bitwiseNOT",
    "countDistinct",
    "shiftLeft",
    "shiftRight",
    "shiftRightUnsigned",
    "sumDistinct",
    "toDegrees",
    "toRadians",
  ],
};

/** Functions whose code travels, and their classes: runtime/udf, not here. */
export const elsewhere: readonly string[] = ["udf", "udtf", "pandas_udf", "arrow_udf", "arrow_udtf"];

/** Groups of functions that pyspark's list leaves out. */
export const groups: Readonly<Record<string, string>> = {
  chr: "String Functions",
  random: "Mathematical Functions",
  uuid: "Misc Functions",
};

/** Lines at the start of a function's body: what pyspark too refuses before it sends. */
export const guards: Readonly<Record<string, string>> = {
  greatest: `atLeast("greatest", 2, cols);`,
  least: `atLeast("least", 2, cols);`,
  json_tuple: `atLeast("jsonTuple", 1, fields);`,
};
