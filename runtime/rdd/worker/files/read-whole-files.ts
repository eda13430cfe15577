import { constants } from "node:buffer";
import type { FilePlace } from "../../files/splits.ts";
import { InputError } from "../input-error.ts";
import { openBytes } from "./byte-stream.ts";
import { decodeText } from "./decode-text.ts";

/**
 * Yields a pair of each file, its url and its text, unpacked if it is packed.
 * @throws InputError when one can't be read, or is longer than a string may be
 */
export function* readWholeFiles(files: readonly FilePlace[]): Generator<[url: string, text: string][]> {
  for (const file of files) {
    const bytes = readWhole(file);
    if (bytes.length > constants.MAX_STRING_LENGTH) {
      throw new InputError(file.path, undefined, new Error("it is too long for one string; use textFile()"));
    }
    yield [[file.url, decodeText(bytes)]];
  }
}

/** Yields a pair of each file, its url and its bytes as they are. */
export function* readBinaryFiles(files: readonly FilePlace[]): Generator<[url: string, bytes: Uint8Array][]> {
  for (const file of files) {
    const { buffer, byteOffset, length } = readWhole({ ...file, codec: undefined });
    yield [[file.url, new Uint8Array(buffer, byteOffset, length)]];
  }
}

function readWhole(file: FilePlace): Buffer {
  const stream = openBytes(file, 0, file.size);
  try {
    let bytes = Buffer.allocUnsafeSlow(file.size + 1);
    let filled = 0;
    for (let count: number; (count = stream.read(bytes.subarray(filled))) > 0;) {
      filled += count;
      if (filled === bytes.length)
        bytes = Buffer.concat([bytes, Buffer.allocUnsafeSlow(Math.max(filled, 4096))]);
    }
    return bytes.subarray(0, filled);
  } finally {
    stream.close();
  }
}
