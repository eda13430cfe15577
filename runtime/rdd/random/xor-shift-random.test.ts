import { expect, test } from "vitest";
import { XorShiftRandom } from "./xor-shift-random.ts";

const bounds = [2, 3, 8, 10, 1000, 2 ** 30, 2 ** 30 + 1, 2 ** 31 - 1];

// What org.apache.spark.util.random.XORShiftRandom of Spark 4.2 gave.
test.each([
  [0n, [0, 0, 1, 0, 111, 726361060, 517684562, 637487988]],
  [1n, [0, 0, 7, 1, 645, 341424590, 273592211, 1490468119]],
  [2n, [1, 0, 4, 5, 134, 429181239, 97668279, 453025462]],
  [7n, [0, 0, 0, 3, 61, 480255135, 648482446, 826029351]],
  [123456789n, [1, 1, 1, 3, 78, 86385437, 529028430, 1159717147]],
  [-1n, [0, 0, 1, 2, 755, 865382979, 329636230, 1637565463]],
  [2n ** 40n, [1, 1, 5, 1, 202, 1019935361, 521392741, 1556353250]],
])("Spark's numbers are the same for the seed %s", (seed, expected) => {
  const random = new XorShiftRandom(seed);
  expect(bounds.map((bound) => random.nextInt(bound))).toEqual(expected);
});

test.each([0, -1, 1.5, Number.NaN])("the bound %d is refused", (bound) => {
  expect(() => new XorShiftRandom(1).nextInt(bound)).toThrow(`The bound ${bound} isn't positive.`);
});
