import { expect, test } from "vitest";
import golden from "./java-random.golden.json" with { type: "json" };
import { JavaRandom } from "./java-random.ts";

test.each(golden)("Java's numbers are the same for the seed $seed", (draws) => {
  const random = new JavaRandom(BigInt(draws.seed));
  const bounded = draws.bounds.map((bound) => Array.from({ length: 20 }, () => random.nextInt(bound)));
  expect(bounded).toEqual(draws.bounded);
  expect([random.nextInt(), random.nextInt()]).toEqual(draws.ints);
  expect([random.nextLong(), random.nextLong()].map(String)).toEqual(draws.longs);
  expect([random.nextDouble(), random.nextDouble()]).toEqual(draws.doubles);
});

test.each([0, -1, 1.5, Number.NaN])("the bound %d is refused", (bound) => {
  expect(() => new JavaRandom(1).nextInt(bound)).toThrow(`The bound ${bound} isn't positive.`);
});
