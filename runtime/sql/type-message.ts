import { dataType, type StructJson } from "../plan/map-partitions.ts";
import type { CastType } from "../plan/expression.ts";
import { type DataType, StructType } from "./types.ts";

/** The message of a data type, or its name where it has no message of its own. */
export function typeMessage(type: DataType): CastType {
  const { fields } = JSON.parse(new StructType().add("value", type).json) as StructJson;
  try {
    return dataType(fields[0].type);
  } catch {
    return type.simpleString;
  }
}
