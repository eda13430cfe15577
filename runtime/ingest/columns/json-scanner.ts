// Walks over JSON text in bytes, and makes nothing of it but numbers: RFC 8259 to the letter, nesting bounded.
import { isUtf8 } from "node:buffer";
import { latin1Text } from "./byte-text.ts";
import { JsonError } from "./json-error.ts";

/** Deeper nesting is refused: it is an attack on whoever reads the text next, not an event. */
export const MAX_DEPTH = 1000;

/** What the last number was. */
export const LONG = 1;
export const DOUBLE = 2;
/** Beyond both: an integer of more than 64 bits, or 1e999. */
export const OUT_OF_RANGE = 3;
export type NumberKind = typeof LONG | typeof DOUBLE | typeof OUT_OF_RANGE;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const PLAIN = 4;
const HIGH = 8;
/** What each byte is within a string: below PLAIN it stops the walk. */
const stringBytes = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20) return 0;
  if (byte === QUOTE) return 1;
  if (byte === BACKSLASH) return 2;
  return byte < 0x80 ? PLAIN : HIGH;
});
const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * A walk over one text. Methods take the place where something begins and return the place after it; what they learned
 * on the way stays in the fields until the next call. They may look past `end`, as far as the bytes go, where a text
 * ends too early: `finish` notices.
 */
export class JsonScanner {
  bytes: Uint8Array = new Uint8Array();
  start = 0;
  end = 0;
  /** The last string, without its quotes. */
  textStart = 0;
  textEnd = 0;
  hasEscape = false;
  /** The last number: a long as two's complement in two halves. */
  low = 0;
  high = 0;
  double = 0;
  kind: NumberKind = LONG;
  #hasHighBytes = false;
  readonly #closers = new Uint8Array(MAX_DEPTH);

  /** @returns where the first value begins; a byte order mark is passed over */
  open(bytes: Uint8Array, start: number, end: number): number {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.#hasHighBytes = false;
    const hasMark =
      end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
    return this.space(hasMark ? start + 3 : start);
  }

