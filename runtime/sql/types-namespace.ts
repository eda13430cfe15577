// What `types` holds: the data types, and schemas from DDL.
export * from "./types.ts";
export { parseDDL as fromDDL } from "./parse-ddl.ts";
