// A shuffle's data: what a map partition writes for a reduce partition, a few thousand records at a time.

/** Takes what a map partition writes. */
export interface SegmentOutput {
  /** `seq` counts the segments of this map partition for `target`, which is a reduce partition; `bucket`: see buckets.ts. */
  segment(target: number, bucket: number, seq: number, count: number, bytes: Uint8Array): void;
}

/** What a reduce partition reads. Lists of them are in the order of (dependency, source, seq). */
export interface Segment {
  /** Which of the shuffles that the reduce partition reads, as the sides of a join are. */
  readonly dependency: number;
  /** The map partition that wrote it. */
  readonly source: number;
  readonly seq: number;
  readonly bucket: number;
  /** How many records there are. */
  readonly count: number;
  /** How many bytes `read` gives. */
  readonly size: number;
  read(): Buffer;
}
