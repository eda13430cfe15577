import { expect, test } from "vitest";
import { randomFrom } from "../../../tests/support/random.ts";
import { parseTime } from "../feeds/parse-time.ts";
import { isoTimeUs } from "./iso-time.ts";

function timeOf(text: string): number | undefined {
  const bytes = Buffer.from(` ${text} `);
  return isoTimeUs(bytes, 1, bytes.length - 1);
}

test.each([
  ["1970-01-01T00:00:00Z", 0],
  ["2026-11-23T01:02:03.456789Z", Date.UTC(2026, 10, 23, 1, 2, 3) * 1000 + 456_789],
  ["2026-11-23T01:02:03.1Z", Date.UTC(2026, 10, 23, 1, 2, 3) * 1000 + 100_000],
  ["2026-11-23T01:02:03.123456999Z", Date.UTC(2026, 10, 23, 1, 2, 3) * 1000 + 123_456],
  ["2024-02-29T23:59:59Z", Date.UTC(2024, 1, 29, 23, 59, 59) * 1000],
])("%s", (text, time) => {
  expect(timeOf(text)).toBe(time);
});

test.each([
  "2023-02-29T00:00:00Z",
  "2100-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-01-32T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:60:00Z",
  "2026-01-01T00:00:60Z",
  "2026-01-01T00:00:00.Z",
  "2026-01-01T00:00:00.1234567890Z",
  "2026-01-01T00:00:00+01:00",
  "2026-01-01 00:00:00Z",
  "2026-01-01T00:00:00",
  "202é-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "",
])("%j is left to the parser that knows more", (text) => {
  expect(timeOf(text)).toBeUndefined();
});

test("agrees with the parser of all times wherever it answers", () => {
  const random = randomFrom(11);
  let answers = 0;
  for (let round = 0; round < 5000; round++) {
    const bytes = Buffer.from(new Date(random(9e12)).toISOString());
    if (random(2) === 0) bytes[random(bytes.length)] = 0x30 + random(12);
    const time = timeOf(bytes.toString());
    if (time === undefined) continue;
    answers++;
    expect([bytes.toString(), Math.floor(time / 1000)]).toEqual([
      bytes.toString(),
      parseTime(bytes.toString()),
    ]);
  }
  expect(answers).toBeGreaterThan(2500);
});
