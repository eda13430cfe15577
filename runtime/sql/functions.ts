// Functions over columns, by Spark's names: https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/functions.html
import { call as callMessage, literal, sqlText, star } from "../plan/expression.ts";
import { Column, type ColumnOrValue, toExpression } from "./column.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";

function call(name: string, ...columns: ColumnOrName[]): Column {
  return new Column(callMessage(name, columns.map(columnExpression)));
}

// ---- columns and constants ----

/** The column of this name; `*` is every column. @example df.select(col("host")) */
export function col(name: string): Column {
  return new Column(columnExpression(name));
}

/** Same as {@link col}. @example df.select(column("host")) */
export function column(name: string): Column {
  return col(name);
}

/** A constant, or the column itself. @example df.withColumn("source", lit("siem")) */
export function lit(value: ColumnOrValue): Column {
  return value instanceof Column ? value : new Column(literal(value));
}

/** A column written in SQL. @example df.select(expr("n * 2 AS twice")) */
export function expr(sql: string): Column {
  return new Column(sqlText(sql));
}

/** A value where a condition holds; add `.when()` and `.otherwise()`. @example when(col("n").gt(9), "many").otherwise("few") */
export function when(condition: Column, value: ColumnOrValue): Column {
  return new Column(callMessage("when", [condition.expression, toExpression(value)]));
}

/** A function that the engine knows by name, also one not listed here. @example callFunction("levenshtein", "a", "b") */
export function callFunction(name: string, ...columns: ColumnOrName[]): Column {
  return call(name, ...columns);
}

/** The first of the columns that isn't null. @example coalesce("user", lit("unknown")) */
export function coalesce(...columns: ColumnOrName[]): Column {
  return call("coalesce", ...columns);
}

/** Whether the column is null. @example df.filter(isnull("user")) */
export function isnull(column: ColumnOrName): Column {
  return call("isnull", column);
}

/** The greatest of the columns, nulls aside. @example greatest("a", "b") */
export function greatest(...columns: ColumnOrName[]): Column {
  return call("greatest", ...columns);
}

/** The least of the columns, nulls aside. @example least("a", "b") */
export function least(...columns: ColumnOrName[]): Column {
  return call("least", ...columns);
}

/** Ascending order, nulls first. @example df.orderBy(asc("time")) */
export function asc(column: ColumnOrName): Column {
  return new Column(columnExpression(column)).asc();
}

/** Descending order, nulls last. @example df.orderBy(desc("time")) */
export function desc(column: ColumnOrName): Column {
  return new Column(columnExpression(column)).desc();
}

// ---- aggregates ----

/** How many rows have a value; `*` counts all. @example df.agg(count("*")) */
export function count(column: ColumnOrName): Column {
  return column === "*" ? new Column(callMessage("count", [star()])) : call("count", column);
}

/** How many different values there are. @example df.agg(countDistinct("host")) */
export function countDistinct(...columns: ColumnOrName[]): Column {
  return new Column(callMessage("count", columns.map(columnExpression), true));
}

/** About how many different values there are, quickly. @example df.agg(approxCountDistinct("host")) */
export function approxCountDistinct(column: ColumnOrName): Column {
  return call("approx_count_distinct", column);
}

/** The sum. @example df.groupBy("host").agg(sum("bytes")) */
export function sum(column: ColumnOrName): Column {
  return call("sum", column);
}

/** The mean. @example df.groupBy("host").agg(avg("bytes")) */
export function avg(column: ColumnOrName): Column {
  return call("avg", column);
}

/** Same as {@link avg}. @example df.agg(mean("bytes")) */
export function mean(column: ColumnOrName): Column {
  return avg(column);
}

/** The least value. @example df.agg(min("time")) */
export function min(column: ColumnOrName): Column {
  return call("min", column);
}

/** The greatest value. @example df.agg(max("time")) */
export function max(column: ColumnOrName): Column {
  return call("max", column);
}

/** A value of the group, the first met. @example df.groupBy("host").agg(first("user")) */
export function first(column: ColumnOrName): Column {
  return call("first", column);
}

/** A value of the group, the last met. @example df.groupBy("host").agg(last("user")) */
export function last(column: ColumnOrName): Column {
  return call("last", column);
}

/** The values of the group in an array. @example df.groupBy("host").agg(collectList("user")) */
export function collectList(column: ColumnOrName): Column {
  return call("collect_list", column);
}

/** The different values of the group in an array. @example df.groupBy("host").agg(collectSet("user")) */
export function collectSet(column: ColumnOrName): Column {
  return call("collect_set", column);
}

/** The standard deviation of a sample. @example df.agg(stddev("bytes")) */
export function stddev(column: ColumnOrName): Column {
  return call("stddev", column);
}

// ---- text ----

/** Text in lower case. @example df.select(lower("host")) */
export function lower(column: ColumnOrName): Column {
  return call("lower", column);
}

/** Text in upper case. @example df.select(upper("host")) */
export function upper(column: ColumnOrName): Column {
  return call("upper", column);
}

/** Text without spaces at its ends. @example df.select(trim("user")) */
export function trim(column: ColumnOrName): Column {
  return call("trim", column);
}

/** The number of characters. @example df.select(length("user")) */
export function length(column: ColumnOrName): Column {
  return call("length", column);
}

