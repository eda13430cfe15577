import { closeSync, openSync, readSync } from "node:fs";
import type { FilePlace } from "../../files/splits.ts";
import { InputError } from "../input-error.ts";
import { PumpedStream } from "./pumped-stream.ts";

/** The bytes of a file, one after the other, for a worker that has no event loop while it works. */
export interface ByteStream {
  /** Puts the next bytes into `target`, at least one; 0 when there are no more. */
  read(target: Uint8Array): number;
  close(): void;
}

/**
 * Opens a file, unpacked if its name says that it is packed.
 * @param start where to begin, in bytes; 0 for a packed file
 * @param end how far will be read for sure; more can be
 * @throws InputError, as `read` does, naming the file and why
 */
export function openBytes(file: FilePlace, start: number, end: number): ByteStream {
  if (file.hdfs || file.codec) return new PumpedStream({ ...file, start, end });
  return new LocalStream(file.path, start);
}

/** Of a local file as it is. */
class LocalStream implements ByteStream {
  readonly #path: string;
  readonly #fd: number;
  #at: number;

  constructor(path: string, start: number) {
    this.#path = path;
    this.#at = start;
    this.#fd = this.#reading(() => openSync(path, "r"));
  }

  read(target: Uint8Array): number {
    const count = this.#reading(() => readSync(this.#fd, target, 0, target.length, this.#at));
    this.#at += count;
    return count;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw new InputError(this.#path, undefined, error);
    }
  }
}
