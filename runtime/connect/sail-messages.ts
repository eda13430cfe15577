// Sail tells what went wrong in words of its own; these are Spark's, with what to do.
import { queryRules } from "./sail-query-rules.ts";
import type { SailRule } from "./sail-rule.ts";
import { sqlStates } from "./sail-sql-states.ts";
import { storageRules } from "./sail-storage-rules.ts";
import { valueRules } from "./sail-value-rules.ts";

interface Translation {
  readonly errorClass: string;
  readonly sqlState: string | undefined;
  readonly message: string;
  /** Where it is in the SQL text: first and last position, or the words. */
  readonly place: readonly [number, number] | string | undefined;
}

/** The methods that send what Sail has no more than a name for. */
const methods: Readonly<Record<string, string>> = {
  transpose: "transpose()",
  "freq items": "freqItems()",
  "collect metrics": "observe()",
  "with watermark": "withWatermark()",
  "deduplicate within watermark": "dropDuplicatesWithinWatermark()",
  "direct shuffle partition ID expression": "repartitionById()",
  "wildcard with plan ID": 'df.col("*")',
  "same semantics": "sameSemantics()",
  "semantic hash": "semanticHash()",
  "resolve metadata column": "metadataColumn()",
  "nearest-by join": "nearestByJoin()",
};

