import { getHeapStatistics } from "node:v8";

const checkedRecords = 1 << 14;
/** So many at least between two flushes: what is used may be garbage. */
const minRecords = 1 << 16;
const maxUsed = Math.min(192 << 20, heapLimit() / 2);

/** How large this process lets its heap grow: its memory limit is a setting. */
export function heapLimit(): number {
  return getHeapStatistics().heap_size_limit;
}

/**
 * Says when it is time to let records go, since the heap is full whatever was counted: a piece of a text, for example,
 * keeps all of the text.
 */
export class HeapWatch {
  #records = 0;

  /** Whether the heap is full; `flushed` begins anew. Called for each record. */
  isFull(): boolean {
    if (++this.#records % checkedRecords !== 0 || this.#records < minRecords) return false;
    return getHeapStatistics().used_heap_size > maxUsed;
  }

  flushed(): void {
    this.#records = 0;
  }
}
