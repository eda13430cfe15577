// Read for every event, on the fast path of the columns: no regular expressions, no Date.

/** 2262-04-11T23:47:16.854Z, where Spark's and Arrow's nanoseconds in 64 bits end. */
const maxMs = 9_223_372_036_854;
/** Less (before March 1973) is a count or a duration, not the time of an event. */
const minEpochSeconds = 1e8;
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The time that a field says, in milliseconds since 1970 UTC, fractions of one cut off; undefined for what is no time
 * between 1970 and 2262.
 * @param value ISO 8601, with a space for the T if need be, UTC where it has no zone: `2020-09-14`, `2020-09-14 12:05`,
 *   `2020-09-14T12:05:46.455123+02:00`; or seconds, milliseconds, microseconds or nanoseconds since 1970 as a number or
 *   its digits, told apart by size
 */
export function parseTime(value: string | number): number | undefined {
  if (typeof value === "number") return fromEpoch(value);
  if (value.length < 8 || value.length > 40) return undefined;
  const separator = value.charCodeAt(4);
  if (separator === 0x2d || separator === 0x2f) return fromIso(value);
  return /^\d{9,19}(\.\d+)?$/.test(value) ? fromEpoch(Number(value)) : undefined;
}

function fromEpoch(value: number): number | undefined {
  if (!(value >= minEpochSeconds)) return undefined;
  // The half microsecond makes up for seconds like 1588205199.824, whose double is a little less.
  const ms =
    value <= maxMs / 1e3
      ? value * 1e3 + 0.0005
      : value <= maxMs
        ? value
        : value <= maxMs * 1e3
          ? value / 1e3
          : value / 1e6;
  return ms <= maxMs ? Math.floor(ms) : undefined;
}

function fromIso(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (
    text.charCodeAt(7) !== text.charCodeAt(4) ||
    !(year >= 1970 && year <= 2262 && month >= 1 && month <= 12)
  ) {
    return undefined;
  }
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (!(day >= 1 && day <= daysIn[month - 1] + (isLeap && month === 2 ? 1 : 0))) return undefined;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  const days =
    (year - 1970) * 365 + leapDays + daysBefore[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1;
  const inDay = text.length === 10 ? 0 : timeOfDay(text);
  if (inDay === undefined) return undefined;
  const ms = days * 86_400_000 + inDay;
  return ms >= 0 && ms <= maxMs ? ms : undefined;
}

/** What comes after the date: a time, and perhaps a zone. */
function timeOfDay(text: string): number | undefined {
  const between = text.charCodeAt(10);
  if (between !== 0x54 && between !== 0x20 && between !== 0x74) return undefined;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  if (text.charCodeAt(13) !== 0x3a || !(hour <= 23 && minute <= 59)) return undefined;
  let ms = hour * 3_600_000 + minute * 60_000;
  let at = 16;
  if (text.charCodeAt(16) === 0x3a) {
    const second = digits(text, 17, 2);
    // 60 is a leap second, the first of the next minute as far as computers go.
    if (!(second <= 60)) return undefined;
    ms += second * 1000;
    at = 19;
    const point = text.charCodeAt(19);
    if (point === 0x2e || point === 0x2c) {
      let unit = 100;
      for (at = 20; isDigit(text.charCodeAt(at)); at++, unit /= 10) {
        if (unit >= 1) ms += (text.charCodeAt(at) - 0x30) * unit;
      }
      if (at === 20) return undefined;
    }
  }
  if (at === text.length) return ms;
  const offset = offsetMs(text, at);
  return offset === undefined ? undefined : ms - offset;
}

/** `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `+02`, after a space or not. */
function offsetMs(text: string, from: number): number | undefined {
  const at = text.charCodeAt(from) === 0x20 ? from + 1 : from;
  const sign = text.charCodeAt(at);
  if (sign !== 0x2b && sign !== 0x2d) {
    const zone = text.slice(at).toUpperCase();
    return zone === "Z" || zone === "UTC" || zone === "GMT" ? 0 : undefined;
  }
  const hours = digits(text, at + 1, 2);
  const hasColon = text.charCodeAt(at + 3) === 0x3a;
  const end = at + 3 === text.length ? at + 3 : at + (hasColon ? 6 : 5);
  const minutes = end === at + 3 ? 0 : digits(text, end - 2, 2);
  if (end !== text.length || !(hours <= 18 && minutes <= 59)) return undefined;
  return (hours * 60 + minutes) * (sign === 0x2d ? -60_000 : 60_000);
}

/** NaN unless all are digits. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - 0x30;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
