import { Transform } from "node:stream";

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a5;
const dictionaryIdBytes = [0, 1, 2, 4];
const contentSizeBytes = [0, 2, 4, 8];

/**
 * Cuts packed data where its frames end: what follows a frame in one write is lost on Node's decompressor, in the next
 * it isn't. What isn't zstd passes as it is.
 * @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1
 */
export function zstdFrames(): Transform {
  const walk = frameParts();
  // How many bytes the next part has, or has left.
  let wanted = walk.next().value as number;
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    readableObjectMode: true,
    transform(chunk: Buffer, _encoding, done) {
      let start = 0;
      for (let at = 0; at < chunk.length;) {
        const count = Math.min(wanted, chunk.length - at);
        // Headers are short; only they are looked at.
        if (wanted + held.length <= 16) held = Buffer.concat([held, chunk.subarray(at, at + count)]);
        at += count;
        wanted -= count;
        while (wanted === 0) {
          const part = walk.next(held).value as number | "cut";
          held = Buffer.alloc(0);
          if (part === "cut") {
            this.push(chunk.subarray(start, at));
            start = at;
          } else wanted = part;
        }
      }
      if (start < chunk.length) this.push(chunk.subarray(start));
      done();
    },
  });
}

/** Yields how long each part of the data is, and gets it if it is a short one; "cut" after each frame. */
function* frameParts(): Generator<number | "cut", never, Buffer> {
  for (;;) {
    const magic = (yield 4).readUInt32LE();
    if (magic >>> 4 === skippableMagic) yield (yield 4).readUInt32LE();
    else if (magic === frameMagic) yield* frame();
    else yield Number.POSITIVE_INFINITY;
    yield "cut";
  }
}

function* frame(): Generator<number, void, Buffer> {
  const [descriptor] = yield 1;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 && isSingle ? 1 : contentSizeBytes[sizeFlag];
  yield (isSingle ? 0 : 1) + dictionaryIdBytes[descriptor & 3] + sizeBytes;
  for (let isLast = false; !isLast;) {
    const header = (yield 3).readUIntLE(0, 3);
    isLast = (header & 1) !== 0;
    const isRepeated = ((header >> 1) & 3) === 1;
    yield isRepeated ? 1 : header >> 3;
  }
  if (descriptor & 4) yield 4;
}
