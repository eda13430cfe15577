const REPLACEMENT = 0xfffd;
const shortEscapes: Record<number, number> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 };

/**
 * Writes a JSON string that has been checked, without its quotes, as UTF-8. It never gets longer. Half a surrogate pair
 * becomes U+FFFD, which UTF-8 can write.
 * @returns where the text ends in `into`
 */
export function unescape(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
  while (start < end) {
    const byte = from[start];
    if (byte !== 0x5c) {
      into[at++] = byte;
      start++;
      continue;
    }
    const letter = from[start + 1];
    if (letter !== 0x75) {
      into[at++] = shortEscapes[letter] ?? letter;
      start += 2;
      continue;
    }
    let point = codeUnit(from, start + 2);
    start += 6;
    if (point >= 0xd800 && point <= 0xdfff) {
      const isPair = point < 0xdc00 && start + 6 <= end && from[start] === 0x5c && from[start + 1] === 0x75;
      const low = isPair ? codeUnit(from, start + 2) : 0;
      if (low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        start += 6;
      } else {
        point = REPLACEMENT;
      }
    }
    at = writePoint(point, into, at);
  }
  return at;
}

function codeUnit(bytes: Uint8Array, at: number): number {
  let unit = 0;
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i];
    unit = (unit << 4) | (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);
  }
  return unit;
}

function writePoint(point: number, into: Uint8Array, at: number): number {
  if (point < 0x80) {
    into[at++] = point;
    return at;
  }
  if (point < 0x800) {
    into[at++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) {
      into[at++] = 0xe0 | (point >> 12);
    } else {
      into[at++] = 0xf0 | (point >> 18);
      into[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    into[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  into[at++] = 0x80 | (point & 0x3f);
  return at;
}
