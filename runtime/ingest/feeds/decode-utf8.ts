import { FeedError } from "./feed-error.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a record's value, without its byte order mark.
 * @param value bytes in UTF-8
 * @throws FeedError naming the first byte that isn't UTF-8
 */
export function decodeUtf8(value: Uint8Array): string {
  try {
    return decoder.decode(value);
  } catch (cause) {
    const at = firstInvalidByte(value);
    throw new FeedError(
      `The record isn't UTF-8: byte ${at} is 0x${value[at].toString(16).padStart(2, "0")}.`,
      "Write it in UTF-8 before it is sent.",
      { cause },
    );
  }
}

function firstInvalidByte(value: Uint8Array): number {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const text = bytes.toString("utf8");
  // U+FFFD stands for what is invalid, unless the record itself holds one.
  let at = 0;
  for (let from = 0, found = text.indexOf("\uFFFD"); found >= 0; found = text.indexOf("\uFFFD", from)) {
    at += Buffer.byteLength(text.slice(from, found));
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) return at;
    at += 3;
    from = found + 1;
  }
  return at;
}
