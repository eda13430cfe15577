import { dataType } from "../plan/data-type.ts";
import type { CastType } from "../plan/expression.ts";
import type { DataType } from "./types.ts";

/** The message of a data type, or its name where it has no message of its own. */
export function typeMessage(type: DataType): CastType {
  try {
    return dataType(type.jsonValue());
  } catch {
    return type.simpleString();
  }
}
