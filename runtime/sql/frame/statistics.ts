// The arguments of approxQuantile, freqItems and sampleBy.
import { type Expression, literalValue } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { approxQuantile, type Fraction, freqItems, sampleBy } from "../../plan/relation-stat.ts";
import { argumentError } from "../argument-error.ts";
import { nameArguments, textArgument } from "../text-argument.ts";
import { type ColumnOrName, columnExpression } from "../column-name.ts";
import { quantilesOnSail } from "./on-sail.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";
import { seedOf } from "../seed.ts";

type Make = (input: Relation) => Relation;

export interface Quantiles {
  readonly make: Make;
  /** Whether one column was asked for by itself, and the answer is its list alone. */
  readonly isOne: boolean;
}

/** `approxQuantile(col, probabilities, relativeError)`. */
export function quantilesOf(
  col: unknown,
  probabilities: unknown,
  relativeError: unknown,
  isOnSail: boolean,
): Quantiles {
  const example = 'df.approxQuantile("n", [0.5, 0.9], 0.01)';
  const columns = nameArguments("approxQuantile", col, `a name or names: ${example}`, "col");
  const isShare = (value: unknown) => typeof value === "number" && value >= 0 && value <= 1;
  if (!Array.isArray(probabilities) || !probabilities.every(isShare)) {
    throw argumentError("approxQuantile", probabilities, `numbers from 0 to 1: ${example}`, "probabilities");
  }
  if (!(typeof relativeError === "number" && relativeError >= 0)) {
    throw argumentError("approxQuantile", relativeError, `a number from 0 up: ${example}`, "relativeError");
  }
  if (isOnSail) {
    return {
      make: (input) => quantilesOnSail(input, columns, probabilities as number[]),
      isOne: typeof col === "string",
    };
  }
  return {
    make: (input) => approxQuantile(input, columns, probabilities as number[], relativeError),
    isOne: typeof col === "string",
  };
}

/** `freqItems(cols, support)`. */
export function frequentItems(args: readonly unknown[]): Make {
  const example = 'df.freqItems(["host", "port"], 0.1)';
  const { cols, support } = keywordArguments("freqItems", ["cols", "support"], args);
  if (!Array.isArray(cols)) throw argumentError("freqItems", cols, `an array of names: ${example}`, "cols");
  const names = nameArguments("freqItems", cols, `names: ${example}`, "cols");
  const share = support || 0.01;
  if (!(typeof share === "number" && share > 0 && share <= 1)) {
    throw argumentError("freqItems", support, `a share from 0 to 1: ${example}`, "support");
  }
  return (input) => freqItems(input, names, share);
}

/** `sampleBy(col, fractions, seed)`. */
export function strataSample(col: ColumnOrName, fractions: unknown, seed: unknown): Make {
  const column: Expression = columnExpression(col);
  const shares = fractionsOf(fractions);
  const chosen = seedOf(
    "sampleBy",
    isPlainObject(seed) ? keywordArguments("sampleBy", ["seed"], [seed]).seed : seed,
  );
  return (input) => sampleBy(input, column, shares, chosen);
}

// The keys of an object are always text; a Map says what they are.
function fractionsOf(fractions: unknown): Fraction[] {
  const remedy = 'a share from 0 to 1 for each value: df.sampleBy("key", { a: 0.1 }), or new Map([[1, 0.1]])';
  if (!(fractions instanceof Map) && !isPlainObject(fractions)) {
    throw argumentError("sampleBy", fractions, remedy, "fractions");
  }
  const entries: [unknown, unknown][] =
    fractions instanceof Map ? [...(fractions as Map<unknown, unknown>)] : Object.entries(fractions);
  const areNumbers =
    !(fractions instanceof Map) && entries.every(([key]) => /^(0|[1-9]\d{0,8})$/.test(key as string));
  return entries.map(([key, share]) => {
    if (!["string", "number", "bigint", "boolean"].includes(typeof key)) {
      throw argumentError("sampleBy", key, remedy, "a value");
    }
    if (!(typeof share === "number" && share >= 0 && share <= 1)) {
      throw argumentError("sampleBy", share, remedy, "a share");
    }
    return [literalValue(areNumbers ? Number(key) : key), share];
  });
}

/** The two column names of `corr`, `cov` and `crosstab`. */
export function columnPair(method: string, col1: unknown, col2: unknown): [string, string] {
  const remedy = `a column's name: df.${method}("a", "b")`;
  return [textArgument(method, col1, remedy, "col1"), textArgument(method, col2, remedy, "col2")];
}

/** The method of `corr`. */
export function correlationMethod(method: unknown): string {
  const name = isPlainObject(method) ? keywordArguments("corr", ["method"], [method]).method : method;
  if (name === undefined || name === null || name === "" || name === "pearson") return "pearson";
  throw argumentError("corr", name, '"pearson", the only one there is', "method");
}
