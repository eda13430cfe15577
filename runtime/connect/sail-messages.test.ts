import { expect, test } from "vitest";
import { translateSailMessage } from "./sail-messages.ts";

test.each([
  [
    'ambiguous attribute: ObjectName([Identifier("Host")])',
    "AMBIGUOUS_REFERENCE",
    "`Host`",
    "spark.sql.caseSensitive",
  ],
  [
    "Physical plan does not support logical expression InSubquery(InSubquery { expr: Column(…) })",
    "UNSUPPORTED_FEATURE",
    "subquery in a list of columns; a join, or the subquery in WHERE",
    "run it on Spark",
  ],
  [
    'Physical plan does not support logical expression OuterReferenceColumn(Field { name: "#3" })',
    "UNSUPPORTED_FEATURE",
    "columns of the outer row in this way; a join does the same",
    "run it on Spark",
  ],
  [
    "Aggregate can not be used as a sliding accumulator because `retract_batch` is not implemented: approx_distinct(#6) PARTITION BY",
    "UNSUPPORTED_FEATURE",
    "approx_distinct over a window whose first row moves",
    "run it on Spark",
  ],
  ["unknown function: lag", "UNSUPPORTED_FEATURE", "lag of a value computed with cast", 'then lag("x")'],
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
  [
    'Parser error: Invalid timezone "Nope/Zone": failed to parse timezone',
    "INVALID_CONF_VALUE.TIME_ZONE",
    '"Nope/Zone" is no time zone',
    "Europe/Berlin",
  ],
  [
    "Parser error: Unable to get root as message: DepthLimitReached",
    "UNSUPPORTED_FEATURE",
    "nests deeper than about 60 arrays",
    "from_json()",
  ],
  [
    "error in SQL parser: found { at 7:8 expected identifier, or '>'",
    "UNSUPPORTED_FEATURE",
    "nests deeper than about 60 arrays",
    "from_json()",
  ],
  ["divide by zero", "DIVIDE_BY_ZERO", "division by zero", "try_divide"],
  ["Remainder by zero", "REMAINDER_BY_ZERO", "remainder", "try_mod"],
  [
    "Cast error: Cannot cast string 'x' to value of Int32 type",
    "CAST_INVALID_INPUT",
    '"x" is no int',
    "try_cast(column AS int)",
  ],
  [
    "Cast error: Can't cast value 300 to type Int8",
    "CAST_OVERFLOW",
    "300 doesn't fit in tinyint",
    "try_cast",
  ],
  [
    "Invalid argument error: 123.45 is too large to store in a Decimal128 of precision 3. Max is 9.99",
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "123.45 doesn't fit in a decimal of 3 digits",
    "try_cast",
  ],
  [
    "Cast error: Cannot cast to Decimal128(10, 2). Overflowing on NaN",
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "NaN doesn't fit in decimal(10, 2)",
    "try_cast",
  ],
  [
    "Arrow error: Arithmetic overflow: Overflow happened on: 9223372036854775807 + 1",
    "ARITHMETIC_OVERFLOW",
    "9223372036854775807 + 1",
    "try_add",
  ],
  ["element_at: the index is out of bounds", "INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "array", "try_element_at"],
  ["Month value '13' is out of range", "DATETIME_FIELD_OUT_OF_BOUNDS", "'13'", "try_make_timestamp"],
  [
    "expected numeric datetime field at byte offset 0",
    "CANNOT_PARSE_TIMESTAMP",
    "byte offset 0",
    "try_to_timestamp",
  ],
  [
    "regex parse error:\n    (\n    ^\nerror: unclosed group",
    "INVALID_PARAMETER_VALUE",
    "unclosed group",
    "backslash",
  ],
  [
    "Cannot create filter with non-boolean predicate 'n' returning Int32",
    "DATATYPE_MISMATCH",
    "of type int",
    ".neq(0)",
  ],
  [
    "Error during planning: Cannot coerce arithmetic expression Int32 + List(non-null Utf8) to valid types",
    "DATATYPE_MISMATCH",
    "+ was given int and array<string>",
    "Cast them",
  ],
  [
    'Cannot infer common argument type for logical boolean operation Timestamp(µs, "UTC") AND Boolean',
    "DATATYPE_MISMATCH",
    "AND was given timestamp and boolean",
    "Cast one",
  ],
  [
    "cannot extract value from data type: Decimal128(10, 2)",
    "INVALID_EXTRACT_BASE_FIELD_TYPE",
    "decimal",
    "struct",
  ],
  ["missing or ambiguous field: b", "FIELD_NOT_FOUND", "`b`", "printSchema"],
  ["one value expected: [Literal(Int32(1), None)]", "WRONG_NUM_ARGS", "takes one value", "as many arguments"],
  [
    "invalid argument: map(k1, v1, k2, v2, ...): expect number of args to be multiple of 2, got 1",
    "WRONG_NUM_ARGS",
    "multiple of 2, got 1",
    "to map()",
  ],
  [
    'No field named "?table?"."#0". Did you mean \'"sum(?table?.#0)"\'?',
    "MISSING_GROUP_BY",
    "grouped",
    "any_value",
  ],
  ['No field named t."#1".', "MISSING_GROUP_BY", "grouped", "any_value"],
  [
    "Error during planning: Incompatible inputs for Union: Previous inputs were of type List(Int32), but got incompatible type Int32 on column '#1'",
    "INCOMPATIBLE_COLUMN_TYPE",
    "Union of array<int> and int",
    "Cast one",
  ],
  [
    "invalid argument: right column not found: n",
    "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
    "`n`",
    "allowMissing",
  ],
  ["Table not found: t", "TABLE_OR_VIEW_NOT_FOUND", "`t`", "createOrReplaceTempView"],
  ["Table already exists: t", "TABLE_OR_VIEW_ALREADY_EXISTS", "`t`", "IF NOT EXISTS"],
  ["Temporary View already exists: v", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", "`v`", "createOrReplaceTempView"],
  ["Database not found: d", "SCHEMA_NOT_FOUND", "`d`", "SHOW DATABASES"],
])("%s", (message, errorClass, what, remedy) => {
  const translated = translateSailMessage(message)!;
  expect(translated.errorClass).toBe(errorClass);
  const [first, second] = translated.message.split("\n");
  expect(first).toContain(what);
  expect(second).toContain(remedy);
});

test("a message of Spark, which names its condition itself, stays as it is", () => {
  expect(translateSailMessage("[X] an argument: Key length must be 16")).toBeUndefined();
});

test("a message nobody knows stays as it is", () => {
  expect(translateSailMessage("something new")).toBeUndefined();
});
