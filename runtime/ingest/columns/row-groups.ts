// Which rows of a cut belong to which of its files.
import type { FileRows, Selection } from "./arrow-column.ts";
import type { Values } from "./values.ts";

/** The files of a cut, by the first row of each. @param groups by row: the number of its table partition */
export function groupRows(groups: Int32Array, rowCount: number): FileRows[] {
  const groupOf = groups.subarray(0, rowCount);
  const first = groupOf[0];
  if (groupOf.every((group) => group === first)) {
    return [{ count: rowCount, rows: undefined, groupOf, placeOf: new Int32Array(), group: first }];
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
  const rows = new Map(order.map((group) => [group, new Int32Array(counts[group])]));
  for (let row = 0; row < rowCount; row++) rows.get(groupOf[row])![placeOf[row]] = row;
  return order.map((group) => ({ count: counts[group], rows: rows.get(group), groupOf, placeOf, group }));
}

/** Which values each file takes, in one walk over them. */
export function selectionsOf(values: Values, files: readonly FileRows[]): Selection[] {
  if (files.length === 1) return [{ indexes: undefined, count: values.count }];
  const { rows, count } = values;
  const { groupOf } = files[0];
  const numberOf = new Map(files.map(({ group }, number) => [group, number]));
  const ends = new Int32Array(files.length + 1);
  const fileOf = Int32Array.from({ length: count }, (_, index) => numberOf.get(groupOf[rows[index]])!);
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
