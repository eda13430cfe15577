import { decodeUtf8 } from "./decode-utf8.ts";
import type { JsonValue } from "./event.ts";
import { FeedError } from "./feed-error.ts";

/** What writes the events again, and what copies them between threads, calls itself for each level. */
const maxDepth = 256;

/** TypeScript's library doesn't have the third argument yet, which is the number as it was written. */
type Reviver = (this: unknown, key: string, value: JsonValue, context?: { source?: string }) => unknown;

/**
 * A record's value as JSON, in which no number was rounded.
 * @param value UTF-8, with a byte order mark or without
 * @param keepNumber what stands for a number that a double can't hold as it was written
 * @throws FeedError saying what is wrong, and where
 */
export function readJson(value: Uint8Array, keepNumber: (written: string) => unknown): JsonValue {
  const text = decodeUtf8(value);
  if (text.trim() === "") {
    throw new FeedError("The record is empty, not JSON.", "Send one JSON document as a record's value.");
  }
  checkDepth(text);
  const reviver: Reviver = (_key, child, context) => {
    const written = context?.source;
    return typeof child !== "number" || !written || String(child) === written ? child : keepNumber(written);
  };
  try {
    return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]) as JsonValue;
  } catch (cause) {
    throw new FeedError(
      `The record isn't JSON: ${(cause as Error).message.replace(/\s+/g, " ")}.`,
      text.trimStart().startsWith("<")
        ? "It begins like XML: give its topic the feed of what it holds, as feeds.nessus()."
        : "Send one whole JSON document as a record's value.",
      { cause },
    );
  }
}

/** JSON.parse doesn't mind any depth, but its reviver does, and JSON.stringify. */
function checkDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = closingQuote(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) {
        throw new FeedError(
          `The record's JSON is nested deeper than ${maxDepth} (character ${at}).`,
          "Send it flatter: no known feed comes near this.",
        );
      }
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

/** Or the end of a text that isn't JSON. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}
