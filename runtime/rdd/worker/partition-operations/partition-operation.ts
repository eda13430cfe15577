/** What an operation of a whole partition gets beside its records. */
export interface PartitionCall {
  readonly partition: number;
  readonly functions: readonly ((...args: unknown[]) => unknown)[];
  readonly args?: unknown;
  /** The user's method, for messages. */
  readonly method?: string;
}

/** Takes the records of one partition, once and in order, and gives its result's. */
export type PartitionOperation = (records: Iterable<unknown>, call: PartitionCall) => Iterable<unknown>;
