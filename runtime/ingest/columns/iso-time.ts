const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The microseconds since 1970 of the commonest form of a time, `2026-11-23T01:02:03.456789Z`, with or without a fraction
 * of a second; undefined for any other, which needs a parser that knows more. No text is made: this runs for each event.
 */
export function isoTimeUs(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start < 20 || bytes[end - 1] !== 0x5a || bytes[start + 10] !== 0x54) return undefined;
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return undefined;
  if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return undefined;
  const year = number(bytes, start, 4);
  const month = number(bytes, start + 5, 2);
  const day = number(bytes, start + 8, 2);
  const hour = number(bytes, start + 11, 2);
  const minute = number(bytes, start + 14, 2);
  const second = number(bytes, start + 17, 2);
  // Not a digit gives -1 in all of them; a leap second is the other parser's.
  if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23)
    return undefined;
  if (minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > days[month - 1] + (isLeap && month === 2 ? 1 : 0)) return undefined;

  let fraction = 0;
  if (end - start > 20) {
    const digits = end - start - 21;
    if (bytes[start + 19] !== 0x2e || digits < 1 || digits > 9) return undefined;
    fraction = number(bytes, start + 20, digits);
    if (fraction < 0) return undefined;
    fraction = digits <= 6 ? fraction * 10 ** (6 - digits) : Math.floor(fraction / 10 ** (digits - 6));
  }
  const seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return seconds * 1e6 + fraction;
}

/** Days since 1970 in the Gregorian calendar, by counting years from March (Howard Hinnant, days_from_civil). */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** @returns -1 if one isn't a digit */
function number(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = bytes[at] - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
