import { StorageError } from "../storage/storage-error.ts";
import { isKafkaError } from "./source/kafka-error.ts";

const RETRY_MS = 1000;

/**
 * Does a step, again every second while Kafka or the storage can't be reached or the disk is full. Each step is one
 * that does no harm when it is done twice.
 * @param patienceMs asked after each failure: for how long in all; what fails longer is thrown
 * @param onProblem told each failure that is tried again
 */
export async function retry<T>(
  step: () => Promise<T>,
  patienceMs: () => number,
  onProblem: (error: unknown) => void,
): Promise<T> {
  const since = performance.now();
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!isPassing(error) || performance.now() - since > patienceMs()) throw error;
      onProblem(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof StorageError) return error.code === "UNREACHABLE" || error.code === "NO_SPACE";
  return isKafkaError(error);
}
