// What the types of RDDs know of pairs without a word about them: checked by tsc, nothing of this runs.
import { expectTypeOf } from "vitest";
import type { RDD } from "./rdd.ts";

declare const words: RDD<string>;

const pairs = words.map((word) => [word, 1]);
expectTypeOf(pairs).toEqualTypeOf<RDD<[string, number]>>();
expectTypeOf(pairs.reduceByKey((a, b) => a + b)).toEqualTypeOf<RDD<[string, number]>>();
expectTypeOf(words.flatMap((word) => [[word, word.length]])).toEqualTypeOf<RDD<[string, number]>>();
expectTypeOf(
  pairs.join(words.map((word) => [word, word.split("")])).mapValues(([n]) => [n, "x"]),
).toEqualTypeOf<RDD<[string, [number, string]]>>();
expectTypeOf(
  pairs.combineByKey(
    (n) => [n, 1],
    (sum, n) => [sum[0] + n, sum[1] + 1],
    (a, b) => [a[0] + b[0], a[1] + b[1]],
  ),
).toEqualTypeOf<RDD<[string, [number, number]]>>();
expectTypeOf(words.keyBy((word) => [word, 1])).toEqualTypeOf<RDD<[[string, number], string]>>();

// What is no tuple stays what it is.
expectTypeOf(words.map((word) => word.split(","))).toEqualTypeOf<RDD<string[]>>();
expectTypeOf(words.map(() => "x")).toEqualTypeOf<RDD<string>>();
expectTypeOf(words.map(() => null)).toEqualTypeOf<RDD<null>>();
expectTypeOf(words.map((word) => ({ word, sizes: [1, 2] }))).toEqualTypeOf<
  RDD<{ word: string; sizes: number[] }>
>();
expectTypeOf(words.map((word) => JSON.parse(word))).toEqualTypeOf<RDD<any>>();
