// Spark's data types: https://spark.apache.org/docs/latest/sql-ref-datatypes.html
import type { TypedStructs } from "./typed/struct.ts";
import { StructType as Struct } from "./types/nested-types.ts";

export * from "./types/atomic-types.ts";
export { CalendarIntervalType, DayTimeIntervalType, YearMonthIntervalType } from "./types/interval-types.ts";
export { ArrayType, DataType, MapType, type Metadata, StructField } from "./types/nested-types.ts";
export { GeographyType, GeometryType } from "./types/spatial-types.ts";

/**
 * A schema, or the type of a nested record. In rows: {@link Row}. `S` is its columns and the values that rows carry.
 * @example new StructType().add("host", "string").add("n", new LongType())
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.types.StructType.html
 */
export type StructType<S = any> = Struct<S>;
/**
 * Makes a schema, which knows its columns: `new StructType([new StructField("host", new StringType())])`.
 * @example new StructType().add("host", "string").add("n", new LongType())
 */
// A class's constructor can't work out the class's parameter from a list, a type of constructors can.
export const StructType: TypedStructs = Struct;
