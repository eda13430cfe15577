// A partition in a file: for each block uint32 bytes, little endian, then the block as `encodeRecords` writes it.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { MissingSegment } from "./shuffle/missing-segment.ts";
import { readFully, writeFully } from "./pipes.ts";
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
      writeFully(this.#fd, head);
      writeFully(this.#fd, bytes);
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
    const { size } = fstatSync(fd);
    for (let at = 0; at < size;) {
      fillFrom(fd, head, path);
      const bytes = Buffer.allocUnsafe(head.readUInt32LE());
      fillFrom(fd, bytes, path);
      at += head.length + bytes.length;
      yield decodeRecords(bytes, classes) as unknown[];
    }
  } finally {
    closeSync(fd);
  }
}

function fillFrom(fd: number, target: Buffer, path: string): void {
  if (!readFully(fd, target)) throw new MissingSegment(path, "of a persisted RDD was cut");
}
