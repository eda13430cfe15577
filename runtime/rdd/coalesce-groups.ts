/** Which partitions become one when there are to be fewer, as Spark's coalesce has it without places to prefer. */
export function coalesceGroups(partitions: number, wanted: number): number[][] {
  const groups = Math.min(partitions, wanted);
  const edge = (group: number) => Math.floor((group * partitions) / groups);
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: edge(group + 1) - edge(group) }, (_none, index) => edge(group) + index),
  );
}
