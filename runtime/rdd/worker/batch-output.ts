import type { ColumnLayout } from "../../sql/columns/column-layouts.ts";

/*
 * Messages from the worker to the shim. Little endian; each starts with three uint32:
 *
 *   offset  type    meaning
 *   0       uint32  what it is: MessageKind
 *   4       uint32  bytes of the first part
 *   8       uint32  bytes of the second part
 *
 * `batch`: the first part is uint32s: rows, columns (with children, depth first), buffers; then for each column its
 * length and its null count; then for each buffer its offset and length in the second part. Buffers are those of
 * Arrow's columnar format, at multiples of 64 bytes; a validity buffer of length 0 means that nothing is null.
 * `failure`: the first part is text for the engine's error message.
 */
export const MessageKind = { ready: 1, batch: 2, complete: 3, failure: 4 } as const;

type Write = (bytes: Uint8Array) => void;

const alignment = 64;
const padding = new Uint8Array(alignment);

/** Writes the messages of a worker. */
export class BatchOutput {
  readonly #write: Write;

  constructor(write: Write) {
    this.#write = write;
  }

  ready(): void {
    this.#header(MessageKind.ready, 0, 0);
  }

  complete(): void {
    this.#header(MessageKind.complete, 0, 0);
  }

  failure(text: string): void {
    const bytes = Buffer.from(text);
    this.#header(MessageKind.failure, bytes.length, 0);
    this.#write(bytes);
  }

  batch(rowCount: number, columns: readonly ColumnLayout[]): void {
    const nodes = columns.flatMap(depthFirst);
    const buffers = nodes.flatMap((node) => node.buffers);
    const meta = new Uint32Array(3 + 2 * nodes.length + 2 * buffers.length);
    meta.set([rowCount, nodes.length, buffers.length]);
    let at = 3;
    for (const { length, nullCount } of nodes) {
      meta[at++] = length;
      meta[at++] = nullCount;
    }
    let offset = 0;
    for (const { byteLength } of buffers) {
      meta[at++] = offset;
      meta[at++] = byteLength;
      offset += aligned(byteLength);
    }
    this.#header(MessageKind.batch, meta.byteLength, offset);
    this.#write(new Uint8Array(meta.buffer));
    for (const buffer of buffers) {
      if (buffer.length > 0) this.#write(buffer);
      if (aligned(buffer.length) > buffer.length)
        this.#write(padding.subarray(0, aligned(buffer.length) - buffer.length));
    }
  }

  #header(kind: number, first: number, second: number): void {
    this.#write(new Uint8Array(Uint32Array.of(kind, first, second).buffer));
  }
}

function depthFirst(column: ColumnLayout): ColumnLayout[] {
  return [column, ...column.children.flatMap(depthFirst)];
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}
