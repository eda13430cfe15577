import type { Relation } from "../plan/relation.ts";
import type { StructType } from "./types.ts";
export type LocalRow = readonly unknown[] | Readonly<Record<string, unknown>>;
export function localRows(_r: readonly LocalRow[], _s: StructType | readonly string[] | undefined): Relation { throw new Error("soon"); }
