import { decodeUtf8 } from "./decode-utf8.ts";
import { FeedError } from "./feed-error.ts";

/**
 * An XML document's text, by its byte order mark or else the encoding that it declares, or else UTF-8.
 * @throws FeedError for an unknown encoding, or bytes that aren't in it
 * @see https://www.w3.org/TR/xml/#sec-guessing
 */
export function decodeXml(value: Uint8Array): string {
  const encoding = encodingOf(value);
  const text = encoding === "utf-8" ? decodeUtf8(value) : decode(value, encoding);
  // XML takes every line break as \n; the parser does so too, but in time quadratic in their number.
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function encodingOf(value: Uint8Array): string {
  const start = (value[0] << 8) | value[1];
  if (start === 0xfffe || start === 0x3c00) return "utf-16le";
  if (start === 0xfeff || start === 0x003c) return "utf-16be";
  if (start === 0xefbb) return "utf-8";
  const head = Buffer.from(value.subarray(0, 200)).toString("latin1");
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/.exec(head)?.[1].toLowerCase();
  if (declared?.startsWith("utf-16")) {
    throw new FeedError(
      "The record's XML declares UTF-16 and isn't in it.",
      'Declare the encoding that it has, as in <?xml version="1.0" encoding="UTF-8"?>',
    );
  }
  return declared ?? "utf-8";
}

function decode(value: Uint8Array, encoding: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new FeedError(
      `The record's XML declares the encoding "${encoding.slice(0, 40)}", which isn't known.`,
      'Save it in UTF-8, with <?xml version="1.0" encoding="UTF-8"?>',
      { cause },
    );
  }
  if (decoder.encoding === "utf-8") return decodeUtf8(value);
  try {
    return decoder.decode(value);
  } catch (cause) {
    throw new FeedError(
      `The record's XML isn't in ${encoding}, as it says.`,
      'Save it in UTF-8, with <?xml version="1.0" encoding="UTF-8"?>',
      { cause },
    );
  }
}
