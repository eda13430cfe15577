// Where the engine carries the shuffle: segments as rows (pid, source, seq, kind, blob). Each blob starts with, little
// endian: uint32 dependency, uint32 the shuffle's partition, int32 bucket, uint32 records of the whole segment, uint32
// its bytes. A segment larger than
// a part goes in several rows, one after the other; all of them start so.
import { BlockKind } from "../../stage.ts";
import { ScratchSegments } from "./scratch-segments.ts";
import type { Segment, SegmentOutput } from "./segment.ts";

const headerBytes = 20;
const partBytes = (1 << 20) - headerBytes;

/** Writes a row of blocks. */
export type WriteRow = (pid: number, source: number, seq: number, kind: number, blob: Uint8Array) => void;

export interface BlockSegmentsOptions {
  /** Of the shuffle. */
  readonly partitions: number;
  /** Tells the map partition from all others that the reduce partitions read, those of other dependencies too. */
  readonly source: number;
  readonly dependency: number;
  /** Which partitions of the next stage read a partition of the shuffle. Default: the one of its number. */
  readonly routes?: readonly (readonly number[])[];
  /** The only partition that is written, where that is known. */
  readonly target?: number;
  readonly row: WriteRow;
}

/** Sends what one map partition writes as rows. */
export class BlockSegments implements SegmentOutput {
  readonly #options: BlockSegmentsOptions;
  /** For each partition of the next stage, how many rows it got. */
  readonly #rows = new Map<number, number>();

  constructor(options: BlockSegmentsOptions) {
    this.#options = options;
    const { partitions, target } = options;
    for (let to = target ?? 0; to < (target === undefined ? partitions : target + 1); to++)
      for (const pid of this.#readersOf(to)) this.#rows.set(pid, 0);
  }

  segment(target: number, bucket: number, _seq: number, count: number, bytes: Uint8Array): void {
    const { source, dependency, row } = this.#options;
    for (let start = 0; start === 0 || start < bytes.length; start += partBytes) {
      const part = bytes.subarray(start, start + partBytes);
      const blob = Buffer.allocUnsafe(headerBytes + part.length);
      blob.writeUInt32LE(dependency, 0);
      blob.writeUInt32LE(target, 4);
      blob.writeInt32LE(bucket, 8);
      blob.writeUInt32LE(count, 12);
      blob.writeUInt32LE(bytes.length, 16);
      blob.set(part, headerBytes);
      for (const pid of this.#readersOf(target)) {
        const seq = this.#rows.get(pid)!;
        this.#rows.set(pid, seq + 1);
        row(pid, source, seq, BlockKind.data, blob);
      }
    }
  }

  /** Tells every reduce partition how many rows it got. */
  end(): void {
    const { source, row } = this.#options;
    for (const [pid, count] of this.#rows) row(pid, source, count, BlockKind.done, new Uint8Array());
  }

  #readersOf(target: number): readonly number[] {
    return this.#options.routes ? this.#options.routes[target] : [target];
  }
}

export interface BlockSegment extends Segment {
  /** Of the shuffle. */
  readonly partition: number;
}

interface Part {
  readonly source: number;
  readonly seq: number;
  readonly dependency: number;
  readonly partition: number;
  readonly bucket: number;
  readonly count: number;
  /** Of the segment. */
  readonly size: number;
  read(): Buffer;
}

export interface BlockInboxOptions {
  /** How many map partitions there are, of all dependencies. */
  readonly sources: number;
  readonly scratchFolder: string;
  /** What doesn't find room waits in a file. Inboxes of a process share it. */
  readonly room: InboxRoom;
}

/** Memory for what has arrived. */
export interface InboxRoom {
  bytesLeft: number;
}

/** The rows of one reduce partition, which arrive in any order. They are held as bytes outside the heap. */
export class BlockInbox {
  readonly #options: BlockInboxOptions;
  readonly #parts: Part[] = [];
  readonly #expected = new Map<number, number>();
  #scratch: ScratchSegments | undefined;
  #held = 0;

  constructor(options: BlockInboxOptions) {
    this.#options = options;
  }

  /** Takes a row of kind `data` or `done`; the blob may be overwritten afterwards. */
  add(source: number, seq: number, kind: number, blob: Buffer): void {
    if (kind === BlockKind.done) {
      this.#expected.set(source, seq);
      return;
    }
    if (blob.length < headerBytes) throw damaged(`a row of ${blob.length} bytes`);
    const about = {
      source,
      seq,
      dependency: blob.readUInt32LE(0),
      partition: blob.readUInt32LE(4),
      bucket: blob.readInt32LE(8),
      count: blob.readUInt32LE(12),
    };
    const size = blob.readUInt32LE(16);
    const bytes = blob.subarray(headerBytes);
    const { room, scratchFolder } = this.#options;
    if (bytes.length > room.bytesLeft) {
      this.#scratch ??= new ScratchSegments(scratchFolder);
      this.#parts.push({ ...about, ...this.#scratch.add(about, bytes), size });
      return;
    }
    const copy = Buffer.allocUnsafeSlow(bytes.length);
    bytes.copy(copy);
    this.#held += copy.length;
    room.bytesLeft -= copy.length;
    this.#parts.push({ ...about, size, read: () => copy });
  }

  /**
   * What arrived, once everything has.
   * @throws Error when rows of a map partition, or all of them, didn't arrive
   */
  segments(partition: number): BlockSegment[] {
    const expected = [...this.#expected.values()].reduce((sum, count) => sum + count, 0);
    const { sources } = this.#options;
    if (this.#expected.size !== sources || this.#parts.length !== expected) {
      throw new Error(
        `Partition ${partition} got ${this.#parts.length} of ${expected} blocks, from ${this.#expected.size} of ` +
          `${sources} partitions. The engine lost some of them; run the job again.`,
      );
    }
    this.#parts.sort((a, b) => a.dependency - b.dependency || a.source - b.source || a.seq - b.seq);
    const segments: BlockSegment[] = [];
    for (let at = 0; at < this.#parts.length;) {
      const first = this.#parts[at];
      const parts = this.#parts.slice(at, at + Math.max(1, Math.ceil(first.size / partBytes)));
      at += parts.length;
      segments.push(parts.length === 1 ? first : { ...first, read: () => joined(parts) });
    }
    return segments;
  }

  close(): void {
    this.#parts.length = 0;
    this.#options.room.bytesLeft += this.#held;
    this.#held = 0;
    this.#scratch?.close();
  }
}

function joined(parts: Part[]): Buffer {
  const bytes = Buffer.concat(parts.map((part) => part.read()));
  if (bytes.length !== parts[0].size) throw damaged(`${bytes.length} of ${parts[0].size} bytes`);
  return bytes;
}

function damaged(what: string): Error {
  return new Error(`A block of a shuffle is damaged: it has ${what}.\nRun the job again.`);
}
