import { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import type { CallName } from "../typed/call-name.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, call } from "./arguments.ts";
import { lit } from "./lit.ts";

/**
 * How many rows of the group have a value in the column; `*` counts all rows.
 * @param col a column or its name, or `"*"`
 * @example
 * df.groupBy("host").agg(count("*").alias("events")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.count.html
 */
export function count<const C extends ColumnOrName>(col: C): Column<CallName<"count", C>, number> {
  if (arguments.length > 1) refuseSurplus("count", 1, arguments);
  return call("count", [isStar(col) ? lit(1).expression : asColumn("count.col", col)]);
}

function isStar(col: ColumnOrName): boolean {
  return col instanceof Column && col.expression.exprType.case === "unresolvedStar";
}
