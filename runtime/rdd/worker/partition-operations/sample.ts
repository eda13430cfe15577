import { sampler } from "../../random/samplers.ts";
import { KeyMap } from "../key-map.ts";
import { notAPair } from "../not-a-pair.ts";
import { describeValue } from "../../../sql/columns/row-error.ts";
import type { PartitionCall } from "./partition-operation.ts";

type Seed = number | bigint;

interface Sample {
  readonly withReplacement: boolean;
  readonly fraction: number;
  readonly seed: Seed;
}

/** Records drawn as PySpark's `sample` draws them. */
export function* sample(records: Iterable<unknown>, { partition, args }: PartitionCall): Generator<unknown> {
  const { withReplacement, fraction, seed } = args as Sample;
  const { count } = sampler(seed, partition, withReplacement);
  for (const record of records) {
    for (let left = count(fraction); left > 0; left--) yield record;
  }
}

interface SampleByKey {
  readonly withReplacement: boolean;
  readonly fractions: readonly (readonly [key: unknown, fraction: number])[];
  readonly seed: Seed;
}

/** Pairs drawn as PySpark's `sampleByKey` draws them. */
export function* sampleByKey(records: Iterable<unknown>, call: PartitionCall): Generator<unknown> {
  const { withReplacement, fractions, seed } = call.args as SampleByKey;
  const { count } = sampler(seed, call.partition, withReplacement);
  const fractionOf = new KeyMap<number>();
  for (const [key, fraction] of fractions) fractionOf.set(key, fraction);
  for (const record of records) {
    if (!Array.isArray(record) || record.length !== 2) throw notAPair("sampleByKey", record);
    const fraction = fractionOf.get(record[0]);
    if (fraction === undefined) {
      throw new TypeError(
        `sampleByKey has no fraction for the key ${describeValue(record[0])}.\n` +
          "Give each key one, or leave the others out first: pairs.filter(([key]) => …)",
      );
    }
    for (let left = count(fraction); left > 0; left--) yield record;
  }
}

interface Split {
  readonly lower: number;
  readonly upper: number;
  readonly seed: Seed;
}

/** Records whose draw is between two bounds, as in PySpark's `randomSplit`. */
export function* split(records: Iterable<unknown>, { partition, args }: PartitionCall): Generator<unknown> {
  const { lower, upper, seed } = args as Split;
  const { uniform } = sampler(seed, partition);
  for (const record of records) {
    const drawn = uniform();
    if (lower <= drawn && drawn < upper) yield record;
  }
}
