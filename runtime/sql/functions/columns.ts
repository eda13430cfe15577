// Columns by name, in SQL, and of functions known by name only.
import { call as callMessage, callFunction as callFunctionMessage, sqlText } from "../../plan/expression.ts";
import { argumentError } from "../argument-error.ts";
import { Column } from "../column.ts";
import { columnExpression, type ColumnOrName } from "../column-name.ts";
import type { Ref } from "../typed/value-rules.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, refuse } from "./arguments.ts";

/** What `col(N)` is: the column as it is written; what it selects, `typed/select.ts` knows. */
type Named<N extends string> = string extends N ? Column : Column<N, Ref<N>>;

/**
 * The column of this name, as SQL writes it: `host`, `t.host`, a field `event.id`; names with dots or spaces stand in
 * backticks, `` `a.b` ``. `*` and `t.*` are every column.
 * @param name a name, not empty
 * @throws PlanError for something else than text
 * @example
 * df.select(col("host"), col("port").plus(1)).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.col.html
 */
export function col<const N extends string>(name: N): Named<N> {
  if (arguments.length > 1) refuseSurplus("col", 1, arguments);
  if (typeof name !== "string" || name === "")
    refuse("col.name", name, "a column's name", 'Pass one: col("host").');
  return new Column(columnExpression(name)) as Named<N>;
}

/**
 * Same as {@link col}.
 * @param name a name, not empty
 * @example
 * df.select(column("host")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.column.html
 */
export function column<const N extends string>(name: N): Named<N> {
  if (arguments.length > 1) refuseSurplus("column", 1, arguments);
  return col(name);
}

/**
 * A column written in SQL. Never put text of others into it: {@link lit} carries values safely.
 * @param str an expression of Spark SQL
 * @example
 * df.select(expr("port * 2 AS twice")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.expr.html
 */
export function expr(str: string): Column {
  if (arguments.length > 1) refuseSurplus("expr", 1, arguments);
  if (typeof str !== "string") refuse("expr.str", str, "SQL", 'Pass it as text: expr("port * 2").');
  return new Column(sqlText(str));
}

/**
 * A function that the engine knows by name: one of its own, one of the catalog, or one of yours that is registered.
 * @param funcName the name, which may be qualified: `db.clean`
 * @param cols columns or their names
 * @example
 * df.select(callFunction("levenshtein", "user", lit("root"))).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.call_function.html
 */
export function callFunction(funcName: string, ...cols: ColumnOrName[]): Column {
  checkName("callFunction", "funcName", funcName);
  return new Column(
    callFunctionMessage(
      funcName,
      cols.map((each) => asColumn("callFunction.cols", each)),
    ),
  );
}

/**
 * A function of yours that is registered under a name: `spark.udf.register("clean", …)`.
 * @param udfName the name
 * @param cols columns or their names
 * @example
 * df.select(callUdf("clean", "host")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.call_udf.html
 */
export function callUdf(udfName: string, ...cols: ColumnOrName[]): Column {
  checkName("callUdf", "udfName", udfName);
  return new Column(
    callMessage(
      udfName,
      cols.map((each) => asColumn("callUdf.cols", each)),
    ),
  );
}

function checkName(place: string, argument: string, name: unknown): void {
  if (typeof name === "string" && name !== "") return;
  refuse(`${place}.${argument}`, name, "a function's name", `Pass one: ${place}("levenshtein", "a", "b").`);
}

/**
 * A DataFrame that joins send whole to every executor: for the small side of a join.
 * @param df a DataFrame
 * @example
 * events.join(broadcast(hosts), "host").show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.broadcast.html
 */
export function broadcast<D extends { hint(name: string): unknown }>(df: D): D {
  if (arguments.length > 1) refuseSurplus("broadcast", 1, arguments);
  if (typeof df?.hint === "function") return df.hint("broadcast") as D;
  throw argumentError("broadcast", df, 'the small side of a join: events.join(broadcast(hosts), "host")');
}
