import type { FetchAnswer } from "./fetch-answer.ts";
import type { FetchedRecord } from "./record-batch.ts";

/** Kafka's own marks for batches of a transaction, and for those that hold no records of a producer. */
const IS_TRANSACTIONAL = 1 << 4;
const IS_CONTROL = 1 << 5;

/**
 * The records at or after an offset: a fetch gives whole batches, which may begin before it. Those of transactions that
 * were aborted are left out.
 * @see https://kafka.apache.org/documentation/#consumerconfigs_isolation.level
 */
export function takeRecords({ batches, aborted }: Pick<FetchAnswer, "batches" | "aborted">, from: number) {
  const records: FetchedRecord[] = [];
  let nextOffset = from;
  // The client leaves out only the last of a producer's, and only where its end was fetched too.
  const transactions = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const aborting = new Set<bigint>();
  for (const batch of batches) {
    const firstOffset = Number(batch.firstOffset);
    const end = firstOffset + batch.lastOffsetDelta + 1;
    nextOffset = Math.max(nextOffset, end);
    while (transactions.length > 0 && transactions[0].firstOffset < end) {
      aborting.add(transactions.shift()!.producerId);
    }
    if (batch.attributes & IS_CONTROL) {
      aborting.delete(batch.producerId);
      continue;
    }
    if (batch.attributes & IS_TRANSACTIONAL && aborting.has(batch.producerId)) continue;
    const firstTimestamp = Number(batch.firstTimestamp);
    for (const { offsetDelta, timestampDelta, key, value } of batch.records) {
      const offset = firstOffset + offsetDelta;
      if (offset < from) continue;
      records.push({ offset, timestampMs: firstTimestamp + Number(timestampDelta), key, value });
    }
  }
  return { records, nextOffset };
}
