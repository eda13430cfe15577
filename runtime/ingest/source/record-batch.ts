/** Records of one partition as they were fetched, in their order, in one block of memory that a thread can take over. */
export interface RecordBatch {
  readonly count: number;
  /** Keys and values, one after another: key, value, key, value, … */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Two numbers a record: where its key and its value end in `bytes`; -1 stands for null. */
  readonly ends: Int32Array<ArrayBuffer>;
  readonly offsets: Float64Array<ArrayBuffer>;
  /** Milliseconds since 1970, UTC. */
  readonly timestamps: Float64Array<ArrayBuffer>;
}

/** A record as Kafka's client gives it. */
export interface FetchedRecord {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null | undefined;
  readonly value: Buffer | null | undefined;
}

/** Copies records into one block. */
export function packRecords(records: readonly FetchedRecord[]): RecordBatch {
  const count = records.length;
  let size = 0;
  for (const { key, value } of records) size += (key?.length ?? 0) + (value?.length ?? 0);
  const bytes = new Uint8Array(size);
  const ends = new Int32Array(count * 2);
  const offsets = new Float64Array(count);
  const timestamps = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const { key, value, offset, timestampMs } = records[i];
    offsets[i] = offset;
    timestamps[i] = timestampMs;
    if (key) {
      bytes.set(key, at);
      at += key.length;
    }
    ends[i * 2] = key ? at : -1;
    if (value) {
      bytes.set(value, at);
      at += value.length;
    }
    ends[i * 2 + 1] = value ? at : -1;
  }
  return { count, bytes, ends, offsets, timestamps };
}

/** Where a record's key and value begin and end in the batch's bytes. */
export interface RecordSpan {
  readonly index: number;
  readonly key?: readonly [start: number, end: number];
  readonly value?: readonly [start: number, end: number];
}

export function* spans(batch: Pick<RecordBatch, "count" | "ends">): Generator<RecordSpan> {
  let at = 0;
  for (let index = 0; index < batch.count; index++) {
    const keyEnd = batch.ends[index * 2];
    const key = keyEnd < 0 ? undefined : ([at, keyEnd] as const);
    if (keyEnd >= 0) at = keyEnd;
    const valueEnd = batch.ends[index * 2 + 1];
    const value = valueEnd < 0 ? undefined : ([at, valueEnd] as const);
    if (valueEnd >= 0) at = valueEnd;
    yield { index, key, value };
  }
}
