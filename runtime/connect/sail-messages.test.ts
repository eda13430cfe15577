import { expect, test } from "vitest";
import { translateSailMessage } from "./sail-messages.ts";

test.each([
  [
    'ambiguous attribute: ObjectName([Identifier("Host")])',
    "AMBIGUOUS_REFERENCE",
    "`Host`",
    "spark.sql.caseSensitive",
  ],
  ["invalid argument: expected one statement", "PARSE_SYNTAX_ERROR", "one statement", "a call of its own"],
  ["Json error: Not valid JSON: EOF at line 1", "MALFORMED_RECORD", "EOF at line 1", "skip bad ones"],
  ["Csv error: incorrect number of fields for line 2", "MALFORMED_RECORD", "for line 2", "sc.textFile"],
  [
    "Parquet error: Invalid Parquet file. Corrupt footer",
    "FAILED_READ_FILE",
    "Corrupt footer",
    "spark.read.text()",
  ],
  ["glob pattern is not allowed in the output URL: /a/x?y/", "INVALID_PATH", "/a/x?y/", "another name"],
  [
    'Permission denied: user=bob, access=READ_EXECUTE, inode="/lake/siem":alice:supergroup:drwx------',
    "FAILED_READ_FILE",
    "HDFS doesn't let bob read /lake/siem",
    "hdfs dfs -chmod o+rx '/lake/siem', or start with HADOOP_USER_NAME",
  ],
  [
    'Permission denied: user=bob, access=WRITE, inode="/lake":alice:supergroup:drwxr-xr-x',
    "FAILED_TO_WRITE",
    "HDFS doesn't let bob write to /lake",
    "hdfs dfs -chown bob '/lake'",
  ],
  ["Permission denied (os error 13)", "FAILED_TO_WRITE", "Permission denied", "that you may change"],
  ["Connection refused (os error 111)", "FAILED_READ_FILE", "nothing answers", "fs.defaultFS"],
  ["Placeholder ':a' was not provided a value for execution.", "UNBOUND_SQL_PARAMETER", ":a", "{ a: … }"],
  ["No value found for placeholder with name :h", "UNBOUND_SQL_PARAMETER", ":h", "{ h: … }"],
  [
    "invalid argument: Found the unbound parameter: _1. Please, fix `args`",
    "UNBOUND_SQL_PARAMETER",
    "the ? at place 2",
    "a list",
  ],
  [
    "UNION queries have different number of columns: left has 2 columns whereas right has 1 columns",
    "NUM_COLUMNS_MISMATCH",
    "one side has 2 columns, the other 1",
    "unionByName(b, { allowMissingColumns: true })",
  ],
  [
    "invalid argument: number of column names (1) does not match number of columns (2)",
    "ASSIGNMENT_ARITY_MISMATCH",
    "1 names for 2 columns",
    "df.columns()",
  ],
  ["Cannot find column nope", "UNRESOLVED_COLUMN", "`nope`", "df.printSchema()"],
  [
    "invalid argument: configuration not found: a.b",
    "SQL_CONF_NOT_FOUND",
    "a.b",
    'spark.conf.get("a.b", "none")',
  ],
  [
    "Spark `regexp_extract` function: Invalid regex pattern",
    "INVALID_PARAMETER_VALUE.PATTERN",
    "regexp_extract",
    "Close its brackets",
  ],
  [
    "invalid argument: found integr at 0:6 expected something else, or data type",
    "PARSE_SYNTAX_ERROR",
    '"integr"',
    "Expected there: data type",
  ],
  ["No data source found for: xml", "UNSUPPORTED_FEATURE", "the format xml", "SPARK_REMOTE=local[*]"],
  ["No data source found for: nosuch", "DATA_SOURCE_NOT_FOUND", "called nosuch", "parquet, csv, json"],
  [
    "invalid option: compression: lz4 (This feature is not implemented: Unknown FileCompressionType: lz4)",
    "UNSUPPORTED_FEATURE",
    "the compression lz4 of this format; gzip",
    "SPARK_REMOTE=local[*]",
  ],
  ["Writer not implemented for this format", "UNSUPPORTED_FEATURE", "writing avro", "SPARK_REMOTE=local[*]"],
  ["parse", "UNSUPPORTED_FEATURE", "from_json()", "SPARK_REMOTE=local[*]"],
  ["get table properties", "UNSUPPORTED_FEATURE", "GET TABLE PROPERTIES", "SPARK_REMOTE=local[*]"],
  [
    "unknown table function: collations",
    "UNSUPPORTED_FEATURE",
    "function: collations",
    "SPARK_REMOTE=local[*]",
  ],
  ["divide by zero", "DIVIDE_BY_ZERO", "division by zero", "try_divide"],
])("%s", (message, errorClass, what, remedy) => {
  const translated = translateSailMessage(message)!;
  expect(translated.errorClass).toBe(errorClass);
  const [first, second] = translated.message.split("\n");
  expect(first).toContain(what);
  expect(second).toContain(remedy);
});

test("a message nobody knows stays as it is", () => {
  expect(translateSailMessage("something new")).toBeUndefined();
});
