/**
 * Text on its way from the main thread to the I/O thread, in bounded shared memory: nothing is lost when
 * the main thread is terminated in the middle of a cell, and printing waits when the reader is behind.
 *
 * Record, 4-byte little-endian integers, padded to 8 bytes:
 * | 0 | byte length of the text, or -1: skip to the ring's start |
 * | 4 | request id × 2, + 1 for stderr |
 * | 8 | text, UTF-8 |
 */
const CAPACITY = 1 << 20;
const HEADER = 8;
const SKIP = -1;
/** Below this many bytes of contiguous room a record moves to the ring's start. */
const MIN_ROOM = 256;

const WRITTEN = 0;
const READ = 1;
const ANNOUNCED = 2;
const CONTROL_BYTES = 16;

export type StreamName = "stdout" | "stderr";

export interface StreamText {
  id: number;
  name: StreamName;
  text: string;
}

/** Positions count bytes and wrap at 2^32; only their differences mean something. */
export class OutputRing {
  readonly memory: SharedArrayBuffer;
  readonly #control: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #encoder = new TextEncoder();

  constructor(memory = new SharedArrayBuffer(CONTROL_BYTES + CAPACITY)) {
    this.memory = memory;
    this.#control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
    this.#bytes = new Uint8Array(memory, CONTROL_BYTES);
    this.#view = new DataView(memory, CONTROL_BYTES);
  }

  /** Everything written so far lies before this position. */
  get position(): number {
    return Atomics.load(this.#control, WRITTEN);
  }

  /** Writes a text; blocks while the ring is full. `wake` tells the reader, unless it was told already. */
  write(id: number, name: StreamName, text: string, wake: () => void): void {
    const tag = id * 2 + (name === "stderr" ? 1 : 0);
    let rest = text;
    while (rest.length > 0) {
      const start = this.#roomFor(wake);
      const room = this.#contiguousRoom(start);
      const at = index(start) + HEADER;
      const { read, written } = this.#encoder.encodeInto(rest, this.#bytes.subarray(at, at + room));
      this.#view.setInt32(at - HEADER, written, true);
      this.#view.setInt32(at - 4, tag, true);
      Atomics.store(this.#control, WRITTEN, (start + HEADER + padded(written)) | 0);
      rest = read === rest.length ? "" : rest.slice(read);
    }
    if (Atomics.exchange(this.#control, ANNOUNCED, 1) === 0) wake();
  }

  /** Reads what lies before `until`, joined into few texts; {@link release} frees the room. */
  *read(until: number, maxLength: number): Generator<StreamText & { end: number }> {
    Atomics.store(this.#control, ANNOUNCED, 0);
    let at = Atomics.load(this.#control, READ);
    let current: (StreamText & { end: number; tag: number }) | undefined;
    while (((until - at) | 0) > 0) {
      const offset = index(at);
      const length = this.#view.getInt32(offset, true);
      if (length === SKIP) {
        at = (at + CAPACITY - offset) | 0;
        if (current) current.end = at;
        continue;
      }
      const tag = this.#view.getInt32(offset + 4, true);
      const text = this.#decode(offset + HEADER, length);
      at = (at + HEADER + padded(length)) | 0;
      if (current && current.tag === tag && current.text.length + text.length <= maxLength) {
        current.text += text;
        current.end = at;
      } else {
        if (current) yield current;
        current = { id: tag >>> 1, name: tag & 1 ? "stderr" : "stdout", text, end: at, tag };
      }
    }
    if (current) yield current;
  }

  /** Frees what lies before `end`, and lets a writer that waits go on. */
  release(end: number): void {
    Atomics.store(this.#control, READ, end);
    Atomics.notify(this.#control, READ);
  }

  #decode(offset: number, length: number): string {
    return Buffer.from(this.memory, CONTROL_BYTES + offset, length).toString("utf8");
  }

  #contiguousRoom(start: number): number {
    const free = CAPACITY - ((start - Atomics.load(this.#control, READ)) | 0);
    return Math.min(CAPACITY - index(start), free) - HEADER;
  }

  /** Waits for room; returns the position of the next record. */
  #roomFor(wake: () => void): number {
    for (;;) {
      let start = Atomics.load(this.#control, WRITTEN);
      const read = Atomics.load(this.#control, READ);
      const free = CAPACITY - ((start - read) | 0);
      const toEnd = CAPACITY - index(start);
      const wraps = toEnd < MIN_ROOM;
      if (free >= (wraps ? toEnd : 0) + MIN_ROOM) {
        if (!wraps) return start;
        this.#view.setInt32(index(start), SKIP, true);
        start = (start + toEnd) | 0;
        Atomics.store(this.#control, WRITTEN, start);
        return start;
      }
      wake();
      Atomics.wait(this.#control, READ, read);
    }
  }
}

function index(position: number): number {
  return position & (CAPACITY - 1);
}

function padded(length: number): number {
  return (length + 7) & ~7;
}
