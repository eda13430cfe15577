import * as functions from "../../sql/functions/index.ts";
import { refusesMisspelt } from "../../sql/unknown-properties.ts";

let all: Set<unknown> | undefined;

/** Whether it is one of Spark's functions of columns, or the object of all. */
export function isColumnFunction(value: object): boolean {
  all ??= new Set(Object.values(functions));
  return all.has(value) || refusesMisspelt(value);
}
