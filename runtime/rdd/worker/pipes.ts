// Blocking reads and writes of whole buffers. The worker has no event loop while it works: one stage at a time.
import { readSync, writeSync } from "node:fs";

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Fills the buffer; false when the input has ended. */
export function readFully(fd: number, target: Uint8Array): boolean {
  for (let at = 0; at < target.length;) {
    const count = retrying(() => readSync(fd, target, at, target.length - at, null));
    if (count === 0) return false;
    at += count;
  }
  return true;
}

export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += retrying(() => writeSync(fd, bytes, at, bytes.length - at));
}

// A pipe that someone made non-blocking answers EAGAIN instead of waiting.
function retrying(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
