// The file of one map partition's output. Little endian: the segments' bytes one after the other; then, for each
// segment, ordered by (target, seq), uint32 target, int32 bucket, uint32 seq, uint32 count, uint32 bytes, float64
// position (28 bytes); then float64 position of that list, uint32 its length, uint32 mark.
import { closeSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { MissingSegment } from "./missing-segment.ts";
import { closeFiles, openFile, readAt, readFrom } from "./open-files.ts";
import type { Segment, SegmentOutput } from "./segment.ts";

const entryBytes = 28;
const endBytes = 16;
const mark = 0x31465353;
const bufferBytes = 1 << 18;

interface Entry {
  readonly target: number;
  readonly bucket: number;
  readonly seq: number;
  readonly count: number;
  readonly size: number;
  readonly position: number;
}

let attempts = 0;

/** Writes such a file under a name of its own; `close` gives it the name where readers look. */
export class MapOutputFile implements SegmentOutput {
  readonly #path: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #entries: Entry[] = [];
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #buffered = 0;
  #position = 0;

  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}-${Date.now().toString(36)}-${attempts++}`;
    this.#fd = openSync(this.#temporary, "wx", 0o600);
  }

  segment(target: number, bucket: number, seq: number, count: number, bytes: Uint8Array): void {
    this.#entries.push({ target, bucket, seq, count, size: bytes.length, position: this.#position });
    this.#write(bytes);
  }

  close(): void {
    const entries = this.#entries.toSorted((a, b) => a.target - b.target || a.seq - b.seq);
    const end = Buffer.alloc(entries.length * entryBytes + endBytes);
    let at = 0;
    for (const { target, bucket, seq, count, size, position } of entries) {
      at = end.writeUInt32LE(target, at);
      at = end.writeInt32LE(bucket, at);
      for (const value of [seq, count, size]) at = end.writeUInt32LE(value, at);
      at = end.writeDoubleLE(position, at);
    }
    at = end.writeDoubleLE(this.#position, at);
    at = end.writeUInt32LE(entries.length, at);
    end.writeUInt32LE(mark, at);
    this.#write(end);
    this.#flush();
    closeSync(this.#fd);
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves nothing behind, after a failure. */
  abort(): void {
    closeSync(this.#fd);
    unlinkSync(this.#temporary);
  }

  #write(bytes: Uint8Array): void {
    if (this.#buffered + bytes.length > bufferBytes) this.#flush();
    this.#position += bytes.length;
    if (bytes.length > bufferBytes) return this.#writeFully(bytes);
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered += bytes.length;
  }

  #flush(): void {
    this.#writeFully(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #writeFully(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#fd, bytes, done);
  }
}

interface SegmentList {
  readonly inode: number;
  readonly bytes: Buffer;
  readonly count: number;
}

/** The lists of the files read last. */
const lists = new Map<string, SegmentList>();
const maxListBytes = 32 << 20;
let listBytes = 0;

/**
 * What a map partition wrote for a reduce partition.
 * @throws MissingSegment when there is no such file, or only a part of it
 */
export function readSegments(path: string, dependency: number, source: number, target: number): Segment[] {
  const { inode, bytes, count } = segmentList(path);
  const segments: Segment[] = [];
  for (let index = firstOf(target, bytes, count); index < count; index++) {
    const at = index * entryBytes;
    if (bytes.readUInt32LE(at) !== target) break;
    const size = bytes.readUInt32LE(at + 16);
    const position = bytes.readDoubleLE(at + 20);
    segments.push({
      dependency,
      source,
      bucket: bytes.readInt32LE(at + 4),
      seq: bytes.readUInt32LE(at + 8),
      count: bytes.readUInt32LE(at + 12),
      size,
      read: () => readAt(path, inode, position, size),
    });
  }
  return segments;
}

/** Forgets what this process has read, and closes the files. */
export function closeShuffleFiles(): void {
  lists.clear();
  listBytes = 0;
  closeFiles();
}

function segmentList(path: string): SegmentList {
  let list = lists.get(path);
  if (list) return list;
  list = readList(path);
  lists.set(path, list);
  listBytes += list.bytes.length;
  for (const [oldest, { bytes }] of lists) {
    if (listBytes <= maxListBytes || oldest === path) break;
    lists.delete(oldest);
    listBytes -= bytes.length;
  }
  return list;
}

function readList(path: string): SegmentList {
  const { fd, inode, size } = openFile(path);
  if (size < endBytes) throw new MissingSegment(path, `has only ${size} bytes`);
  const end = readFrom(fd, path, size - endBytes, endBytes);
  const position = end.readDoubleLE(0);
  const count = end.readUInt32LE(8);
  if (end.readUInt32LE(12) !== mark || position + count * entryBytes + endBytes !== size) {
    throw new MissingSegment(path, `isn't whole: its ${size} bytes don't end as they should`);
  }
  return { inode, bytes: readFrom(fd, path, position, count * entryBytes), count };
}

/** The place of the first entry of a target, or of a later one when it has none. */
function firstOf(target: number, bytes: Buffer, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bytes.readUInt32LE(middle * entryBytes) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
