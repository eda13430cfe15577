import { describe, expect, test } from "vitest";
import { Timestamp } from "../timestamp.ts";
import { CalendarInterval } from "./calendar-interval.ts";
import { DayTimeInterval } from "./day-time-interval.ts";
import { Geography, Geometry } from "./shape.ts";
import { Time } from "./time.ts";
import { VariantVal } from "./variant-val.ts";
import { YearMonthInterval } from "./year-month-interval.ts";

describe("intervals", () => {
  test("keep every microsecond, and say their parts", () => {
    const interval = DayTimeInterval.of({ days: -1, hours: -2, minutes: -3, seconds: -4, microseconds: -5 });
    const { days, hours, minutes, seconds, microseconds } = interval;
    expect([days, hours, minutes, seconds, microseconds]).toEqual([-1, -2, -3, -4, -5]);
    expect(String(interval)).toBe("INTERVAL '-1 02:03:04.000005' DAY TO SECOND");
    expect(DayTimeInterval.of({ hours: 36 }).total("days")).toBe(1.5);
    expect(DayTimeInterval.of({ hours: 1 }) < DayTimeInterval.of({ minutes: 61 })).toBe(true);
    expect(JSON.stringify([new DayTimeInterval(0n)])).toBe(`["INTERVAL '0 00:00:00' DAY TO SECOND"]`);
  });

  test("of years and months", () => {
    const interval = YearMonthInterval.of({ years: -1, months: -2 });
    expect([interval.totalMonths, interval.years, interval.months]).toEqual([-14, -1, -2]);
    expect(String(interval)).toBe("INTERVAL '-1-2' YEAR TO MONTH");
  });

  test("of months, days and microseconds are as Spark shows them", () => {
    const interval = CalendarInterval.of({ years: 1, months: 2, weeks: 1, hours: -3, milliseconds: -500 });
    expect(String(interval)).toBe("1 years 2 months 7 days -3 hours -0.5 seconds");
    expect(String(CalendarInterval.of({}))).toBe("0 seconds");
  });

  test.each<[() => unknown, string, string]>([
    [
      () => DayTimeInterval.of({ days: 1.5 }),
      "days: 1.5.",
      "Pass whole numbers, smaller units for the rest.",
    ],
    [() => DayTimeInterval.of({ fortnights: 1 } as never), "was given fortnights.", "{ days: 1, hours: 2 }"],
    [() => new DayTimeInterval(2n ** 63n), "is too long.", "The longest has 2^63 - 1."],
    [() => new YearMonthInterval(2 ** 31), "isn't one.", "Pass a whole number below 2^31."],
    [() => new CalendarInterval(0.5, 0, 0n), "isn't one.", "Pass whole numbers below 2^31."],
  ])("refuse %o", (make, what, remedy) => {
    expect(make).toThrow(what);
    expect(make).toThrow(remedy);
  });
});

describe("a time of day", () => {
  test("keeps nanoseconds", () => {
    const time = Time.of("23:59:59.000000001");
    expect([time.hour, time.minute, time.second, time.nanosecond]).toEqual([23, 59, 59, 1]);
    expect([String(time), String(Time.of("7:05"))]).toEqual(["23:59:59.000000001", "07:05:00"]);
  });

  test.each(["24:00", "12:60", "noon", "1:2:3"])("%s is none", (text) => {
    expect(() => Time.of(text)).toThrow(`"${text}" is no time of a day.\nWrite it as in`);
    expect(() => new Time(-1)).toThrow("-1 nanoseconds after midnight is no time of a day.\nPass a whole");
  });
});

describe("a variant", () => {
  const wide = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i]));
  test.each([
    "null",
    "true",
    '{"a":[1,-200,70000,5000000000,null,false],"b":{"c":"é😀"}}',
    "12345678901234567890123456789.123456789",
    "123456789012345678901234567890",
    "1.5e300",
    `"${"x".repeat(70_000)}"`,
    `[${Array.from({ length: 1000 }, (_, i) => i).join(",")}]`,
    JSON.stringify(Object.fromEntries(Object.entries(wide).sort(([a], [b]) => (a < b ? -1 : 1)))),
  ])("of JSON says the same JSON: %.60s", (json) => {
    expect(VariantVal.parseJson(json).toJson()).toBe(json.replace("e300", "e+300"));
  });

  test("has JavaScript's values, and decimals exactly", () => {
    const { value, metadata } = VariantVal.of({ a: [1, "x", null], big: 9007199254740993n });
    expect(new VariantVal(value, metadata).toValue()).toEqual({ a: [1, "x", null], big: 9007199254740993n });
    expect(String(VariantVal.parseJson("1.20").toValue())).toBe("1.20");
    expect(VariantVal.parseJson('{"__proto__":1}').toJson()).toBe('{"__proto__":1}');
  });

  test("shows moments in the zone that is asked for", () => {
    const bytes = Buffer.alloc(9, 12 << 2);
    bytes.writeBigInt64LE(1_600_085_146_455_120n, 1);
    const moment = new VariantVal(bytes, Buffer.of(1, 0, 0));
    expect(moment.toJson()).toBe('"2020-09-14 12:05:46.45512+00:00"');
    expect(moment.toJson("Europe/Berlin")).toBe('"2020-09-14 14:05:46.45512+02:00"');
  });

  test("of other bytes is refused", () => {
    expect(() => new VariantVal(Buffer.of(2, 200), Buffer.of(1, 0, 0)).toValue()).toThrow(
      "These bytes are no VARIANT.\nPass the value and the metadata",
    );
    expect(() => new VariantVal("a" as never, "b" as never)).toThrow("two byte arrays.\nOf JSON");
    expect(() => VariantVal.parseJson("{")).toThrow(SyntaxError);
  });
});

test("a shape has its bytes and its reference system", () => {
  const shape = Geometry.fromWKB(Buffer.of(1, 2), 3857);
  expect([shape.getSrid(), [...shape.getBytes()], String(shape)]).toEqual([
    3857,
    [1, 2],
    "Geometry(0102, 3857)",
  ]);
  expect(Geography.fromWKB(Buffer.of(1)).getSrid()).toBe(4326);
  expect(() => new Geometry("x" as never, 0)).toThrow(
    "A shape is bytes and a whole number.\nPass its well-known",
  );
});

test("a moment beyond what a Date reaches still shows itself", () => {
  const far = new Timestamp(2n ** 63n - 1n);
  expect(JSON.stringify({ far })).toBe('{"far":"9223372036854775807 µs since 1970-01-01T00:00:00Z"}');
  expect(far.epochMicros).toBe(2n ** 63n - 1n);
});