const rules: readonly SailRule[] = [
  {
    pattern: /^.*(?:Table or view|\bTable|\bView) not found: (.+)$/is,
    errorClass: "TABLE_OR_VIEW_NOT_FOUND",
    say: ([, name]) =>
      `there is no table or view \`${name}\`.\n` +
      `Register it, df.createOrReplaceTempView("${name}"), or see what there is: spark.sql("SHOW TABLES").show()`,
    place: ([, name]) => name,
  },
  {
    pattern: /^invalid argument: found (.+) at (\d+):(\d+) expected (.+)$/s,
    errorClass: "PARSE_SYNTAX_ERROR",
    place: ([, , from, to]) => [Number(from), Number(to)],
    say: ([, found, at, , expected]) =>
      `the SQL isn't understood at character ${Number(at) + 1}, "${found}".\nExpected there: ${expectation(expected)}`,
  },
  {
    pattern: /^invalid argument: found end of input expected (.+)$/s,
    errorClass: "PARSE_SYNTAX_ERROR",
    say: ([, expected]) => `the SQL ends too early.\nExpected there: ${expectation(expected)}`,
  },
  {
    pattern: /^invalid argument: expected one statement$/,
    errorClass: "PARSE_SYNTAX_ERROR",
    say: () => "sql() takes one statement.\nGive each statement a call of its own.",
  },
  {
    pattern:
      /^ambiguous attribute: ObjectName\(\[(.*)\]\)$|^Ambiguous case-insensitive column match for `(.*)`/,
    errorClass: "AMBIGUOUS_REFERENCE",
    say: ([, parts, name]) =>
      `several columns are called \`${name ?? identifiers(parts)}\`.\n` +
      'Where only their case differs: spark.conf.set("spark.sql.caseSensitive", true). In a join: df.alias("l") and ' +
      'col("l.name"). Else rename by position: df.toDF("a", "b").',
  },
  {
    pattern: /^Json error: (?:Not valid JSON: )?(.+)$/is,
    errorClass: "MALFORMED_RECORD",
    say: ([, what]) =>
      `a line is no JSON: ${what}.\nMend the file, or read lines and skip bad ones: sc.textFile(path).flatMap(parse)`,
  },
  {
    pattern: /^Csv error: Nested type (.+?) is not supported/is,
    errorClass: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
    say: ([, type]) =>
      `CSV can't hold a column of type ${type}.\nTurn it into text first, df.withColumn("tags", expr("to_json(tags)")), or write Parquet.`,
  },
  {
    pattern: /^Csv error: (.+)$/is,
    errorClass: "MALFORMED_RECORD",
    say: ([, what]) =>
      `the CSV isn't regular: ${what}.\nMend the file, or read lines and split them: sc.textFile(path).map(split)`,
  },
  {
    pattern: /^Parquet error: (.+)$/is,
    errorClass: "FAILED_READ_FILE",
    say: ([, what]) =>
      `a file can't be read as Parquet: ${what}.\nCheck that every file of the folder is one; text is read with spark.read.text().`,
  },
  {
    pattern: /^glob pattern is not allowed in the output URL: (.+)$/,
    errorClass: "INVALID_PATH",
    say: ([, path]) => `${path} has one of * ? [ ] { }, which can't be written to.\nChoose another name.`,
  },
  {
    pattern: /^No data source found for: (jdbc|xml|orc|avro|kafka)\b/i,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, format]) => unsupported(`the format ${format}`),
  },
  {
    pattern: /^invalid option: compression: (\S+) /,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, codec]) =>
      unsupported(`the compression ${codec} of this format; gzip and zstd are there for every one`),
  },
  {
    // Of what Sail reads, it says this of Avro alone.
    pattern: /^Writer not implemented for this format$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () => unsupported("writing avro"),
  },
  {
    pattern: /^No data source found for: ([^.\s]+)/,
    errorClass: "DATA_SOURCE_NOT_FOUND",
    say: ([, format]) =>
      `there is no format called ${format}.\nUse one that the engine has: parquet, csv, json, text, delta, iceberg.`,
  },
  {
    pattern: /^Placeholder '(.+)' was not provided a value for execution/,
    errorClass: "UNBOUND_SQL_PARAMETER",
    say: ([, name]) =>
      `the parameter ${name} has no value.\nPass it: spark.sql(text, { ${name.replace(/^[:$]/, "")}: … }), or a list for ?`,
  },
  {
    pattern: /^No value found for placeholder with name (.+)$/,
    errorClass: "UNBOUND_SQL_PARAMETER",
    say: ([, name]) =>
      `the parameter ${name} has no value among those that were passed.\n` +
      `Pass it by its name: spark.sql(text, { ${name.replace(/^[:$]/, "")}: … })`,
  },
  {
    pattern: /^invalid argument: Found the unbound parameter: _(\d+)\./,
    errorClass: "UNBOUND_SQL_PARAMETER",
    say: ([, position]) =>
      `the ? at place ${Number(position) + 1} has no value.\nPass one for each ? in a list: spark.sql(text, [1, "a"])`,
  },
  {
    pattern: /different number of columns: left has (\d+) columns? whereas right has (\d+) columns?/,
    errorClass: "NUM_COLUMNS_MISMATCH",
    say: ([, left, right]) =>
      `one side has ${left} columns, the other ${right}.\n` +
      "Select the same ones, or match them by name: a.unionByName(b, { allowMissingColumns: true })",
  },
  {
    pattern: /^invalid argument: number of column names \((\d+)\) does not match number of columns \((\d+)\)/,
    errorClass: "ASSIGNMENT_ARITY_MISMATCH",
    say: ([, names, columns]) =>
      `toDF() was given ${names} names for ${columns} columns.\nPass one for each: df.columns() lists them.`,
  },
  {
    pattern: /^Cannot find column (.+)$/,
    errorClass: "UNRESOLVED_COLUMN",
    say: ([, name]) => `there is no column \`${name}\`.\ndf.printSchema() shows all columns.`,
  },
  {
    pattern: /^invalid argument: configuration not found: (.+)$/,
    errorClass: "SQL_CONF_NOT_FOUND",
    say: ([, name]) =>
      `the setting ${name} has no value.\nSay what to take instead: spark.conf.get("${name}", "none")`,
  },
  {
    pattern: /^Spark `(\w+)` function: Invalid regex pattern/,
    errorClass: "INVALID_PARAMETER_VALUE.PATTERN",
    say: ([, name]) =>
      `the pattern given to ${name} is no regular expression.\n` +
      "Close its brackets; a bracket that is meant as text is written \\\\( in TypeScript.",
  },
  {
    pattern: /^parse$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () =>
      unsupported("reading the text of a column as CSV, JSON or XML; from_json() and from_csv() do it"),
  },
  {
    pattern:
      /^Physical plan does not support logical expression (?:InSubquery|Exists|ScalarSubquery|SetComparison)\b/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () => unsupported("this subquery in a list of columns; a join, or the subquery in WHERE, it can do"),
  },
  {
    pattern: /^Physical plan does not support logical expression OuterReferenceColumn\b/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () => unsupported("a subquery that uses columns of the outer row in this way; a join does the same"),
  },
  {
    pattern: /^Aggregate can not be used as a sliding accumulator .*?: (\w+)\(/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, name]) => unsupported(`${name} over a window whose first row moves`),
  },
  {
    // What Sail can parse and not yet do arrives as the bare name of its syntax node.
    pattern: /^(?:PlanNode|CommandNode)::(\w+)$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, node]) => unsupported(node.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase()),
  },
  {
    pattern:
      /^((?:get (?:table properties|create table string)|(?:truncate|analyze) table|list partitions)|unknown table function: \w+)$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, what]) =>
      unsupported(
        what.startsWith("unknown") ? what.replace("unknown table", "the table") : what.toUpperCase(),
      ),
  },
  {
    // What the protocol has and Sail can't do yet arrives as its name in words.
    pattern:
      /^(?:handle analyze )?(transpose|freq items|collect metrics|with watermark|deduplicate within watermark|direct shuffle partition ID expression|wildcard with plan ID|same semantics|semantic hash|resolve metadata column|nearest-by join|as-of join)$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, what]) => unsupported(methods[what] ?? what),
  },
  {
    pattern: /^invalid argument: grouping sets with grouping expressions$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () => unsupported("groupingSets()"),
  },
  {
    pattern: /^function: (\w+)$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, name]) => unsupported(`the function \`${name}\``),
  },
  {
    pattern: /^(SHOW CREATE TABLE|TABLESAMPLE with ROWS)$|^unsupported (.+?)(?: operation)?$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, clause, operation]) => unsupported(clause ?? operation),
  },
  {
    pattern: /^(?:could not find config namespace|show property)/i,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () =>
      "Sail has no SET in SQL for Spark's settings.\n" +
      'Use spark.conf.set("spark.sql.session.timeZone", "UTC") and spark.conf.get(…).',
  },
  {
    // Sail has them; it loses sight of them over a cast.
    pattern: /^unknown function: (lag|lead)$/i,
    errorClass: "UNSUPPORTED_FEATURE",
    say: ([, name]) =>
      `Sail can't do ${name} of a value computed with cast.\n` +
      `Give the value a name first: df.withColumn("x", col("n").cast("long")), then ${name}("x").`,
  },
  {
    pattern: /^unknown function: (.+)$/i,
    errorClass: "UNRESOLVED_ROUTINE",
    say: ([, name]) =>
      `the engine has no function \`${name}\`.\nSee what there is: spark.sql("SHOW FUNCTIONS").show()`,
    place: ([, name]) => name,
  },
  {
    pattern: /^listing table path already exists: (.+)$/i,
    errorClass: "PATH_ALREADY_EXISTS",
    say: ([, path]) =>
      `there is something at ${path} already.\n` +
      `Replace it: df.write.mode("overwrite"), or add to it: df.write.mode("append")`,
  },
  {
    pattern: /Unable to create dir (.+?): (.+?)(?: \(os error \d+\))?$/,
    errorClass: "FAILED_TO_WRITE",
    say: ([, folder, reason]) =>
      `the folder ${folder} can't be made: ${reason}.\nWrite to a folder that you may change.`,
  },
  {
    pattern: /Permission denied: user=(\S+), access=(?:READ\w*|EXECUTE), inode="([^"]+)"\S*/,
    errorClass: "FAILED_READ_FILE",
    say: ([reason, user, path]) =>
      `HDFS doesn't let ${user} read ${path}: ${reason.replace(/\.$/, "")}.\n` +
      `Let them: hdfs dfs -chmod o+rx '${path}', or start with HADOOP_USER_NAME set to who may.`,
  },
  {
    pattern: /Permission denied: user=(\S+), access=\w+, inode="([^"]+)"\S*/,
    errorClass: "FAILED_TO_WRITE",
    say: ([reason, user, path]) =>
      `HDFS doesn't let ${user} write to ${path}: ${reason.replace(/\.$/, "")}.\n` +
      `Let them: hdfs dfs -chown ${user} '${path}', or start with HADOOP_USER_NAME set to who may.`,
  },
  {
    pattern: /^Connection refused \(os error \d+\)$/,
    errorClass: "FAILED_READ_FILE",
    say: () =>
      "nothing answers at the address of a path, such as hdfs://host:port: Connection refused.\n" +
      "Check the host and the port: for HDFS fs.defaultFS in the cluster's core-site.xml says them, for s3a:// AWS_ENDPOINT does.",
  },
  {
    pattern: /Permission denied.*|Read-only file system.*/i,
    errorClass: "FAILED_TO_WRITE",
    say: ([reason]) => `the engine may not write there: ${reason}.\nWrite to a folder that you may change.`,
  },
];

