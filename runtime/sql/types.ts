// Spark's data types: https://spark.apache.org/docs/latest/sql-ref-datatypes.html
export * from "./types/atomic-types.ts";
export { CalendarIntervalType, DayTimeIntervalType, YearMonthIntervalType } from "./types/interval-types.ts";
export {
  ArrayType,
  DataType,
  MapType,
  type Metadata,
  StructField,
  StructType,
} from "./types/nested-types.ts";
export { GeographyType, GeometryType } from "./types/spatial-types.ts";
