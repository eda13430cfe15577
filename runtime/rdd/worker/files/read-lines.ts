// The lines of a byte range of a text file, shared out as Hadoop's TextInputFormat does: a range has the lines that
// start after its first byte (the file's first range: at it) up to and including its end. Lines end with \n, \r or
// \r\n, and a byte order mark at the start of the file is no part of the text.
import type { TextSplit } from "../../files/splits.ts";
import { type ByteStream, openBytes } from "./byte-stream.ts";
import { decodeText } from "./decode-text.ts";

const lineFeed = 10;
const carriageReturn = 13;
/** Twice as fast as four times as much: the lines are gone before the young generation is full. */
const defaultChunkBytes = 1 << 16;

/**
 * Yields the lines in arrays of some hundred.
 * @param chunkBytes how much is read at a time; less is for tests
 * @throws InputError when the file can't be read
 */
export function* readLines(split: TextSplit, chunkBytes = defaultChunkBytes): Generator<string[]> {
  const { file } = split;
  // What is packed is read as a whole.
  const range = file.codec ? { start: 0, end: Number.POSITIVE_INFINITY } : split;
  const stream = openBytes(file, range.start, Math.min(range.end, file.size));
  try {
    yield* new LineReader(stream, range.start, range.end, chunkBytes).lines();
  } finally {
    stream.close();
  }
}

class LineReader {
  readonly #stream: ByteStream;
  readonly #end: number;
  #buffer: Buffer;
  /** The place in the file of the buffer's first byte. */
  #base: number;
  #filled = 0;
  #isAtEnd = false;

  constructor(stream: ByteStream, start: number, end: number, chunkBytes: number) {
    this.#stream = stream;
    this.#base = start;
    this.#end = end;
    this.#buffer = Buffer.allocUnsafeSlow(chunkBytes);
  }

  *lines(): Generator<string[]> {
    if (this.#base === 0) this.#skipMark();
    else if (!this.#skipLine() || this.#base > this.#end) return;
    // Bytes before this one have been looked at.
    let seen = 0;
    for (;;) {
      // The last line of the range is the one that goes over its end.
      const over = Math.max(seen, this.#end - this.#base);
      const last = over < this.#filled ? this.#lineStartAfter(over) : -1;
      if (last !== -1) return yield splitLines(this.#buffer.subarray(0, last));
      if (this.#isAtEnd) break;
      const cut = this.#lastLineStart(seen);
      if (cut > 0) {
        yield splitLines(this.#buffer.subarray(0, cut));
        this.#drop(cut);
      }
      // The last byte may be the \r of a \r\n.
      seen = Math.max(0, this.#filled - 1);
      this.#fill();
    }
    if (this.#filled > 0) yield splitLines(this.#buffer.subarray(0, this.#filled));
  }

  #skipMark(): void {
    while (this.#filled < 3 && this.#fill());
    const [a, b, c] = this.#buffer;
    if (this.#filled >= 3 && a === 0xef && b === 0xbb && c === 0xbf) this.#drop(3);
  }

  /** Goes to the first start of a line; false when there is none. */
  #skipLine(): boolean {
    while (this.#fill() || this.#filled > 0) {
      const start = this.#lineStartAfter(0);
      if (start !== -1) {
        this.#drop(start);
        return true;
      }
      if (this.#isAtEnd) return false;
      const isCut = this.#buffer[this.#filled - 1] === carriageReturn;
      this.#drop(isCut ? this.#filled - 1 : this.#filled);
    }
    return false;
  }

  /** The place after the first line end from `from` on; -1 where none is in the buffer as a whole. */
  #lineStartAfter(from: number): number {
    const held = this.#buffer.subarray(0, this.#filled);
    const feed = held.indexOf(lineFeed, from);
    const carriage = held.subarray(0, feed === -1 ? held.length : feed).indexOf(carriageReturn, from);
    if (carriage === -1) return feed === -1 ? -1 : feed + 1;
    if (carriage + 1 < held.length) return carriage + (held[carriage + 1] === lineFeed ? 2 : 1);
    return this.#isAtEnd ? carriage + 1 : -1;
  }

  /** The start of the last line, which may be incomplete. Only bytes from `from` on are new. */
  #lastLineStart(from: number): number {
    const { buffer, filled } = { buffer: this.#buffer, filled: this.#filled };
    const feed = filled === 0 ? -1 : buffer.lastIndexOf(lineFeed, filled - 1);
    if (feed >= from) return feed + 1;
    const carriage = filled < 2 ? -1 : buffer.lastIndexOf(carriageReturn, filled - 2);
    return carriage >= from ? carriage + 1 : 0;
  }

  #drop(count: number): void {
    this.#buffer.copyWithin(0, count, this.#filled);
    this.#filled -= count;
    this.#base += count;
  }

  #fill(): boolean {
    if (this.#isAtEnd) return false;
    if (this.#filled === this.#buffer.length) {
      this.#buffer = Buffer.concat([this.#buffer, Buffer.allocUnsafeSlow(this.#buffer.length)]);
    }
    const count = this.#stream.read(this.#buffer.subarray(this.#filled));
    this.#filled += count;
    this.#isAtEnd = count === 0;
    return count > 0;
  }
}

function splitLines(bytes: Buffer): string[] {
  const text = decodeText(bytes);
  const lines = text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n");
  // What follows the last line end is no line, unless there is something.
  if (lines[lines.length - 1] === "") lines.pop();
  return lines;
}
