import type { Relation } from "../plan/relation.ts";
import type { StructType } from "./types.ts";

/** The method by which something other than a DataFrame becomes one: an RDD. */
export const toRelation: unique symbol = Symbol.for("sightline.toRelation");

/** What {@link SparkSession.createDataFrame} takes besides rows. */
export interface RelationSource {
  /** The relation with this source's records as rows of the schema. Builds a plan, runs nothing. */
  [toRelation](schema: StructType): Relation;
}

export function isRelationSource(value: unknown): value is RelationSource {
  return typeof value === "object" && value !== null && toRelation in value;
}
