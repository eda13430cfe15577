import { StringDecoder } from "node:string_decoder";
import { Writable } from "node:stream";
import type { StreamName } from "../protocol/output-ring.ts";
import type { Outlet } from "../protocol/outlet.ts";
import { readableText } from "../display/readable-text.ts";
import { Cell } from "./cell.ts";

/** Sends what user code prints to the cell that it belongs to; before the first cell, to the kernel's log. */
export function captureOutput(outlet: Outlet): void {
  replace("stdout", outlet);
  replace("stderr", outlet);
}

function replace(name: StreamName, outlet: Outlet): void {
  // Reading process.stderr here would open it; before the first cell almost nothing is printed.
  const original = Object.getOwnPropertyDescriptor(process, name)!;
  const decoder = new StringDecoder("utf8");
  const print = (chunk: string | Uint8Array) => {
    const cell = Cell.current();
    const text = typeof chunk === "string" ? chunk : decoder.write(chunk as Buffer);
    if (cell) outlet.stream(cell.id, name, readableText(text));
    else (original.get!.call(process) as NodeJS.WriteStream).write(chunk);
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      print(chunk);
      done();
    },
  });
  // Node's Writable costs more than the whole rest of a console.log: text that nobody waits for goes straight on.
  const slowWrite = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = ((chunk: unknown, encoding: unknown, done: unknown) => {
    if (
      typeof chunk !== "string" ||
      typeof encoding === "string" ||
      stream.writableEnded ||
      stream.writableCorked > 0
    ) {
      return slowWrite(chunk, encoding, done);
    }
    print(chunk);
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") process.nextTick(callback as () => void);
    return true;
  }) as typeof stream.write;
  Object.defineProperty(process, name, { configurable: true, enumerable: true, value: stream });
}
