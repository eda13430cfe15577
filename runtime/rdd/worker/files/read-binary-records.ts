import type { RecordSplit } from "../../files/splits.ts";
import { InputError } from "../input-error.ts";
import { openBytes } from "./byte-stream.ts";

const blockBytes = 1 << 18;

/**
 * Yields the records of a byte range in arrays.
 * @throws InputError when the file can't be read, or ends in the middle of a record
 */
export function* readBinaryRecords({ file, start, end, recordLength }: RecordSplit): Generator<Uint8Array[]> {
  const stream = openBytes(file, start, end);
  const block = new Uint8Array(Math.max(1, Math.floor(blockBytes / recordLength)) * recordLength);
  try {
    for (let at = start; at < end;) {
      const wanted = Math.min(block.length, end - at);
      let filled = 0;
      for (let count = 1; count > 0 && filled < wanted;) {
        count = stream.read(block.subarray(filled, wanted));
        filled += count;
      }
      const rest = filled % recordLength;
      if (rest > 0 || filled === 0) {
        const why = `its last record has ${rest} of ${recordLength} bytes`;
        throw new InputError(file.path, undefined, new Error(why));
      }
      yield Array.from({ length: filled / recordLength }, (_, index) =>
        block.slice(index * recordLength, (index + 1) * recordLength),
      );
      at += filled;
    }
  } finally {
    stream.close();
  }
}
