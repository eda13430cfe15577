/** One partition of a running ingest. */
export interface PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  /** Up to which offset the table holds it: the next record to be written. */
  readonly committedOffset: number;
  /** Its end in Kafka; undefined until the first fetch. */
  readonly endOffset?: number;
  /** How many records are in Kafka and not in the table yet. */
  readonly lag?: number;
}

/** What an ingest has done, and where it stands. Counts are of this run. */
export interface IngestProgress {
  readonly state: "starting" | "running" | "stopping" | "stopped" | "failed";
  /** Rows in the table. A row is an event; one record may hold many. */
  readonly rows: number;
  /** Rows parsed a second, over the last seconds. */
  readonly rate: number;
  /** Records of our partitions that are in Kafka and not in the table yet. */
  readonly lag: number;
  /** Parquet files. */
  readonly files: number;
  /** Bytes of these files. */
  readonly bytes: number;
  readonly commits: number;
  /** Records that could not be parsed. */
  readonly deadLetters: number;
  /** Records that Kafka had deleted before they were read, where `failOnDataLoss` is false. */
  readonly lostRecords: number;
  readonly partitions: readonly PartitionProgress[];
  /** What doesn't work at the moment and is tried again. */
  readonly problem?: string;
}

const WINDOW_MS = 5000;

/** Counts over the last seconds. */
export class Rate {
  readonly #samples: { readonly at: number; readonly total: number }[] = [];

  /** @param total everything counted so far */
  sample(total: number, at = performance.now()): void {
    this.#samples.push({ at, total });
    while (this.#samples.length > 2 && this.#samples[1].at <= at - WINDOW_MS) this.#samples.shift();
  }

  /** A second's worth. */
  get perSecond(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at === first.at) return 0;
    return Math.round(((last.total - first.total) * 1000) / (last.at - first.at));
  }
}
