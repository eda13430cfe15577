import type { RecordBatch } from "apache-arrow";
import type { AccumulatorUpdate } from "./accumulator-ledger.ts";
import { isNews } from "./kept-asides.ts";
import { BlockKind } from "./stage.ts";
import { decodeRecords, type JobClasses } from "./worker/records.ts";

interface PartitionBlocks {
  readonly blocks: { readonly seq: number; readonly bytes: Uint8Array }[];
  /** How many there are, when the partition has said so. */
  count: number | undefined;
}

/** Gathers the rows of blocks of a job's last stage. Only partitions that say they are complete count. */
export class BlockResults {
  readonly #partitions = new Map<number, PartitionBlocks>();
  readonly #print: (partition: number, line: string) => void;
  /** What was added to accumulators, for each partition that did. */
  readonly updates: AccumulatorUpdate[] = [];

  /** @param print takes what the functions print */
  constructor(print: (partition: number, line: string) => void) {
    this.#print = print;
  }

  add(batch: RecordBatch): void {
    const column = (name: string) => batch.getChild(name);
    const [pids, sources, seqs, kinds, blobs] = ["pid", "source", "seq", "kind", "blob"].map(column);
    for (let row = 0; row < batch.numRows; row++) {
      const pid = pids?.get(row) as number;
      const seq = seqs?.get(row) as number;
      const bytes = blobs?.get(row) as Uint8Array;
      const source = sources?.get(row) as number;
      switch (kinds?.get(row)) {
        case BlockKind.console:
          if (isNews(pid, `line ${seq} of ${source}`)) this.#print(source, Buffer.from(bytes).toString());
          break;
        case BlockKind.accumulator:
          this.updates.push({ bytes, pid, source });
          break;
        case BlockKind.done:
          this.#of(pid).count = seq;
          break;
        default:
          this.#of(pid).blocks.push({ seq, bytes });
      }
    }
  }

  /**
   * The records of partitions `start` to `end`, in order.
   * @throws Error when the engine's result ended without some of them
   */
  *records(start: number, end: number, classes: JobClasses): Generator<unknown> {
    for (let pid = start; pid < end; pid++) {
      const { blocks, count } = this.#of(pid);
      if (count !== blocks.length) {
        const found = `${blocks.length} of ${count ?? "an unknown number of"} blocks`;
        throw new Error(
          `The engine ended the job without all of partition ${pid}: ${found} came.\nRun it again.`,
        );
      }
      blocks.sort((a, b) => a.seq - b.seq);
      for (const { bytes } of blocks) yield* decodeRecords(bytes, classes) as unknown[];
      this.#partitions.delete(pid);
    }
  }

  #of(pid: number): PartitionBlocks {
    let found = this.#partitions.get(pid);
    if (!found) this.#partitions.set(pid, (found = { blocks: [], count: undefined }));
    return found;
  }
}
