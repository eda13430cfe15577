// Queries that don't fit the data: names, types, numbers of columns and arguments.
import type { SailRule } from "./sail-rule.ts";
import { sailTypeName } from "./sail-type-name.ts";

export const queryRules: readonly SailRule[] = [
  {
    pattern: /^Cannot create filter with non-boolean predicate .+ returning (.+)$/s,
    errorClass: "DATATYPE_MISMATCH",
    say: ([, type]) => `the filter is of type ${sailTypeName(type)}.\nCompare it: col("n").neq(0)`,
  },
  {
    pattern: /^Cannot coerce arithmetic expression (.+?) ([^\s\w()]{1,3}|\w{2,3}) (.+) to valid types$/s,
    errorClass: "DATATYPE_MISMATCH",
    say: ([, left, operator, right]) =>
      `${operator} was given ${sailTypeName(left)} and ${sailTypeName(right)}.\n` +
      'Cast them to numbers first, col("n").cast("int"); texts are joined with concat().',
  },
  {
    pattern: /^Cannot infer common argument type for .*?operation (.+?) ([^\s\w()]{1,3}|\w{2,3}) (.+)$/s,
    errorClass: "DATATYPE_MISMATCH",
    say: ([, left, operator, right]) =>
      `${operator} was given ${sailTypeName(left)} and ${sailTypeName(right)}.\n` +
      'Cast one to the type of the other: col("n").cast("boolean")',
  },
  {
    pattern: /^Function '(\w+)' requires (\w+), but received .*?DataType: (.+?)\)\./s,
    errorClass: "DATATYPE_MISMATCH",
    say: ([, name, type, given]) =>
      `${name}() takes ${type.toLowerCase()} and was given ${sailTypeName(given)}.\nCast it first: col("n").cast("double")`,
  },
  {
    pattern: /^Failed to coerce arguments to satisfy a call to '(\w+)' function: coercion from (.+?) to/s,
    errorClass: "DATATYPE_MISMATCH",
    say: ([, name, given]) =>
      `${name}() doesn't take ${given.split(", ").map(sailTypeName).join(", ")}.\nCast the arguments first: col("n").cast("string")`,
  },
  {
    pattern: /^explode should only be called with a list or map/,
    errorClass: "DATATYPE_MISMATCH",
    say: () => 'explode() takes an array or a map.\nMake one: array("n"), or split(text, ",")',
  },
  {
    pattern: /^NTILE requires a positive integer/i,
    errorClass: "DATATYPE_MISMATCH",
    say: () => "ntile() was given no positive number.\nPass how many groups: ntile(4)",
  },
  {
    pattern: /^explode should be rewritten/,
    errorClass: "UNSUPPORTED_GENERATOR",
    say: () => "explode() stands where one value is needed.\nSelect it with a name first, then use that.",
  },
  {
    pattern: /^cannot extract value from data type: (.+)$/s,
    errorClass: "INVALID_EXTRACT_BASE_FIELD_TYPE",
    say: ([, type]) => `${sailTypeName(type)} has no fields.\nTake them from a struct, an array or a map.`,
  },
  {
    pattern: /^missing or ambiguous field: (.+)$/s,
    errorClass: "FIELD_NOT_FOUND",
    say: ([, name]) => `the struct has no field \`${name}\`.\nSee which it has: await df.printSchema()`,
  },
  {
    pattern: /^ambiguous reference to the field: (.+)$/s,
    errorClass: "AMBIGUOUS_REFERENCE_TO_FIELDS",
    say: ([, name]) =>
      `several fields of the struct are called \`${name}\`.\nGive them other names: col("s").cast("struct<a:int,b:int>")`,
  },
  {
    pattern: /^(\w+(?: \w+)* (?:values?|arguments?)) expected: \[|^(\w+)\(.*\): expect number of args .+/s,
    errorClass: "WRONG_NUM_ARGS",
    say: ([what, expected, name]) =>
      `${expected ? `a function takes ${expected}` : what}.\n` +
      `Pass ${name ? `to ${name}()` : "to each function of this call"} as many arguments as it takes.`,
  },
  {
    pattern: /^Physical plan does not support logical expression AggregateFunction/,
    errorClass: "INVALID_WHERE_CONDITION",
    say: () =>
      "an aggregate such as sum() stands where single rows are looked at.\n" +
      'Aggregate first, df.groupBy(…).agg(sum("n").alias("total")), then filter by total; in SQL: HAVING.',
  },
  {
    pattern:
      /^Physical plan does not support logical expression WindowFunction\(WindowFunction \{ fun: WindowUDF/,
    errorClass: "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE",
    say: () =>
      "a window function stands where single rows are looked at.\n" +
      'Make it a column first, df.withColumn("rank", …), then filter by that.',
  },
  {
    pattern: /^No field named \S+\."?#\d+"?\./,
    errorClass: "MISSING_GROUP_BY",
    say: () =>
      "a column is neither grouped by nor aggregated.\nGroup by it, or take one of its values: any_value(column)",
  },
  {
    pattern: /^Aggregate function calls cannot be nested/,
    errorClass: "NESTED_AGGREGATE_FUNCTION",
    say: () => "an aggregate stands inside another.\nAggregate in two steps: groupBy().agg(), and once more.",
  },
  {
    pattern:
      /Incompatible inputs for (\w+): Previous inputs were of type (.+), but got incompatible type (.+) on/s,
    errorClass: "INCOMPATIBLE_COLUMN_TYPE",
    say: ([, operation, left, right]) =>
      `${operation} of ${sailTypeName(left)} and ${sailTypeName(right)}.\nCast one side first: col("n").cast("string")`,
  },
  {
    pattern: /^right column not found: (.+)$/s,
    errorClass: "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
    say: ([, name]) =>
      `the other side has no column \`${name}\`.\nFill with nulls: unionByName(other, { allowMissingColumns: true })`,
  },
  {
    pattern: /^field not found in input schema: (.+)$/s,
    errorClass: "UNRESOLVED_COLUMN",
    say: ([, name]) => `there is no column \`${name}\`.\nSee which there are: await df.printSchema()`,
  },
  {
    pattern: /^Inconsistent data length across values list: got (\d+) values in row (\d+) but expected (\d+)/,
    errorClass: "INVALID_INLINE_TABLE",
    say: ([, count, row, first]) =>
      `the row at index ${row} of VALUES has ${count} values, the first ${first}.\nGive every row as many.`,
  },
  {
    pattern: /^one name expected for expression, got: (.+)$/s,
    errorClass: "MULTI_ALIAS_WITHOUT_GENERATOR",
    say: ([, names]) =>
      `one column was given several names, ${names}.\nPass one; only explode() and the like give several.`,
  },
  {
    pattern: /^invalid window function expression/,
    errorClass: "UNSUPPORTED_EXPR_FOR_WINDOW",
    say: () =>
      'over() follows what isn\'t a window function.\nUse one, or an aggregate: sum("n").over(window)',
  },
  {
    pattern: /^invalid window interval "(.*?)"/,
    errorClass: "CANNOT_PARSE_INTERVAL",
    say: ([, text]) => `"${text}" is no length of time.\nWrite it as in "10 minutes".`,
  },
  {
    pattern: /^(?:Temporary )?View already exists: (.+)$/i,
    errorClass: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
    say: ([, name]) =>
      `there is a view \`${name}\` already.\nReplace it: df.createOrReplaceTempView("${name}")`,
  },
  {
    pattern: /^Table already exists: (.+)$/i,
    errorClass: "TABLE_OR_VIEW_ALREADY_EXISTS",
    say: ([, name]) =>
      `there is a table \`${name}\` already.\nLeave it, CREATE TABLE IF NOT EXISTS, or replace it: df.write.mode("overwrite")`,
  },
  {
    pattern: /^Database not found: (.+)$/i,
    errorClass: "SCHEMA_NOT_FOUND",
    say: ([, name]) =>
      `there is no database \`${name}\`.\nSee what there is: spark.sql("SHOW DATABASES").show()`,
  },
  {
    pattern: /^table reference: \[(.+)\]$/s,
    errorClass: "REQUIRES_SINGLE_PART_NAMESPACE",
    say: () => "a table's name has too many parts.\nWrite it as database.table, or catalog.database.table.",
  },
  {
    pattern: /^No value found for placeholder with name (.+)$/,
    errorClass: "UNBOUND_SQL_PARAMETER",
    say: ([, name]) =>
      `the parameter ${name} has no value.\nPass it: spark.sql(text, { ${name.replace(/^[:$]/, "")}: … })`,
  },
  {
    pattern: /^No describe statistics generated/,
    errorClass: "UNRECOGNIZED_STATISTIC",
    say: () =>
      'summary() knows none of the statistics.\nPass such as "count", "mean", "stddev", "min", "25%", "max".',
  },
];
