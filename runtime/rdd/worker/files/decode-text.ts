import { isAscii } from "node:buffer";

/** The text of UTF-8 bytes. What isn't UTF-8 becomes as many replacement characters as in Java. */
export function decodeText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  const text = bytes.toString();
  if (!text.includes("\ufffd")) return text;
  // Java has one for a surrogate's three bytes, JavaScript three.
  const mended = Buffer.from(bytes);
  for (let at = mended.indexOf(0xed); at !== -1; at = mended.indexOf(0xed, at + 1)) {
    if (mended[at + 1] < 0xa0 || mended[at + 1] > 0xbf || (mended[at + 2] & 0xc0) !== 0x80) continue;
    mended.write("\ufffd", at);
  }
  return mended.toString();
}
