import { describe, expect, test } from "vitest";
import golden from "./python-random.golden.json" with { type: "json" };
import { PythonRandom, randomSeed } from "./python-random.ts";
import { sampleFraction, sampler } from "./samplers.ts";

function recorded<T extends readonly unknown[]>(kind: string): T[] {
  const lines = (golden as unknown[][]).filter(([name]) => name === kind).map(([, ...rest]) => rest);
  expect(lines.length).toBeGreaterThan(5);
  return lines as unknown as T[];
}

interface Draws {
  readonly random: readonly number[];
  readonly bits: readonly string[];
  readonly ints: readonly unknown[];
  readonly expovariate: readonly number[];
  readonly shuffled: readonly number[];
  readonly samples: readonly (readonly number[])[];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

describe("Python's random numbers", () => {
  test.each(recorded<[string, Draws]>("random"))("are the same for the seed %s", (seed, draws) => {
    const random = new PythonRandom(BigInt(seed));
    expect(
      range(700)
        .map(() => random.random())
        .slice(-5),
    ).toEqual(draws.random);
    const bits = [1, 5, 31, 32, 33, 53, 54, 64, 100];
    expect(bits.map((count) => String(random.getrandbits(count)))).toEqual(draws.bits);
    const ints = [random.randint(0, 1), random.randint(-5, 5), random.randint(3, 3)];
    expect([...ints, String(random.randint(0, 2n ** 63n - 1n))]).toEqual(draws.ints);
    for (const wanted of draws.expovariate) expect(random.expovariate(25)).toBeCloseTo(wanted, 14);
    const items = range(30);
    random.shuffle(items);
    expect(items).toEqual(draws.shuffled);
    const samples = [
      [5, 5],
      [22, 3],
      [21, 3],
      [100, 6],
      [1000, 20],
      [9, 0],
    ];
    expect(samples.map(([size, count]) => random.sample(range(size), count))).toEqual(draws.samples);
  });

  test("a number and a bigint are the same seed", () => {
    expect(new PythonRandom(2 ** 40).random()).toBe(new PythonRandom(2n ** 40n).random());
  });

  test("differ each time without a seed", () => {
    expect(new PythonRandom().random()).not.toBe(new PythonRandom().random());
    expect(Number.isSafeInteger(randomSeed())).toBe(true);
  });

  test("a sample larger than what there is is refused", () => {
    expect(() => new PythonRandom(1).sample([1], 2)).toThrow("A sample of 1 items can't have 2.");
  });
});

type Sampled = [seed: string, split: number, replacing: boolean, fraction: number, taken: number[]];

describe("PySpark's samplers", () => {
  test("draw the same records", () => {
    for (const [seed, split, replacing, fraction, taken] of recorded<Sampled>("sample")) {
      const draw = sampler(BigInt(seed), split, replacing);
      const records = range(fraction > 2 ? 30 : 200);
      const ours = records.flatMap((record) => Array<number>(draw.count(fraction)).fill(record));
      expect([seed, split, replacing, fraction, ours]).toEqual([seed, split, replacing, fraction, taken]);
    }
  });

  test("split the same records off", () => {
    type Split = [seed: string, split: number, lower: number, upper: number, taken: number[]];
    for (const [seed, split, lower, upper, taken] of recorded<Split>("split")) {
      const draw = sampler(BigInt(seed), split);
      const ours = range(200).filter(() => {
        const drawn = draw.uniform();
        return lower <= drawn && drawn < upper;
      });
      expect(ours).toEqual(taken);
    }
  });

  test("sample by fractions that differ from record to record", () => {
    const fractions = [0.1, 0.5, 1.5];
    type ByKey = [seed: string, split: number, replacing: boolean, taken: number[]];
    for (const [seed, split, replacing, taken] of recorded<ByKey>("sampleByKey")) {
      const draw = sampler(BigInt(seed), split, replacing);
      expect(range(200).flatMap((i) => Array<number>(draw.count(fractions[i % 3])).fill(i))).toEqual(taken);
    }
  });

  test("take the same fraction to be sure of a count", () => {
    type Fraction = [count: number, total: number, replacing: boolean, fraction: number];
    for (const [count, total, replacing, fraction] of recorded<Fraction>("fraction")) {
      expect(sampleFraction(count, total, replacing)).toBeCloseTo(fraction, 14);
    }
  });
});
