/** PySpark sends items in batches of at most so many, and deals out batches. */
const maxBatch = 1024;

/** The partitions of a list, as PySpark's parallelize makes them. */
export function slicesOf<T>(items: readonly T[], count: number): T[][] {
  const batch = Math.max(1, Math.min(Math.floor(items.length / count), maxBatch));
  const batches = Math.ceil(items.length / batch);
  const edge = (index: number) => Math.floor((index * batches) / count) * batch;
  return Array.from({ length: count }, (_, index) => items.slice(edge(index), edge(index + 1)));
}
