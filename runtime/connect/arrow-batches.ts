import { type RecordBatch, RecordBatchReader } from "apache-arrow";
import type { ExecutePlanResponse } from "./generated/base_pb.js";

/**
 * The Arrow batches in the answers of a query. Each message carries a whole Arrow stream (schema and batches);
 * an empty result still yields one batch of no rows, so that the schema is known.
 */
export async function* arrowBatches(
  responses: AsyncIterable<ExecutePlanResponse>,
): AsyncGenerator<RecordBatch> {
  let chunks: Uint8Array[] = [];
  for await (const { responseType } of responses) {
    if (responseType.case !== "arrowBatch") continue;
    const { data, numChunksInBatch = 1n } = responseType.value;
    chunks.push(data);
    if (BigInt(chunks.length) < numChunksInBatch) continue;
    const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    chunks = [];
    const reader = RecordBatchReader.from(bytes);
    reader.open();
    yield* reader;
  }
}
