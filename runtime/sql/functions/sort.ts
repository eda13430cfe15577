// Orders of columns, for orderBy and windows.
import { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn } from "./arguments.ts";

function columnOf(name: string, value: ColumnOrName): Column {
  return new Column(asColumn(`${name}.col`, value));
}

/**
 * Ascending order, nulls first.
 * @param col a column or its name
 * @example
 * df.orderBy(asc("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.asc.html
 */
export function asc(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("asc", 1, arguments);
  return columnOf("asc", col).asc();
}

/**
 * Ascending order, nulls first.
 * @param col a column or its name
 * @example
 * df.orderBy(ascNullsFirst("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.asc_nulls_first.html
 */
export function ascNullsFirst(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("ascNullsFirst", 1, arguments);
  return columnOf("ascNullsFirst", col).asc();
}

/**
 * Ascending order, nulls last.
 * @param col a column or its name
 * @example
 * df.orderBy(ascNullsLast("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.asc_nulls_last.html
 */
export function ascNullsLast(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("ascNullsLast", 1, arguments);
  return columnOf("ascNullsLast", col).ascNullsLast();
}

/**
 * Descending order, nulls last.
 * @param col a column or its name
 * @example
 * df.orderBy(desc("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.desc.html
 */
export function desc(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("desc", 1, arguments);
  return columnOf("desc", col).desc();
}

/**
 * Descending order, nulls first.
 * @param col a column or its name
 * @example
 * df.orderBy(descNullsFirst("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.desc_nulls_first.html
 */
export function descNullsFirst(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("descNullsFirst", 1, arguments);
  return columnOf("descNullsFirst", col).descNullsFirst();
}

/**
 * Descending order, nulls last.
 * @param col a column or its name
 * @example
 * df.orderBy(descNullsLast("time")).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.desc_nulls_last.html
 */
export function descNullsLast(col: ColumnOrName): Column {
  if (arguments.length > 1) refuseSurplus("descNullsLast", 1, arguments);
  return columnOf("descNullsLast", col).desc();
}
