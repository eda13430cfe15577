import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import type { Lineage } from "./lineage.ts";
import { operation } from "./lineage-steps.ts";
import { PythonRandom } from "./random/python-random.ts";
import { sampleFraction } from "./random/samplers.ts";
import type { RunningJob } from "./stage-runner.ts";

type Seed = number | bigint;

function seedOf(method: string, seed: unknown): Seed {
  if (seed === undefined || seed === null) return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  if (Number.isInteger(seed) || typeof seed === "bigint") return seed as Seed;
  throw new PlanError(`${method}() was given the seed ${shown(seed)}.`, "Pass a whole number: 42");
}

/** @throws PlanError for anything but true and false */
export function checkReplacement(method: string, withReplacement: unknown): void {
  if (typeof withReplacement === "boolean") return;
  throw new PlanError(
    `${method}() was given ${shown(withReplacement)} for withReplacement.`,
    `Pass false or true first: rdd.${method}(false, …)`,
  );
}

export function sampleArguments(method: string, withReplacement: unknown, fraction: unknown, seed: unknown) {
  checkReplacement(method, withReplacement);
  if (typeof fraction !== "number" || !(fraction >= 0))
    throw new PlanError(
      `${method}() was given the fraction ${shown(fraction)}.`,
      "Pass a number from 0: 0.1",
    );
  return { withReplacement: withReplacement as boolean, fraction, seed: seedOf(method, seed) };
}

export function stratifiedArguments(withReplacement: unknown, fractions: unknown, seed: unknown) {
  const pairs: [unknown, unknown][] =
    fractions instanceof Map
      ? [...(fractions as Map<unknown, unknown>)]
      : typeof fractions === "object" && fractions !== null
        ? Object.entries(fractions)
        : [[undefined, fractions]];
  for (const [, fraction] of pairs) sampleArguments("sampleByKey", withReplacement, fraction, seed);
  return { withReplacement, fractions: pairs, seed: seedOf("sampleByKey", seed) };
}

/** The ranges of [0, 1) that the parts of a split are drawn from. */
export function splitArguments(weights: unknown, seed: unknown) {
  const given: unknown[] = Array.isArray(weights) ? weights : [weights];
  const isRight = given.every((weight) => typeof weight === "number" && weight >= 0);
  const sum = isRight ? (given as number[]).reduce((a, b) => a + b, 0) : 0;
  if (!isRight || !(sum > 0)) {
    throw new PlanError(
      `randomSplit() was given the weights ${shown(weights)}.`,
      "Pass an array of numbers from 0: [0.8, 0.2]",
    );
  }
  const chosen =
    seed === undefined || seed === null ? Math.floor(Math.random() * 2 ** 32) : seedOf("randomSplit", seed);
  let lower = 0;
  return (given as number[]).map((weight) => {
    const args = { lower, upper: lower + weight / sum, seed: chosen };
    lower = args.upper;
    return args;
  });
}

export interface TakeSample {
  readonly withReplacement: boolean;
  readonly num: number;
  readonly seed: Seed | undefined;
}

/** So many records drawn by chance, as PySpark draws them. */
export async function takeSample(
  job: RunningJob,
  source: Lineage,
  { withReplacement, num, seed }: TakeSample,
): Promise<unknown[]> {
  if (num === 0) return [];
  const counts = await job.counts(source);
  const total = counts.reduce((a, b) => a + b, 0);
  if (total === 0) return [];
  const random = new PythonRandom(seedOf("takeSample", seed));
  if (!withReplacement && num >= total) return shuffled(random, await job.collect(source));
  const fraction = sampleFraction(num, total, withReplacement);
  let next = seedOf("takeSample", seed);
  for (;;) {
    const args = { withReplacement, fraction, seed: next };
    const drawn = await job.collect(operation(source, "sample", "takeSample", { args }));
    if (drawn.length >= num) return shuffled(random, drawn).slice(0, num);
    next = random.randint(0n, (1n << 63n) - 1n);
  }
}

function shuffled(random: PythonRandom, records: unknown[]): unknown[] {
  random.shuffle(records);
  return records;
}
