import { Worker } from "node:worker_threads";
import type { FilePlace } from "../../files/splits.ts";
import { InputError } from "../input-error.ts";
import type { ByteStream } from "./byte-stream.ts";
import {
  controlBytes,
  type PumpRequest,
  type PutFile,
  slotBytes,
  slotCount,
  SlotKind,
} from "./pump-protocol.ts";

/** The thread that reads, started when it is first needed. `program` is the worker's own file, which serves there too. */
export const pump = { program: process.argv[1], workerData: "pump" };

let thread: Worker | undefined;
let lastId = 0;

function tell(request: PumpRequest): void {
  if (!thread) {
    thread = new Worker(pump.program, { workerData: pump.workerData, stdout: false, stderr: false });
    thread.unref();
  }
  thread.postMessage(request);
}

/** What another thread reads, unpacks or fetches, a little ahead. */
export class PumpedStream implements ByteStream {
  readonly #id = ++lastId;
  readonly #name: string;
  readonly #codec: string | undefined;
  readonly #slots = new Slots();
  /** What is left of the slot that is being read. */
  #rest: Uint8Array | undefined;
  #isOver = false;

  constructor(file: FilePlace & { readonly start: number; readonly end: number }) {
    const { path, size, start, end, codec, hdfs } = file;
    this.#name = hdfs ? file.url : path;
    this.#codec = codec;
    const { control, ring } = this.#slots;
    tell({ kind: "open", id: this.#id, file: { path, size, start, end, codec, hdfs }, control, ring });
  }

  read(target: Uint8Array): number {
    if (this.#isOver) return 0;
    if (!this.#rest) {
      const { kind, bytes } = this.#slots.next();
      if (kind !== SlotKind.data) this.#isOver = true;
      if (kind === SlotKind.failure) {
        const { isCodec, ...error } = JSON.parse(Buffer.from(bytes).toString());
        throw new InputError(this.#name, isCodec ? this.#codec : undefined, error);
      }
      if (kind === SlotKind.end) return 0;
      this.#rest = bytes;
    }
    const count = Math.min(target.length, this.#rest.length);
    target.set(this.#rest.subarray(0, count));
    if (count < this.#rest.length) this.#rest = this.#rest.subarray(count);
    else {
      this.#rest = undefined;
      tell({ kind: "free", id: this.#id });
    }
    return count;
  }

  close(): void {
    if (!this.#isOver) tell({ kind: "close", id: this.#id });
    this.#isOver = true;
  }
}

/**
 * Puts a local file on an HDFS, replacing what was there, and waits for it.
 * @throws Error what HDFS says
 */
export function putFile(file: PutFile): void {
  const slots = new Slots();
  tell({ kind: "put", id: ++lastId, file, control: slots.control, ring: slots.ring });
  const { kind, bytes } = slots.next();
  if (kind === SlotKind.failure) throw new Error(JSON.parse(Buffer.from(bytes).toString()).message);
}

/** The reading end of a ring. */
class Slots {
  readonly control = new Int32Array(new SharedArrayBuffer(controlBytes));
  readonly ring = new Uint8Array(new SharedArrayBuffer(slotCount * slotBytes));
  #taken = 0;

  /** Waits for the next slot. */
  next(): { kind: number; bytes: Uint8Array } {
    while (Atomics.load(this.control, 0) === this.#taken) Atomics.wait(this.control, 0, this.#taken);
    const slot = this.#taken++ % slotCount;
    const start = slot * slotBytes;
    return {
      kind: this.control[1 + 2 * slot],
      bytes: this.ring.subarray(start, start + this.control[2 + 2 * slot]),
    };
  }
}
