export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** `siem-3`: how Kafka itself names a partition. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
