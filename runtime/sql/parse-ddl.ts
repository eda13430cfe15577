// Reads schemas written as in SQL: "host string, n int".
import { refuseSurplus } from "./surplus-arguments.ts";
import { StructType } from "./types.ts";

/**
 * The schema that a DDL string stands for.
 * @param ddl columns with their types, as in `CREATE TABLE`: "host string, ports array<int>, n decimal(10,2) NOT NULL"
 * @throws PlanError naming the place that isn't understood
 * @example parseDDL("host string, n int")
 * @see https://spark.apache.org/docs/latest/sql-ref-datatypes.html
 */
export function parseDDL(ddl: string): StructType {
  if (arguments.length > 1) refuseSurplus("fromDDL", 1, arguments);
  return StructType.fromDDL(ddl);
}
