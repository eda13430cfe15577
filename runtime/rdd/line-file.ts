import { closeSync, openSync, readSync, statSync } from "node:fs";

/** A file that executors of this machine append lines to, and that this process reads as it grows. */
export class LineFile {
  readonly path: string;
  #offset = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** The lines that have come since. */
  read(): string[] {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#offset) return [];
    const bytes = Buffer.alloc(size - this.#offset);
    const file = openSync(this.path, "r");
    const count = readSync(file, bytes, 0, bytes.length, this.#offset);
    closeSync(file);
    // The last line may be under way.
    const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
    this.#offset += end;
    return bytes
      .subarray(0, end)
      .toString()
      .split("\n")
      .filter((line) => line !== "");
  }
}
