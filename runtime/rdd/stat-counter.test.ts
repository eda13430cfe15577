import { expect, test } from "vitest";
import golden from "./stat-counter.golden.json" with { type: "json" };
import { StatCounter } from "./stat-counter.ts";

type Names = ReturnType<StatCounter["asDict"]>;

function numberOf(text: string): number {
  return Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
}

test.each(golden)("statistics are PySpark's, case %#", (partitions, answers) => {
  const states = partitions.map((values) => new StatCounter((values as string[]).map(numberOf)).state());
  const counter = StatCounter.merged(states);
  for (const [sample, wanted] of answers.entries()) {
    const recorded = Object.entries(wanted as unknown as Record<string, string>);
    const ours = counter.asDict(sample === 1);
    expect(recorded.length).toBe(7);
    for (const [name, value] of recorded) {
      expect([name, ours[name as keyof Names]]).toEqual([name, numberOf(value)]);
    }
  }
});

test("a counter merged with itself counts everything twice, and a copy stands alone", () => {
  const counter = new StatCounter([1, 2, 3]);
  const copy = counter.copy();
  counter.mergeStats(counter);
  expect(counter.count()).toBe(6);
  expect(counter.mean()).toBe(2);
  expect(copy.count()).toBe(3);
});

test("is shown as PySpark shows it", () => {
  expect(String(new StatCounter([1, 2, 3, 4]))).toBe(
    "(count: 4, mean: 2.5, stdev: 1.118033988749895, max: 4, min: 1)",
  );
});

test("NaN makes everything but the count NaN", () => {
  const { count, ...others } = new StatCounter([1, Number.NaN, 2]).asDict();
  expect(count).toBe(3);
  expect(Object.values(others)).toEqual(Array(6).fill(Number.NaN));
});
