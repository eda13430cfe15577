import { describe, expect, test } from "vitest";
import golden from "./hyper-log-log.golden.json" with { type: "json" };
import { HyperLogLog } from "./hyper-log-log.ts";
import { approxDistinct } from "./worker/partition-operations/approx-distinct.ts";

/** A relative error for which Spark takes this precision. */
function errorFor(precision: number): number {
  return 1.054 / 2 ** (precision / 2 - 0.1);
}

function sketches(partitions: Iterable<unknown>[], relativeSD: number): Uint8Array[] {
  return partitions.flatMap((records, partition) => [
    ...approxDistinct(records, { partition, functions: [], args: { relativeSD } }),
  ]);
}

describe("an estimate of different values", () => {
  test.each(golden)("is Spark's: precision %i, %i values, about %i", (precision, count, wanted) => {
    const values = Array.from({ length: count }, (_, i) => Number((BigInt(i) * 2654435761n) & 0xffffffffn));
    const partitions = [values.slice(0, count / 3), values.slice(count / 4), []];
    const partial = sketches(partitions, errorFor(precision));
    expect(partial.map(({ length }) => length)).toEqual(Array(3).fill(2 ** precision));
    expect(HyperLogLog.merged(partial).cardinality()).toBe(wanted);
  });

  test("counts equal arrays, objects and texts once", () => {
    const values = Array.from({ length: 300 }, (_, i) => [
      [i % 10, "a"],
      { n: i % 10 },
      `${i % 10}`,
      i % 10,
    ]).flat();
    expect(HyperLogLog.merged(sketches([values], 0.01)).cardinality()).toBe(40);
  });

  test("of nothing is 0", () => {
    expect(HyperLogLog.merged([]).cardinality()).toBe(0);
    expect(HyperLogLog.merged(sketches([[]], 0.05)).cardinality()).toBe(0);
  });

  test("that needs too much memory is refused with what to do", () => {
    expect(() => sketches([[1]], 0.00001)).toThrow(
      "countApproxDistinct with the relative error 0.00001 would need 2^34 registers.\nPass 0.00013 or more",
    );
  });
});
