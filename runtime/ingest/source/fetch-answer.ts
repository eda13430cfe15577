import type { Consumer, RecordsBatch } from "@platformatic/kafka";
import type { TopicPartition } from "./topic-partition.ts";

type FetchResponse = Awaited<ReturnType<Consumer["fetch"]>>;

const OFFSET_OUT_OF_RANGE = 1;

/** What a fetch gave for one partition. */
export interface FetchAnswer extends TopicPartition {
  readonly batches: readonly RecordsBatch[];
  /** Transactions that were aborted, and have records among these. */
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[];
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly isOutOfRange: boolean;
  readonly error?: Error;
}

/**
 * The answers of one fetch by partition. A partition that failed doesn't take the others' records with it.
 * @param names topics by their ids
 * @throws the fetch's own error where it gave no answer at all
 */
export async function readFetchAnswer(
  fetched: Promise<FetchResponse>,
  names: ReadonlyMap<string, string>,
): Promise<FetchAnswer[]> {
  let failure: Error | undefined;
  const response = await fetched.catch((error: Error) => {
    failure = error;
    return responseOf(error);
  });
  if (!response || response.errorCode !== 0)
    throw failure ?? new Error(`Kafka answered ${response?.errorCode}.`);
  const answers: FetchAnswer[] = [];
  for (const { topicId, partitions } of response.responses) {
    const topic = names.get(topicId);
    if (topic === undefined) continue;
    for (const each of partitions) {
      answers.push({
        topic,
        partition: each.partitionIndex,
        batches: each.records ?? [],
        aborted: each.abortedTransactions ?? [],
        highWatermark: Number(each.highWatermark),
        logStartOffset: Number(each.logStartOffset),
        isOutOfRange: each.errorCode === OFFSET_OUT_OF_RANGE,
        error: each.errorCode === 0 ? undefined : (failure ?? new Error(`Kafka answered ${each.errorCode}.`)),
      });
    }
  }
  if (failure && answers.every(({ error }) => !error)) throw failure;
  return answers;
}

/** The answer inside an error, at whatever depth the library's retries have put it. */
function responseOf(error: unknown): FetchResponse | undefined {
  const { response, errors } = error as { response?: FetchResponse; errors?: unknown[] };
  if (response && Array.isArray(response.responses)) return response;
  for (const inner of (errors ?? []).toReversed()) {
    const found = responseOf(inner);
    if (found) return found;
  }
  return undefined;
}
