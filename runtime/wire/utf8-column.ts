/** Texts of a column as one block of UTF-8 and where each begins; text i is bytes[offsets[i] .. offsets[i + 1]]. */
export interface Utf8Column {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Reads text `index`; malformed UTF-8 becomes U+FFFD, never an error. */
export function textAt(column: Utf8Column, index: number): string {
  return decoder.decode(column.bytes.subarray(column.offsets[index], column.offsets[index + 1]));
}

/** Builds a column of `count` texts; `maxBytes` a text, longer ones are cut at a character and end in "…". */
export function utf8Column(count: number, text: (index: number) => string, maxBytes = 1024): Utf8Column {
  const offsets = new Uint32Array(count + 1);
  let bytes = new Uint8Array(Math.max(64, count * 8));
  let end = 0;
  for (let i = 0; i < count; i++) {
    const value = text(i);
    if (end + maxBytes > bytes.length) {
      const grown = new Uint8Array(bytes.length * 2 + maxBytes);
      grown.set(bytes);
      bytes = grown;
    }
    const room = bytes.subarray(end, end + maxBytes);
    const { read, written } = encoder.encodeInto(value, room);
    end += read < value.length ? cutWithEllipsis(room, written) : written;
    offsets[i + 1] = end;
  }
  return { offsets, bytes: bytes.slice(0, end) };
}

/** Ends the `length` bytes in `room` with "…" within its size, and returns the new length. */
export function cutWithEllipsis(room: Uint8Array, length: number): number {
  let cut = Math.min(length, room.length - 3);
  while (cut > 0 && (room[cut] & 0xc0) === 0x80) cut--;
  room.set([0xe2, 0x80, 0xa6], cut);
  return cut + 3;
}
