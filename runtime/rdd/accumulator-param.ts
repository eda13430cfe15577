import type { BundleNode } from "./closures/bundle.ts";
import { travels } from "./closures/travels.ts";

/**
 * How an accumulator adds: extend it for values that aren't numbers. It runs here and on the executors.
 * @example
 * class Longest extends AccumulatorParam<string> {
 *   zero() { return ""; }
 *   addInPlace(a: string, b: string) { return b.length > a.length ? b : a; }
 * }
 * const longest = sc.accumulator("", new Longest());
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.AccumulatorParam.html
 */
export class AccumulatorParam<T> {
  /**
   * What each partition begins with: adding it to a value gives that value.
   * @param value the accumulator's own, for its size, as the length of a vector
   */
  zero(_value: T): T {
    throw new TypeError(`${this.constructor.name} has no zero(value), with what a partition begins.`);
  }

  /**
   * The sum of two values. It may change the first and return it; in any order, so it must be associative and commutative.
   * @param first what was added so far
   * @param second a term, or what another partition has added
   */
  addInPlace(_first: T, _second: T): T {
    throw new TypeError(`${this.constructor.name} has no addInPlace(first, second), which adds two values.`);
  }

  /** Workers have this class already. */
  static [travels](): BundleNode {
    return { kind: "provided", library: "shared", member: "AccumulatorParam" };
  }
}

/** What an accumulator needs of an {@link AccumulatorParam}. */
export type Adding<T> = Pick<AccumulatorParam<T>, "zero" | "addInPlace">;

/** Of numbers, and of bigints. */
export const addingNumbers: Adding<number | bigint> = {
  zero: (value) => (typeof value === "bigint" ? 0n : 0),
  addInPlace(first, second) {
    if (typeof first === typeof second) return (first as number) + (second as number);
    const kinds = { number: "a number", bigint: "a bigint" } as Record<string, string>;
    const given = kinds[typeof second] ?? (second === null ? "null" : `of type ${typeof second}`);
    throw new TypeError(
      `add() of an accumulator was given ${String(second)}, ${given}; it adds ${typeof first}s. ` +
        (typeof first === "bigint"
          ? "Convert it: BigInt(n)."
          : "Convert it: Number(n), or begin with 0n to add bigints."),
    );
  },
};
