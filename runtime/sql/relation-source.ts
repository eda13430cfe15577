import type { Relation } from "../plan/relation.ts";
import type { Prerequisite } from "./prerequisite.ts";
import type { DataType } from "./types.ts";

/** The method by which something other than a DataFrame becomes one: an RDD. */
export const toRelation: unique symbol = Symbol.for("sightline.toRelation");

/** What {@link SparkSession.createDataFrame} takes besides rows. */
export interface RelationSource {
  /** The relation with this source's records as rows. Builds a plan, runs nothing. */
  [toRelation](schema: GivenSchema): PreparedRelation;
}

/** What the caller said of the columns: a type of rows or of single values, or names, or nothing. */
export interface GivenSchema {
  readonly type?: DataType;
  readonly names?: readonly string[];
}

/** A plan, with what must hold before it can run. */
export interface PreparedRelation {
  readonly relation: Relation;
  readonly prerequisites: readonly Prerequisite[];
}

export function isRelationSource(value: unknown): value is RelationSource {
  return typeof value === "object" && value !== null && toRelation in value;
}