/** The columns' text one after another. @example concat("host", lit(":"), "port") */
export function concat(...columns: ColumnOrName[]): Column {
  return call("concat", ...columns);
}

/** The columns' text with a separator between, nulls left out. @example concatWs("/", "domain", "user") */
export function concatWs(separator: string, ...columns: ColumnOrName[]): Column {
  return call("concat_ws", lit(separator), ...columns);
}

/** A part of text: `len` characters from `pos`, counted from 1. @example substring("host", 1, 3) */
export function substring(column: ColumnOrName, pos: number, len: number): Column {
  return call("substring", column, lit(pos), lit(len));
}

/** Text cut at a regular expression of Java, in an array. @example split("path", "/") */
export function split(column: ColumnOrName, pattern: string, limit = -1): Column {
  return call("split", column, lit(pattern), lit(limit));
}

/** Text with the parts that match a regular expression of Java replaced. @example regexpReplace("ip", "\\d+$", "0") */
export function regexpReplace(column: ColumnOrName, pattern: string, replacement: string): Column {
  return call("regexp_replace", column, lit(pattern), lit(replacement));
}

/** A group of the first match of a regular expression, or "". @example regexpExtract("image", "([^\\\\]+)$", 1) */
export function regexpExtract(column: ColumnOrName, pattern: string, group: number): Column {
  return call("regexp_extract", column, lit(pattern), lit(group));
}

// ---- numbers ----

/** The absolute value. @example df.select(abs("delta")) */
export function abs(column: ColumnOrName): Column {
  return call("abs", column);
}

/** Rounded half up to `scale` digits (0). @example round("ratio", 2) */
export function round(column: ColumnOrName, scale = 0): Column {
  return call("round", column, lit(scale));
}

/** The least whole number that isn't smaller. @example ceil("ratio") */
export function ceil(column: ColumnOrName): Column {
  return call("ceil", column);
}

/** The greatest whole number that isn't greater. @example floor("ratio") */
export function floor(column: ColumnOrName): Column {
  return call("floor", column);
}

/** The square root. @example sqrt("n") */
export function sqrt(column: ColumnOrName): Column {
  return call("sqrt", column);
}

// ---- dates and times ----

/** The moment the query starts. @example df.withColumn("seen", currentTimestamp()) */
export function currentTimestamp(): Column {
  return call("current_timestamp");
}

/** Text as a timestamp, in a pattern of Java; without one as `cast` reads it. @example toTimestamp("time", "yyyy-MM-dd HH:mm:ss") */
export function toTimestamp(column: ColumnOrName, format?: string): Column {
  return format === undefined ? call("to_timestamp", column) : call("to_timestamp", column, lit(format));
}

/** Text or a timestamp as a date. @example toDate("time") */
export function toDate(column: ColumnOrName, format?: string): Column {
  return format === undefined ? call("to_date", column) : call("to_date", column, lit(format));
}

/** A time cut to its unit: "year", "month", "day", "hour", "minute". @example dateTrunc("hour", "time") */
export function dateTrunc(unit: string, column: ColumnOrName): Column {
  return call("date_trunc", lit(unit), column);
}

/** The hour of a timestamp, 0 to 23. @example hour("time") */
export function hour(column: ColumnOrName): Column {
  return call("hour", column);
}

// ---- arrays, maps, structs, JSON ----

/** The columns in one array. @example array("a", "b") */
export function array(...columns: ColumnOrName[]): Column {
  return call("array", ...columns);
}

/** The columns in one struct, with their names. @example struct("host", "port") */
export function struct(...columns: ColumnOrName[]): Column {
  return call("struct", ...columns);
}

/** One row for each element of an array or map. @example df.select("host", explode("users")) */
export function explode(column: ColumnOrName): Column {
  return call("explode", column);
}

/** The number of elements of an array or map. @example size("users") */
export function size(column: ColumnOrName): Column {
  return call("size", column);
}

/** Whether an array holds a value. @example arrayContains("users", "SYSTEM") */
export function arrayContains(column: ColumnOrName, value: ColumnOrValue): Column {
  return call("array_contains", column, lit(value));
}

/** A value of JSON text by its path, as text. @example getJsonObject("event", "$.EventID") */
export function getJsonObject(column: ColumnOrName, path: string): Column {
  return call("get_json_object", column, lit(path));
}

// ---- over a window ----

/** The number of the row in its window, from 1. @example rowNumber().over(Window.orderBy("time")) */
export function rowNumber(): Column {
  return call("row_number");
}

/** The rank, with gaps after ties. @example rank().over(Window.orderBy("n")) */
export function rank(): Column {
  return call("rank");
}

/** The rank, without gaps. @example denseRank().over(Window.orderBy("n")) */
export function denseRank(): Column {
  return call("dense_rank");
}

/** The value of the row `offset` rows before. @example lag("time").over(Window.partitionBy("host").orderBy("time")) */
export function lag(column: ColumnOrName, offset = 1, fallback: ColumnOrValue = null): Column {
  return call("lag", column, lit(offset), lit(fallback));
}

/** The value of the row `offset` rows after. @example lead("time").over(Window.partitionBy("host").orderBy("time")) */
export function lead(column: ColumnOrName, offset = 1, fallback: ColumnOrValue = null): Column {
  return call("lead", column, lit(offset), lit(fallback));
}
