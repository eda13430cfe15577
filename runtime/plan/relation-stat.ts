// Relations of statistics over columns: DataFrameStatFunctions.
import type { Expression, Expression_Literal } from "../connect/generated/expressions_pb.js";
import { type Relation, relation, relationOver } from "./relation.ts";

export function summary(input: Relation, statistics: readonly string[]): Relation {
  return relation({ case: "summary", value: { input, statistics: [...statistics] } });
}

export function describe(input: Relation, cols: readonly string[]): Relation {
  return relation({ case: "describe", value: { input, cols: [...cols] } });
}

export function crosstab(input: Relation, col1: string, col2: string): Relation {
  return relation({ case: "crosstab", value: { input, col1, col2 } });
}

export function covariance(input: Relation, col1: string, col2: string): Relation {
  return relation({ case: "cov", value: { input, col1, col2 } });
}

export function correlation(input: Relation, col1: string, col2: string, method: string): Relation {
  return relation({ case: "corr", value: { input, col1, col2, method } });
}

export function approxQuantile(
  input: Relation,
  cols: readonly string[],
  probabilities: readonly number[],
  relativeError: number,
): Relation {
  const value = { input, cols: [...cols], probabilities: [...probabilities], relativeError };
  return relation({ case: "approxQuantile", value });
}

export function freqItems(input: Relation, cols: readonly string[], support: number): Relation {
  return relation({ case: "freqItems", value: { input, cols: [...cols], support } });
}

export type Fraction = readonly [stratum: Expression_Literal, fraction: number];

export function sampleBy(
  input: Relation,
  col: Expression,
  fractions: readonly Fraction[],
  seed: bigint,
): Relation {
  const shares = fractions.map(([stratum, fraction]) => ({ stratum, fraction }));
  return relationOver([col], { case: "sampleBy", value: { input, col, fractions: shares, seed } });
}
