import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readFrom } from "./open-files.ts";
import type { Segment } from "./segment.ts";

/** Segments set aside in a file that nobody else can see and that is gone when this process is. */
export class ScratchSegments {
  readonly #path: string;
  readonly #fd: number;
  #position = 0;

  constructor(folder: string) {
    this.#path = join(folder, `scratch-${randomUUID()}`);
    this.#fd = openSync(this.#path, "wx+", 0o600);
    unlinkSync(this.#path);
  }

  /** Writes one; what it gives reads it back. */
  add(about: Omit<Segment, "read" | "size">, bytes: Uint8Array): Segment {
    const position = this.#position;
    for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done, null, position + done);
    this.#position += bytes.length;
    const { length } = bytes;
    const { dependency, source, seq, bucket } = about;
    return {
      ...{ dependency, source, seq, bucket, count: about.count, size: length },
      read: () => readFrom(this.#fd, this.#path, position, length),
    };
  }

  close(): void {
    closeSync(this.#fd);
  }
}
