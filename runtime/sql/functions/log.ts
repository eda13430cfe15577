import type { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, asColumnOrNumber, asNumber, call } from "./arguments.ts";

/**
 * The natural logarithm of a column, `log("n")`, or that to a base, `log(2, "n")`. Null for numbers that have none.
 * @param arg1 the base, a number; the column, or its name, where it is the only argument
 * @param arg2 a column or its name
 * @example
 * df.select(log("n"), log(10, "n")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.log.html
 */
export function log(arg1: ColumnOrName | number, arg2?: ColumnOrName | null): Column<string, number | null> {
  if (arguments.length > 2) refuseSurplus("log", 2, arguments);
  if (arg2 === undefined || arg2 === null) return call("ln", [asColumn("log.arg1", arg1 as ColumnOrName)]);
  const base = typeof arg1 === "string" ? asColumnOrNumber("log.arg1", arg1) : asNumber("log.arg1", arg1);
  return call("log", [base, asColumn("log.arg2", arg2)]);
}
