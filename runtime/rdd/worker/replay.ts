import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeptFile, readKept } from "./kept-file.ts";
import type { JobClasses } from "./records.ts";

const maxRecords = 1 << 16;

/** Records that are read again and again: held while they are few, else in a file. */
export class Replay {
  readonly #classes: JobClasses;
  #blocks: unknown[][] = [];
  #path: string | undefined;

  constructor(blocks: Iterable<unknown[]>, classes: JobClasses, scratchFolder: string) {
    this.#classes = classes;
    let count = 0;
    let file: KeptFile | undefined;
    for (const block of blocks) {
      count += block.length;
      if (count > maxRecords && !file) {
        this.#path = join(scratchFolder || tmpdir(), `replay-${randomUUID()}`);
        file = new KeptFile(this.#path, classes);
        for (const held of this.#blocks) file.write(held);
        this.#blocks = [];
      }
      if (file) file.write(block);
      else this.#blocks.push(block);
    }
    file?.close();
  }

  blocks(): Iterable<unknown[]> {
    return this.#path === undefined ? this.#blocks : readKept(this.#path, this.#classes);
  }

  close(): void {
    if (this.#path !== undefined) rmSync(this.#path, { force: true });
  }
}
