// Relations about missing values: DataFrameNaFunctions.
import type { Expression_Literal } from "../connect/generated/expressions_pb.js";
import { type Relation, relation } from "./relation.ts";

/** @param values one for all columns, or one for each */
export function fillNa(input: Relation, cols: readonly string[], values: Expression_Literal[]): Relation {
  return relation({ case: "fillNa", value: { input, cols: [...cols], values } });
}

/** @param minNonNulls how many values a row needs to stay; none = all */
export function dropNa(input: Relation, cols: readonly string[], minNonNulls?: number): Relation {
  return relation({ case: "dropNa", value: { input, cols: [...cols], minNonNulls } });
}

export type Replacement = readonly [oldValue: Expression_Literal, newValue: Expression_Literal];

export function replace(
  input: Relation,
  cols: readonly string[],
  replacements: readonly Replacement[],
): Relation {
  const pairs = replacements.map(([oldValue, newValue]) => ({ oldValue, newValue }));
  return relation({ case: "replace", value: { input, cols: [...cols], replacements: pairs } });
}
