// The thread of a worker that has an event loop: it reads what can't be read without waiting for events, such as HDFS,
// and unpacks as it goes.
import { createReadStream } from "node:fs";
import { pipeline, Readable, type Transform } from "node:stream";
import { parentPort } from "node:worker_threads";
import zlib from "node:zlib";
import type { HdfsAccess } from "../../../storage/hdfs/hdfs-access.ts";
import { HdfsRanges } from "../../../storage/hdfs/hdfs-ranges.ts";
import { HdfsStorage } from "../../../storage/hdfs/hdfs-storage.ts";
import { parseHdfsUrl } from "../../../storage/hdfs/hdfs-url.ts";
import { RemoteException } from "../../../storage/hdfs/remote-exception.ts";
import type { Codec } from "../../files/splits.ts";
import {
  type PumpedFile,
  type PumpRequest,
  type PutFile,
  type WorkRequest,
  slotBytes,
  slotCount,
  SlotKind,
} from "./pump-protocol.ts";
import { zstdFrames } from "./zstd-frames.ts";

/** What is asked of HDFS at a time; the one after it is fetched meanwhile. */
const rangeBytes = 4 << 20;
/** Beyond the range there is seldom more than the end of a line to read. */
const tailBytes = 1 << 16;

const outputs = new Map<number, Output>();
const clusters = new Map<string, HdfsRanges>();

/** Runs in the thread. */
export function servePump(): void {
  parentPort?.on("message", (request: PumpRequest) => {
    switch (request.kind) {
      case "free":
        return outputs.get(request.id)?.free();
      case "close":
        return outputs.get(request.id)?.close();
      case "open":
        return work(request, (output) => pumpFile(request.file, output));
      case "put":
        return work(request, () => put(request.file));
    }
  });
}

function work({ id, control, ring }: WorkRequest, doIt: (output: Output) => Promise<void>): void {
  const output = new Output(control, ring);
  outputs.set(id, output);
  void doIt(output)
    .then(
      () => output.last(SlotKind.end),
      (error) => output.last(SlotKind.failure, failureOf(error)),
    )
    .finally(() => outputs.delete(id));
}

/** The writing end of a ring. */
class Output {
  readonly #control: Int32Array;
  readonly #ring: Uint8Array;
  #filled = 0;
  #free = slotCount;
  #wake: (() => void) | undefined;
  isClosed = false;

  constructor(control: Int32Array, ring: Uint8Array) {
    this.#control = control;
    this.#ring = ring;
  }

  free(): void {
    this.#free++;
    this.#wake?.();
  }

  close(): void {
    this.isClosed = true;
    this.#wake?.();
  }

  /** Waits until there is room. False when nobody reads any more. */
  async write(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length; at += slotBytes) {
      if (!(await this.#fill(SlotKind.data, bytes.subarray(at, at + slotBytes)))) return false;
    }
    return true;
  }

  async last(kind: number, text = ""): Promise<void> {
    await this.#fill(kind, Buffer.from(text).subarray(0, slotBytes));
  }

  async #fill(kind: number, bytes: Uint8Array): Promise<boolean> {
    while (this.#free === 0 && !this.isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    if (this.isClosed) return false;
    this.#free--;
    const slot = this.#filled++ % slotCount;
    this.#ring.set(bytes, slot * slotBytes);
    this.#control[1 + 2 * slot] = kind;
    this.#control[2 + 2 * slot] = bytes.length;
    Atomics.store(this.#control, 0, this.#filled);
    Atomics.notify(this.#control, 0);
    return true;
  }
}

async function pumpFile(file: PumpedFile, output: Output): Promise<void> {
  const { hdfs, codec } = file;
  const packed = hdfs
    ? Readable.from(ranges(file, hdfs), { highWaterMark: 1 })
    : createReadStream(file.path, { start: file.start, highWaterMark: slotBytes });
  // What fails comes out of the last of them.
  const unpacked = codec ? pipeline([packed, ...unpackers(codec)], () => {}) : packed;
  // What is unpacked comes in small pieces.
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (codec && heldBytes < slotBytes) continue;
    if (!(await output.write(held.length === 1 ? chunk : Buffer.concat(held)))) return;
    held = [];
    heldBytes = 0;
  }
  await output.write(Buffer.concat(held));
}

async function* ranges({ path, size, start, end }: PumpedFile, hdfs: HdfsAccess): AsyncGenerator<Buffer> {
  const key = JSON.stringify(hdfs);
  const cluster = clusters.get(key) ?? new HdfsRanges(hdfs);
  clusters.set(key, cluster);
  for (let at = start; at < size;) {
    const wanted = Math.max(tailBytes, Math.min(rangeBytes, end - at));
    const bytes = Buffer.allocUnsafeSlow(Math.min(wanted, size - at));
    const count = await cluster.read(path, at, bytes);
    if (count < bytes.length) throw new Error(`it ends after ${at + count} of ${size} bytes`);
    at += count;
    yield bytes;
  }
}

function unpackers(codec: Codec): Transform[] {
  if (codec === "gzip") return [zlib.createGunzip({ chunkSize: slotBytes })];
  if (codec === "deflate") return [zlib.createInflate({ chunkSize: slotBytes })];
  // Node 22 has it from 22.15 on.
  if (typeof zlib.createZstdDecompress === "function")
    return [zstdFrames(), zlib.createZstdDecompress({ chunkSize: slotBytes })];
  throw new Error(
    `the executor's Node ${process.versions.node} has no zstd, install Node 22.15 or later there`,
  );
}

async function put({ from, size, root, to, hdfs }: PutFile): Promise<void> {
  const storage = await HdfsStorage.open(parseHdfsUrl(root), { webhdfs: hdfs.addresses, user: hdfs.user });
  await storage.writeFrom(to, { path: from, length: size });
}

function failureOf(error: unknown): string {
  const { message, code = "", cause } = error as NodeJS.ErrnoException;
  const why = message.split("\n")[0];
  if (!(cause instanceof RemoteException))
    return JSON.stringify({ message: why, code, isCodec: code.startsWith("Z") });
  return JSON.stringify({ message: `${why.replace(/\.$/, "")} (HTTP ${cause.status} ${cause.exception})` });
}
