import { describe, expect, test } from "vitest";
import { hashKey } from "./hash-key.ts";
import { partitionOf } from "./partition-of.ts";
import golden from "./partition-of.golden.json" with { type: "json" };

type Recorded =
  | null
  | boolean
  | number
  | string
  | readonly Recorded[]
  | { readonly bytes: string }
  | { readonly bigint: string }
  | { readonly float: string }
  | { readonly repeat: string };

function keyOf(recorded: Recorded): unknown {
  if (typeof recorded !== "object" || recorded === null) return recorded;
  if ("bytes" in recorded) return Buffer.from(recorded.bytes, "hex");
  if ("bigint" in recorded) return BigInt(recorded.bigint);
  if ("float" in recorded) return Number(recorded.float);
  if ("repeat" in recorded) return recorded.repeat.repeat(40_000);
  return recorded.map(keyOf);
}

// Python's: never negative.
function modulo(hash: bigint, divisor: number): number {
  const n = BigInt(divisor);
  return Number(((hash % n) + n) % n);
}

describe("the partition of a key", () => {
  test.each([1, 2, 7, 64, 1009, 2 ** 31 - 1])("is PySpark's, of %i", (partitions) => {
    const wrong = (golden as [Recorded, string][]).filter(
      ([key, hash]) => partitionOf(keyOf(key), partitions) !== modulo(BigInt(hash), partitions),
    );
    expect(wrong.map(([key]) => JSON.stringify(key).slice(0, 80))).toEqual([]);
    expect(golden.length).toBeGreaterThan(2000);
  });

  test.each([
    [1, 1n],
    [-1, -1n],
    [0, -0],
    [2 ** 60, 2n ** 60n],
    ["ab", `${"a"}${"b"}`],
    [
      [1, "x"],
      [1n, "x"],
    ],
  ])("is the same for %o and its equal", (a, b) => {
    for (const partitions of [2, 7, 200]) expect(partitionOf(a, partitions)).toBe(partitionOf(b, partitions));
  });

  test("of what Python can't hash goes by its contents", () => {
    expect(partitionOf({ a: 1, b: 2 }, 1000)).toBe(partitionOf({ b: 2, a: 1 }, 1000));
    expect(partitionOf({ a: 1 }, 1000)).toBe(hashKey({ a: 1 }) % 1000);
    expect(partitionOf([{ a: 1 }], 1000)).toBe(partitionOf([{ a: 1 }], 1000));
    expect(partitionOf(new Date(5), 1000)).toBe(hashKey(new Date(5)) % 1000);
    expect(Object.is(partitionOf(-4, 2), 0)).toBe(true);
  });

  test("of what is missing is the first", () => {
    expect([undefined, null, Number.NaN, ""].map((key) => partitionOf(key, 8))).toEqual([0, 0, 0, 0]);
  });

  test("of a tuple that is deeper than any, or holds itself, is refused with what to do", () => {
    const nested = (depth: number) => {
      let key: unknown = [];
      for (let i = 0; i < depth; i++) key = [key];
      return key;
    };
    expect(partitionOf(nested(1200), 100)).toBeLessThan(100);
    expect(() => partitionOf(nested(2000), 100)).toThrow(
      /nested more than 500 deep, or holds itself\.\nUse a part/,
    );
  });
});
