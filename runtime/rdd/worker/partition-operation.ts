// Operations of a whole partition that are ours, by name.
import { added } from "./added.ts";
import { compareValues } from "./compare-values.ts";
import { saveText } from "./files/save-text.ts";
import { KeyMap } from "./key-map.ts";
import { notAPair } from "./not-a-pair.ts";
import { partitionOperations, type PartitionOperation } from "./partition-operations/index.ts";

/** What actions fold a partition with; all give one value a partition, but `reduce` none of an empty one. */
const folds: Readonly<Record<string, PartitionOperation>> = {
  saveText,
  *reduce(records, { functions: [fn] }) {
    let all: [unknown] | undefined;
    for (const record of records) all = [all ? fn(all[0], record) : record];
    if (all) yield all[0];
  },
  /** `functions` are the function and what makes a zero. */
  *aggregate(records, { functions: [fn, zero] }) {
    let all = zero();
    for (const record of records) all = fn(all, record);
    yield all;
  },
  *reduceByKeyLocally(records, { functions: [fn], method }) {
    const found = new KeyMap<unknown>();
    for (const record of records) {
      if (!Array.isArray(record)) throw notAPair(method ?? "reduceByKeyLocally", record);
      const [key, value] = record as [unknown, unknown];
      found.set(key, found.has(key) ? fn(found.get(key), value) : value);
    }
    yield* found.entries();
  },
  *sum(records) {
    let total: unknown = 0;
    for (const record of records) total = added(total, record);
    yield total;
  },
  *max(records, { functions: [keyOf] }) {
    yield* extreme(records, (a, b) => compareValues(b, a), keyOf);
  },
  *min(records, { functions: [keyOf] }) {
    yield* extreme(records, compareValues, keyOf);
  },
  /** The least and the largest number, for the edges of a histogram. */
  *extent(records) {
    let found: [unknown, unknown] | undefined;
    for (const record of records) {
      if (record === null || record === undefined || Number.isNaN(record)) continue;
      found ??= [record, record];
      if (compareValues(record, found[0]) < 0) found[0] = record;
      if (compareValues(record, found[1]) > 0) found[1] = record;
    }
    if (found) yield found;
  },
  /** Pairs with a partition of fewer, on the way of `treeAggregate`. */
  *modulo(records, { partition, args }) {
    for (const record of records) yield [partition % (args as number), record];
  },
};

/** The first record that comes before all others. */
function* extreme(
  records: Iterable<unknown>,
  compare: (a: unknown, b: unknown) => number,
  keyOf: ((record: unknown) => unknown) | undefined,
): Generator<unknown> {
  let best: { readonly record: unknown; readonly key: unknown } | undefined;
  for (const record of records) {
    const key = keyOf ? keyOf(record) : record;
    if (!best || compare(key, best.key) < 0) best = { record, key };
  }
  if (best) yield best.record;
}

export function builtInPartitionOperation(name: string): PartitionOperation {
  const found = Object.hasOwn(folds, name) ? folds[name] : partitionOperations[name];
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
}
