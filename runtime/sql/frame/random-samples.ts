import { PlanError } from "../../connect/plan-error.ts";
import type { SampleArguments } from "../../plan/relation.ts";
import { argumentError } from "../argument-error.ts";
import { keywordArguments } from "../keyword-arguments.ts";
import { seedOf } from "../seed.ts";

type Sample = Omit<SampleArguments, "input">;

/** The arguments of `sample`: `(fraction, seed)`, `(withReplacement, fraction, seed)`, or by name. */
export function sampleOf(args: readonly unknown[]): Sample {
  const names = ["withReplacement", "fraction", "seed"] as const;
  // The flag may be left out: sample(0.1, 42).
  const hasFlag = typeof args[0] !== "number";
  const { withReplacement, fraction, seed } = keywordArguments(
    "sample",
    hasFlag ? names : names.slice(1),
    args,
  ) as Partial<Record<(typeof names)[number], unknown>>;
  if (![undefined, null, true, false].includes(withReplacement as boolean | null | undefined)) {
    throw argumentError("sample", withReplacement, "true or false: df.sample(true, 0.5)", "withReplacement");
  }
  const most = withReplacement ? Infinity : 1;
  if (typeof fraction !== "number" || !(fraction >= 0 && fraction <= most)) {
    const range = withReplacement ? "0 up" : "0 to 1";
    throw new PlanError(
      `sample() was given the fraction ${String(fraction)}.`,
      `Pass one from ${range}: df.sample(0.1)`,
    );
  }
  return {
    lowerBound: 0,
    upperBound: fraction,
    withReplacement: withReplacement === true,
    seed: seedOf("sample", seed),
  };
}

/** The samples that `randomSplit` makes: ranges next to each other, as long as their weights. */
export function splitsOf(weights: unknown, seed: unknown): Sample[] {
  const remedy = "weights from 0 up, not all of them 0: df.randomSplit([0.8, 0.2])";
  if (!Array.isArray(weights) || weights.length === 0) {
    throw argumentError("randomSplit", weights, remedy, "weights");
  }
  for (const weight of weights as unknown[]) {
    if (!(typeof weight === "number" && weight >= 0 && weight < Infinity)) {
      throw argumentError("randomSplit", weight, remedy, "a weight");
    }
  }
  const total = (weights as number[]).reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) throw argumentError("randomSplit", weights, remedy, "weights");
  const chosen = seedOf("randomSplit", seed);
  let upperBound = 0;
  return (weights as number[]).map((weight) => {
    const lowerBound = upperBound;
    upperBound += weight / total;
    return { lowerBound, upperBound, withReplacement: false, seed: chosen, deterministicOrder: true };
  });
}