function expectation(expected: string): string {
  return expected.replace(/^something else, /, "").replace(/^or /, "");
}

function identifiers(parts: string): string {
  return Array.from(parts.matchAll(/"((?:[^"\\]|\\.)*)"/g), (match) => JSON.parse(match[0]) as string).join(
    ".",
  );
}

/** The layers of the engine that a message came through. */
const layers =
  /^(?:(?:Error during planning|Execution error|Arrow error|Cast error|Compute error|Arithmetic overflow|Invalid argument error|invalid argument): )+/i;

/** Spark's words for a message of Sail, where there are some. */
export function translateSailMessage(message: string): Translation | undefined {
  // Spark's own messages begin with their condition.
  const bare = message.startsWith("[") ? "" : message.replace(layers, "");
  return firstOf(rules, message) ?? firstOf([...storageRules, ...valueRules, ...queryRules], bare);
}

function firstOf(some: readonly SailRule[], message: string): Translation | undefined {
  for (const { pattern, errorClass, say, place } of some) {
    const match = pattern.exec(message);
    if (!match) continue;
    const sqlState = sqlStates[errorClass];
    return { errorClass, sqlState, message: `${errorClass}: ${say(match)}`, place: place?.(match) };
  }
  return undefined;
}

function unsupported(what: string): string {
  return (
    `Sail can't do this yet: ${what}.\n` +
    "Say it in another way, or run it on Spark: `npm run setup -- --spark`, then start with SPARK_REMOTE=local[*]."
  );
}
