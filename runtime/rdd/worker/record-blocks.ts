import type { BlockOutput } from "./block-output.ts";
import { encodeRecords, type JobClasses } from "./records.ts";

/** V8 serialises blocks of a few thousand records ten times cheaper than single ones (spikes/rdd). */
const maxRecords = 4096;
const maxBytes = 1 << 20;

/** How many values go into the next block, from the size of those before, so that blocks stay below 1 MiB. */
export class BlockSize {
  #count = 256;

  get count(): number {
    return this.#count;
  }

  learn(records: number, bytes: number): void {
    const fitting = Math.floor((maxBytes * records) / Math.max(bytes, 1));
    this.#count = Math.max(1, Math.min(maxRecords, fitting, this.#count * 4));
  }
}

/** Collects one partition's records and writes them as blocks. */
export class RecordBlocks {
  readonly #output: BlockOutput;
  readonly #classes: JobClasses;
  readonly #size = new BlockSize();
  #partition = 0;
  #seq = 0;
  #records: unknown[] = [];

  constructor(output: BlockOutput, classes: JobClasses) {
    this.#output = output;
    this.#classes = classes;
  }

  begin(partition: number): void {
    this.#partition = partition;
    this.#seq = 0;
  }

  push(record: unknown): void {
    this.#records.push(record);
    if (this.#records.length >= this.#size.count) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#output.done(this.#partition, this.#partition, this.#seq);
  }

  #flush(): void {
    const count = this.#records.length;
    if (count === 0) return;
    const bytes = encodeRecords(this.#records, this.#classes);
    this.#size.learn(count, bytes.length);
    this.#output.data(this.#partition, this.#partition, this.#seq++, bytes);
    this.#records = [];
  }
}