  /** Checks that nothing follows, and that all of it was UTF-8. */
  finish(at: number): void {
    // Beyond the end other texts may follow: their whitespace isn't this one's, and neither is what was read of them.
    const end = at > this.end ? at : Math.min(this.space(at), this.end);
    if (end !== this.end) throw this.unexpected(end);
    if (this.#hasHighBytes && !isUtf8(this.bytes.subarray(this.start, this.end))) {
      throw new JsonError("Not JSON: not UTF-8", this.#badUtf8() - this.start);
    }
  }

  space(at: number): number {
    const { bytes } = this;
    let byte = bytes[at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at];
    return at;
  }

  /** From the opening quote to after the closing one. */
  string(at: number): number {
    const { bytes, end } = this;
    if (bytes[at] !== QUOTE) throw this.unexpected(at);
    this.textStart = ++at;
    this.hasEscape = false;
    let seen = 0;
    for (;;) {
      let kind = 0;
      while (at < end && (kind = stringBytes[bytes[at]]) >= PLAIN) {
        seen |= kind;
        at++;
      }
      if (at >= end || kind === 0) throw this.unexpected(at);
      if (kind === 1) break;
      this.hasEscape = true;
      at = this.#escape(at);
    }
    if (seen & HIGH) this.#hasHighBytes = true;
    this.textEnd = at;
    return at + 1;
  }

  #escape(at: number): number {
    const { bytes } = this;
    switch (bytes[at + 1]) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f: // /
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
        return at + 2;
      case 0x75: // u
        for (let i = at + 2; i < at + 6; i++) if (!isHexDigit(bytes[i])) throw this.unexpected(i);
        return at + 6;
      default:
        throw this.unexpected(at + 1);
    }
  }

  /** Passes a number and keeps its value; `kind` says where. */
  number(at: number): number {
    const { bytes } = this;
    const start = at;
    let byte = bytes[at];
    const isNegative = byte === 0x2d;
    if (isNegative) byte = bytes[++at];
    let digits = at;
    let mantissa = 0;
    if (byte === 0x30) {
      byte = bytes[++at];
    } else {
      while (byte >= 0x30 && byte <= 0x39) {
        mantissa = mantissa * 10 + (byte - 0x30);
        byte = bytes[++at];
      }
    }
    if (at === digits) throw this.unexpected(at);
    digits = at - digits;
    if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45) {
      if (digits <= 15) this.#keepLong(isNegative ? -mantissa : mantissa);
      else this.#keepLongDigits(start, at, digits);
      return at;
    }
    let scale = 0;
    if (byte === 0x2e) {
      const from = ++at;
      byte = bytes[at];
      while (byte >= 0x30 && byte <= 0x39) {
        mantissa = mantissa * 10 + (byte - 0x30);
        byte = bytes[++at];
      }
      if (at === from) throw this.unexpected(at);
      digits += at - from;
      scale = from - at;
    }
    if (byte === 0x65 || byte === 0x45) {
      byte = bytes[++at];
      const isSmall = byte === 0x2d;
      if (isSmall || byte === 0x2b) byte = bytes[++at];
      const from = at;
      let exponent = 0;
      while (byte >= 0x30 && byte <= 0x39) {
        if (exponent < 10_000) exponent = exponent * 10 + (byte - 0x30);
        byte = bytes[++at];
      }
      if (at === from) throw this.unexpected(at);
      scale += isSmall ? -exponent : exponent;
    }
    // Both factors are exact, so the one rounding gives the nearest double (Clinger 1990); else the engine does it.
    if (digits <= 15 && scale >= -22 && scale <= 22) {
      const value = scale < 0 ? mantissa / powersOfTen[-scale] : mantissa * powersOfTen[scale];
      this.double = isNegative ? -value : value;
    } else {
      this.double = Number(latin1Text(bytes, start, at));
    }
    this.kind = Number.isFinite(this.double) ? DOUBLE : OUT_OF_RANGE;
    return at;
  }

  #keepLong(value: number): void {
    this.kind = LONG;
    this.low = value | 0;
    this.high = Math.floor(value / 4_294_967_296);
  }

  #keepLongDigits(start: number, end: number, digits: number): void {
    this.kind = OUT_OF_RANGE;
    if (digits > 19) return;
    const value = BigInt(latin1Text(this.bytes, start, end));
    if (BigInt.asIntN(64, value) !== value) return;
    this.kind = LONG;
    this.low = Number(BigInt.asIntN(32, value));
    this.high = Number(value >> 32n);
  }

  /** true, false or null. */
  word(at: number): number {
    const { bytes } = this;
    const word = bytes[at] === 0x74 ? "true" : bytes[at] === 0x66 ? "false" : "null";
    for (let i = 0; i < word.length; i++) {
      if (bytes[at + i] !== word.charCodeAt(i)) throw this.unexpected(at + i);
    }
    return at + word.length;
  }

  /** After a key: the colon, and to where the value begins. */
  colon(at: number): number {
    at = this.space(at);
    if (this.bytes[at] !== COLON) throw this.unexpected(at);
    return this.space(at + 1);
  }

  /** Passes a value of any kind. `depth` is how many objects and arrays it is within. */
  value(at: number, depth: number): number {
    const { bytes } = this;
    const closers = this.#closers;
    const outer = depth;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        at = this.string(at);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (depth >= MAX_DEPTH) throw this.tooDeep(at);
        const closer = byte === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
        closers[depth++] = closer;
        at = this.space(at + 1);
        if (bytes[at] !== closer) {
          if (closer === CLOSE_BRACE) at = this.colon(this.string(at));
          continue;
        }
        depth--;
        at++;
      } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
        at = this.number(at);
      } else {
        at = this.word(at);
      }
      for (;;) {
        if (depth === outer) return at;
        at = this.space(at);
        const next = bytes[at];
        if (next === COMMA) {
          at = this.space(at + 1);
          if (closers[depth - 1] === CLOSE_BRACE) at = this.colon(this.string(at));
          break;
        }
        if (next !== closers[depth - 1]) throw this.unexpected(at);
        depth--;
        at++;
      }
    }
  }

  unexpected(at: number): JsonError {
    if (at >= this.end) return new JsonError("Not JSON: the text ends too early", this.end - this.start);
    const byte = this.bytes[at];
    const shown = byte > 0x20 && byte < 0x7f ? `\`${String.fromCharCode(byte)}\`` : `0x${byte.toString(16)}`;
    return new JsonError(`Not JSON: unexpected ${shown}`, at - this.start);
  }

  tooDeep(at: number): JsonError {
    return new JsonError(`JSON nested deeper than ${MAX_DEPTH} levels`, at - this.start);
  }

  #badUtf8(): number {
    const { bytes, end } = this;
    for (let at = this.start; at < end;) {
      const lead = bytes[at];
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (!isUtf8(bytes.subarray(at, Math.min(at + length, end)))) return at;
      at += length;
    }
    return end;
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
