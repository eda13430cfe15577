// How a stage's MapOutput places and joins records, with the functions of the job.
import type { Combiner, MapOutput, SortOrder } from "../stage.ts";
import { decodeRecords } from "./records.ts";
import { compareValues } from "./compare-values.ts";
import { notAPair } from "./not-a-pair.ts";
import { partitionOf, partitionSaid } from "./partition-of.ts";
import { XorShiftRandom } from "../random/xor-shift-random.ts";
import type { RevivedJob } from "./revived-job.ts";
import type { MapSide } from "./shuffle/shuffle-writer.ts";

export interface RecordMapSide extends MapSide {
  /** The record as the shuffle takes it. @throws TypeError for what isn't a pair */
  shaped(record: unknown): unknown;
}

/** @param source the partition that is written */
export function mapSide(output: MapOutput, job: RevivedJob, source: number): RecordMapSide {
  const { partitions, record, method, combiner, isGrouped } = output;
  return {
    partitions,
    record: record === "any" ? "any" : "pair",
    isGrouped,
    place: placement(output, job, source),
    combine: record === "distinct" ? keysOnly : combiner && combining(combiner, job),
    shaped: shape(record, method),
  };
}

const keysOnly = { create: () => null, mergeValue: () => null, mergeCombiners: () => null };

function shape(record: MapOutput["record"], method: string): (record: unknown) => unknown {
  if (record === "any") return (value) => value;
  if (record === "distinct") return (value) => [value, null];
  return (value) => {
    if (Array.isArray(value) && value.length === 2) return value;
    throw notAPair(method, value);
  };
}

export function combining({ create, zero, mergeValue, mergeCombiners }: Combiner, job: RevivedJob) {
  const merge = job.functionAt(mergeValue);
  const first = create === undefined ? undefined : job.functionAt(create);
  const fresh = zero === undefined ? undefined : job.freshValue(zero);
  return {
    create: first ?? (fresh ? (value: unknown) => merge(fresh(), value) : (value: unknown) => value),
    mergeValue: merge,
    mergeCombiners: job.functionAt(mergeCombiners),
  };
}

type Place = (key: unknown, record: unknown) => number;

function placement(
  { placement: place, partitions, method }: MapOutput,
  job: RevivedJob,
  source: number,
): Place {
  if (partitions === 1 && place.kind !== "function") return () => 0;
  switch (place.kind) {
    case "hash":
      return (key) => partitionOf(key, partitions);
    case "function":
      return byFunction(job.functionAt(place.fn), partitions, method);
    case "range":
      return byBounds(decodeRecords(place.bounds, job.classes) as unknown[], place.order, partitions, job);
    case "spread":
      return evenly(partitions, source);
    case "same":
      return () => source;
  }
}

function byFunction(fn: (key: unknown) => unknown, partitions: number, method: string): Place {
  return (key) => partitionSaid(fn(key), partitions, method);
}

function byBounds(
  bounds: readonly unknown[],
  { isAscending, keyFunction }: SortOrder,
  partitions: number,
  job: RevivedJob,
): Place {
  const keyOf = keyFunction === undefined ? undefined : job.functionAt(keyFunction);
  return (key) => {
    const wanted = keyOf ? keyOf(key) : key;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareValues(bounds[middle], wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return isAscending ? low : partitions - 1 - low;
  };
}

/** PySpark's repartition moves records ten by ten, from a random first partition on. */
const recordsTogether = 10;

function evenly(partitions: number, source: number): Place {
  let position = new XorShiftRandom(source).nextInt(partitions);
  let count = 0;
  return () => {
    if (count++ % recordsTogether === 0) position++;
    return position % partitions;
  };
}
