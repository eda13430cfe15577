// Which rows of a cut belong to which of its files.
import type { Values } from "./values.ts";

/** Which of a cut's rows a file has. */
export interface FileRows {
  readonly count: number;
  /** The number of its table partition. */
  readonly group: number;
  /** By row of the cut: the number of its table partition, and which row of its file it is. */
  readonly groupOf: Int32Array;
  readonly placeOf: Int32Array;
}

/** The values that belong to one file: their indexes, or all where undefined. */
export interface Selection {
  readonly indexes: Int32Array | undefined;
  readonly count: number;
}

/** The files of a cut, by the first row of each. @param groups by row: the number of its table partition */
export function groupRows(groups: Int32Array, rowCount: number): FileRows[] {
  const groupOf = groups.subarray(0, rowCount);
  const first = groupOf[0];
  if (groupOf.every((group) => group === first)) {
    return [{ count: rowCount, group: first, groupOf, placeOf: new Int32Array() }];
  }
  const placeOf = new Int32Array(rowCount);
  const counts: number[] = [];
  const order: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const group = groupOf[row];
    if (counts[group] === undefined) {
      counts[group] = 0;
      order.push(group);
    }
    placeOf[row] = counts[group]++;
  }
  return order.map((group) => ({ count: counts[group], group, groupOf, placeOf }));
}

/** Which values each file takes, in one walk over them. */
export function selectionsOf(values: Values, files: readonly FileRows[]): Selection[] {
  if (files.length === 1) return [{ indexes: undefined, count: values.count }];
  const { count } = values;
  const { groupOf } = files[0];
  const numberOf = new Map(files.map(({ group }, number) => [group, number]));
  const ends = new Int32Array(files.length + 1);
  const fileOf = Int32Array.from({ length: count }, (_, index) =>
    numberOf.get(groupOf[values.rowAt(index)])!,
  );
  for (let index = 0; index < count; index++) ends[fileOf[index] + 1]++;
  for (let file = 0; file < files.length; file++) ends[file + 1] += ends[file];
  const indexes = new Int32Array(count);
  const next = ends.slice();
  for (let index = 0; index < count; index++) indexes[next[fileOf[index]]++] = index;
  return files.map((_, file) => ({
    indexes: indexes.subarray(ends[file], ends[file + 1]),
    count: ends[file + 1] - ends[file],
  }));
}
