// The lines of a byte range of a text file, shared out as Hadoop's TextInputFormat does: a range has the lines that
// start after its first byte (the file's first range: at it) up to and including its end. Lines end with \n, \r or
// \r\n, and a byte order mark at the start of the file is no part of the text.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { TextSplit } from "../stage.ts";
import { InputError } from "./input-error.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** Yields the lines in arrays of a few thousand. `chunkBytes` is for tests. */
export function* readLines(split: TextSplit, chunkBytes = 1 << 18): Generator<string[]> {
  if (split.isGzip) return yield* gzipLines(split.path, chunkBytes);
  const fd = reading(split.path, undefined, () => openSync(split.path, "r"));
  try {
    const size = fstatSync(fd).size;
    const first = split.start === 0 ? bomLength(fd) : nextLineStart(fd, split.start, size, chunkBytes);
    const last = split.end >= size ? size : nextLineStart(fd, split.end, size, chunkBytes);
    yield* lines((target, at) => readSync(fd, target, 0, target.length, at), first, last, chunkBytes);
  } finally {
    closeSync(fd);
  }
}

function reading<T>(path: string, kind: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputError(path, kind, error);
  }
}

type ReadAt = (target: Uint8Array, position: number) => number;

function* lines(read: ReadAt, first: number, last: number, chunkBytes: number): Generator<string[]> {
  let buffer = Buffer.allocUnsafeSlow(chunkBytes);
  let held = 0;
  for (let at = first; at < last;) {
    if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(buffer.length)]);
    const room = buffer.subarray(held, held + Math.min(buffer.length - held, last - at));
    const count = read(room, at);
    if (count === 0) break; // the file shrank
    at += count;
    const filled = held + count;
    const cut = at >= last ? filled : lastLineStart(buffer, filled, held);
    if (cut > 0) yield splitLines(buffer.toString("utf8", 0, cut));
    buffer.copyWithin(0, cut, filled);
    held = filled - cut;
  }
  if (held > 0) yield splitLines(buffer.toString("utf8", 0, held));
}

/** The start of the last line that may be incomplete. Only bytes from `from` on are new. */
function lastLineStart(buffer: Buffer, filled: number, from: number): number {
  const feed = buffer.lastIndexOf(lineFeed, filled - 1);
  if (feed >= from) return feed + 1;
  // The last byte may be the \r of a \r\n.
  const carriage = filled < 2 ? -1 : buffer.lastIndexOf(carriageReturn, filled - 2);
  return carriage >= Math.max(from - 1, 0) ? carriage + 1 : 0;
}

function splitLines(text: string): string[] {
  const result = text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n");
  // What follows the last line end is no line, unless there is something.
  if (result[result.length - 1] === "") result.pop();
  return result;
}

/** The first start of a line after `position`, or the file's size. */
function nextLineStart(fd: number, position: number, size: number, chunkBytes: number): number {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let at = position; at < size;) {
    const count = readSync(fd, buffer, 0, buffer.length, at);
    if (count === 0) break;
    const chunk = buffer.subarray(0, count);
    const feed = chunk.indexOf(lineFeed);
    const carriage = (feed === -1 ? chunk : chunk.subarray(0, feed)).indexOf(carriageReturn);
    if (carriage !== -1) return at + carriage + (byteAt(fd, at + carriage + 1) === lineFeed ? 2 : 1);
    if (feed !== -1) return at + feed + 1;
    at += count;
  }
  return size;
}

function byteAt(fd: number, position: number): number | undefined {
  const one = new Uint8Array(1);
  return readSync(fd, one, 0, 1, position) === 1 ? one[0] : undefined;
}

function bomLength(fd: number): number {
  const start = Buffer.alloc(3);
  return readSync(fd, start, 0, 3, 0) === 3 && isBom(start) ? 3 : 0;
}

function isBom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

// Node has no synchronous streaming decompression: the text is held as a whole, outside the heap.
function* gzipLines(path: string, chunkBytes: number): Generator<string[]> {
  const text = reading(path, "gzip", () => gunzipSync(readFileSync(path)));
  yield* lines((target, at) => text.copy(target, 0, at), isBom(text) ? 3 : 0, text.length, chunkBytes);
}
