// A partition in a file: for each block uint32 bytes, little endian, then the block as `encodeRecords` writes it.
import { closeSync, mkdirSync, openSync, readSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { MissingSegment } from "./shuffle/missing-segment.ts";
import { BlockSize } from "./record-blocks.ts";
import { decodeRecords, encodeRecords, type JobClasses } from "./records.ts";

let attempts = 0;

/** Writes the file under another name; `close` puts it where readers look. */
export class KeptFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #classes: JobClasses;
  readonly #fd: number;
  readonly #size = new BlockSize();

  constructor(path: string, classes: JobClasses) {
    this.#path = path;
    this.#classes = classes;
    this.#temporary = `${path}.${process.pid}-${attempts++}`;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#fd = openSync(this.#temporary, "wx", 0o600);
  }

  write(block: readonly unknown[]): void {
    for (let start = 0; start < block.length;) {
      const records = block.slice(start, start + this.#size.count);
      start += records.length;
      const bytes = encodeRecords(records, this.#classes);
      this.#size.learn(records.length, bytes.length);
      const head = Buffer.alloc(4);
      head.writeUInt32LE(bytes.length);
      this.#write(head);
      this.#write(bytes);
    }
  }

  close(): void {
    closeSync(this.#fd);
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves nothing behind. */
  abort(): void {
    closeSync(this.#fd);
    unlinkSync(this.#temporary);
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done);
  }
}

/** The blocks of such a file. @throws MissingSegment when it isn't there */
export function* readKept(path: string, classes: JobClasses): Generator<unknown[]> {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    throw new MissingSegment(path, "of a persisted RDD is gone");
  }
  try {
    const head = Buffer.alloc(4);
    for (let count = readBytes(fd, head); count > 0; count = readBytes(fd, head)) {
      const bytes = Buffer.allocUnsafe(count < head.length ? 0 : head.readUInt32LE());
      if (count < head.length || readBytes(fd, bytes) < bytes.length)
        throw new MissingSegment(path, "of a persisted RDD was cut");
      yield decodeRecords(bytes, classes) as unknown[];
    }
  } finally {
    closeSync(fd);
  }
}

/** Fills a buffer with what comes next. @returns how many bytes there were */
function readBytes(fd: number, target: Buffer): number {
  let at = 0;
  for (let count = -1; at < target.length && count !== 0; at += count)
    count = readSync(fd, target, at, target.length - at, null);
  return at;
}
