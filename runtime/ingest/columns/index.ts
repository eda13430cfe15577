// JSON events → typed columns → zstd Parquet.
export { CutBuilder, type CutOptions } from "./cut-builder.ts";
export type { CutFile, RecordPlace } from "./cut-files.ts";
export { JsonError } from "./json-error.ts";
export { DEFAULT_PARTITION, partitionPath } from "./partition-path.ts";
export {
  type FieldSummary,
  resolveSchema,
  type SchemaOptions,
  type TableColumn,
  type TableSchema,
} from "./table-schema.ts";
