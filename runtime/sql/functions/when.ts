import { call } from "../../plan/expression.ts";
import { Column } from "../column.ts";
import type { OperandOf, WhenOf } from "../typed/value-rules.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asValue, refuse } from "./arguments.ts";

/**
 * A value where a condition holds; further branches follow with `.when()`, the rest with `.otherwise()`. Without it the
 * rest is null.
 * @param condition a Column of booleans
 * @param value a constant as {@link lit} takes them, or a Column
 * @throws PlanError for a condition that is no Column
 * @example
 * df.select(when(col("port").lt(1024), "system").otherwise("user")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.when.html
 */
export function when<const V>(condition: Column, value: V): Column<string, WhenOf<OperandOf<V>>> {
  if (arguments.length > 2) refuseSurplus("when", 2, arguments);
  if (!(condition instanceof Column)) {
    refuse(
      "when.condition",
      condition,
      "a Column",
      'Pass a comparison, col("port").lt(1024), or expr("port < 1024").',
    );
  }
  return new Column(call("when", [condition.expression, asValue("when.value", value)]));
}
