import { PythonRandom } from "./python-random.ts";

/** Which records of a partition are drawn, by PySpark's draws for a seed. */
export interface Sampler {
  /** How many times the next record is taken. */
  count(fraction: number): number;
  /** A number from 0 to below 1 for the next record. */
  uniform(): number;
}

export function sampler(seed: number | bigint, partition: number, withReplacement = false): Sampler {
  const random = new PythonRandom(BigInt(seed) ^ BigInt(partition));
  // The seeds of partitions are close to each other: PySpark draws some numbers away.
  for (let i = 0; i < 10; i++) random.randint(0, 1);
  const uniform = () => random.random();
  if (withReplacement) return { uniform, count: (mean) => poisson(random, mean) };
  return { uniform, count: (fraction) => (random.random() < fraction ? 1 : 0) };
}

// Knuth's way; from 20 on with logarithms, where the product would be too small.
function poisson(random: PythonRandom, mean: number): number {
  let count = 0;
  if (mean < 20) {
    const limit = Math.exp(-mean);
    for (let product = random.random(); product > limit; product *= random.random()) count++;
  } else {
    for (let sum = random.expovariate(mean); sum < 1; sum += random.expovariate(mean)) count++;
  }
  return count;
}

/**
 * The fraction to sample by so that at least `count` of `total` records come, almost surely (99.99 %).
 * @see https://github.com/apache/spark/blob/master/python/pyspark/core/rdd.py `_computeFractionForSampleSize`
 */
export function sampleFraction(count: number, total: number, withReplacement: boolean): number {
  const fraction = count / total;
  if (withReplacement) return fraction + (count < 12 ? 9 : 5) * Math.sqrt(fraction / total);
  const gamma = -Math.log(0.00005) / total;
  return Math.min(1, fraction + gamma + Math.sqrt(gamma * gamma + 2 * gamma * fraction));
}
