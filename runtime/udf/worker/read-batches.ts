import { type RecordBatch, RecordBatchReader } from "apache-arrow";

/** The batches of an Arrow stream. */
export function readBatches(stream: Uint8Array): RecordBatch[] {
  return [...(RecordBatchReader.from(stream) as Iterable<RecordBatch>)];
}
