import { call, literal } from "../../plan/expression.ts";
import { argumentError } from "../argument-error.ts";
import { Column } from "../column.ts";
import { Row } from "../row.ts";
import type { LiteralOf } from "../typed/value-rules.ts";
import { refuseSurplus } from "../surplus-arguments.ts";

/**
 * A constant as a column, the same in every row; a Column is returned as it is. Numbers are int, bigint or double, the
 * first that holds them; `bigint` is bigint; a Date is a timestamp. An array becomes a SQL array, a Map a map, a Row or
 * plain object a struct; these may be nested and hold Columns in maps and structs.
 * @param value text, number, bigint, boolean, Date, Timestamp, Decimal, Uint8Array, null, or an array, Map, Row or plain
 * object of these
 * @throws PlanError for a value that no SQL constant stands for
 * @example
 * df.withColumn("source", lit("siem")).withColumn("ports", lit([80, 443]))
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.lit.html
 */
export function lit<const V>(value: V): V extends Column ? V : Column<string, LiteralOf<V>>;
export function lit(value: unknown): Column {
  if (arguments.length > 1) refuseSurplus("lit", 1, arguments);
  if (value === undefined)
    throw argumentError("lit", undefined, "a value, or null where there is none: lit(null)");
  if (value instanceof Column) return value;
  if (Array.isArray(value)) return new Column(call("array", value.map(expressionOf)));
  if (value instanceof Map) {
    return new Column(
      call(
        "map",
        [...value].flatMap(([key, each]) => [expressionOf(key), expressionOf(each)]),
      ),
    );
  }
  if (isRecord(value)) {
    const parts = Object.entries(value).flatMap(([name, each]) => [literal(name), expressionOf(each)]);
    return new Column(call("named_struct", parts));
  }
  return new Column(literal(value));
}

function expressionOf(value: unknown) {
  return lit(value).expression;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Row) return true;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}
