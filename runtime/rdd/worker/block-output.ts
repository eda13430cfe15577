import { BlockKind } from "../stage.ts";
import type { ColumnLayout } from "../../sql/columns/column-layouts.ts";
import type { BatchOutput } from "./batch-output.ts";

/** A batch is sent when its blobs reach this size, so that neither side holds more than a few of them. */
const maxBatchBytes = 1 << 20;

/** Writes rows of blocks: (pid, source, seq, kind, blob). */
export class BlockOutput {
  readonly #output: BatchOutput;
  #columns: [number[], number[], number[], number[]] = [[], [], [], []];
  #blobs: Uint8Array[] = [];
  #bytes = 0;

  constructor(output: BatchOutput) {
    this.#output = output;
  }

  data(pid: number, source: number, seq: number, blob: Uint8Array): void {
    this.row(pid, source, seq, BlockKind.data, blob);
  }

  /** Says that `source` has written all of its `count` blocks for `pid`. */
  done(pid: number, source: number, count: number): void {
    this.row(pid, source, count, BlockKind.done, new Uint8Array());
  }

  row(pid: number, source: number, seq: number, kind: number, blob: Uint8Array): void {
    if (this.#bytes > 0 && this.#bytes + blob.length > maxBatchBytes) this.flush();
    [pid, source, seq, kind].forEach((value, index) => this.#columns[index].push(value));
    this.#blobs.push(blob);
    this.#bytes += blob.length;
  }

  flush(): void {
    const rowCount = this.#blobs.length;
    if (rowCount === 0) return;
    this.#output.batch(rowCount, [...this.#columns.map(int32Column), binaryColumn(this.#blobs)]);
    this.#columns = [[], [], [], []];
    this.#blobs = [];
    this.#bytes = 0;
  }
}

function int32Column(values: number[]): ColumnLayout {
  const data = new Uint8Array(Int32Array.from(values).buffer);
  return { length: values.length, nullCount: 0, buffers: [new Uint8Array(), data], children: [] };
}

function binaryColumn(blobs: Uint8Array[]): ColumnLayout {
  const offsets = new Int32Array(blobs.length + 1);
  blobs.forEach((blob, index) => (offsets[index + 1] = offsets[index] + blob.length));
  const buffers = [new Uint8Array(), new Uint8Array(offsets.buffer), Buffer.concat(blobs)];
  return { length: blobs.length, nullCount: 0, buffers, children: [] };
}
