import type { PartitionCall } from "./partition-operation.ts";

/** Pairs of a record and its position in the RDD. */
export function* zipWithIndex(
  records: Iterable<unknown>,
  { partition, args }: PartitionCall,
): Generator<[unknown, number]> {
  let index = (args as { readonly starts: readonly number[] }).starts[partition];
  for (const record of records) yield [record, index++];
}

/** Pairs of a record and a number that no other has. */
export function* zipWithUniqueId(
  records: Iterable<unknown>,
  { partition, args }: PartitionCall,
): Generator<[unknown, number]> {
  const { partitions } = args as { readonly partitions: number };
  let id = partition;
  for (const record of records) {
    yield [record, id];
    id += partitions;
  }
}
