import { refuseMisspelt } from "../sql/unknown-properties.ts";
import * as all from "./functions-namespace.ts";

/**
 * Functions over columns, by Spark's names in camelCase. A name with underscores is refused with the right one.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/functions.html
 */
export const functions: typeof all = refuseMisspelt("functions", all);
