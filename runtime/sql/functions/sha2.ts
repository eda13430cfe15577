import type { Column } from "../column.ts";
import type { ColumnOrName } from "../column-name.ts";
import { refuseSurplus } from "../surplus-arguments.ts";
import { asColumn, asNumber, call, oneOf } from "./arguments.ts";

/**
 * The SHA-2 checksum of text or bytes, as hexadecimal text.
 * @param col a column or its name
 * @param numBits 224, 256, 384 or 512; 0 is 256
 * @throws PlanError for another number of bits
 * @example
 * df.select(sha2("password", 256)).show();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.sha2.html
 */
export function sha2(col: ColumnOrName, numBits: number): Column<string, string | null> {
  if (arguments.length > 2) refuseSurplus("sha2", 2, arguments);
  oneOf("sha2.numBits", numBits, [0, 224, 256, 384, 512]);
  return call("sha2", [asColumn("sha2.col", col), asNumber("sha2.numBits", numBits)]);
}
