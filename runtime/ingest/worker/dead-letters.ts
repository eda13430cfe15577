import type { TopicPartition } from "../source/topic-partition.ts";

/**
 * The records that could not be parsed, one JSON object a line: topic, partition, offset, timestamp, error, and key and
 * value as base64 of their raw bytes, so that each can be mended and sent again.
 */
export class DeadLetters {
  readonly #partition: TopicPartition;
  readonly #lines: string[] = [];
  #byteCount = 0;

  constructor(partition: TopicPartition) {
    this.#partition = partition;
  }

  get count(): number {
    return this.#lines.length;
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  add(
    record: { readonly offset: number; readonly timestampMs: number },
    error: unknown,
    key: Uint8Array | undefined,
    value: Uint8Array,
  ): void {
    const { topic, partition } = this.#partition;
    const line = JSON.stringify({
      topic,
      partition,
      offset: record.offset,
      timestamp: isoTime(record.timestampMs),
      error: String((error as Error)?.message ?? error),
      key: key ? base64(key) : null,
      value: base64(value),
    });
    this.#lines.push(line);
    this.#byteCount += line.length * 2;
  }

  encode(): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`${this.#lines.join("\n")}\n`);
  }
}

function isoTime(ms: number): string | null {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
