import { describe, expect, test } from "vitest";
import { type ClassEntry, decodeRecords, encodeRecords } from "./records.ts";

class Event {
  host = "h";
  inner: unknown;
  get shout() {
    return this.host.toUpperCase();
  }
}
class Hidden {
  #secret = 1;
  reveal() {
    return this.#secret;
  }
}
const classes = new Map<number, ClassEntry>([
  [3, { constructor: Event, hasPrivateFields: false }],
  [5, { constructor: Hidden, hasPrivateFields: true }],
]);

function roundTrip(records: unknown[]): unknown[] {
  return decodeRecords(encodeRecords(records, classes), classes) as unknown[];
}

describe("records as bytes", () => {
  test("one that isn't a list goes as V8 writes it, behind a mark", () => {
    const bytes = encodeRecords({ a: 1 }, classes);
    expect(bytes[0]).toBe(0);
    expect(bytes[1]).toBe(0xff); // V8's own header, with its version after it
    expect(decodeRecords(bytes, classes)).toEqual({ a: 1 });
  });

  test("instances come back with their class, wherever they are", () => {
    const nested = Object.assign(new Event(), { inner: new Event() });
    const records = [
      new Event(),
      [new Event()],
      { e: nested },
      new Map([["k", new Event()]]),
      new Set([new Event()]),
    ];
    const [alone, [inArray], { e }, map, set] = roundTrip(records) as [
      Event,
      [Event],
      { e: Event },
      Map<string, Event>,
      Set<Event>,
    ];
    for (const event of [alone, inArray, e, e.inner as Event, map.get("k")!, [...set][0]]) {
      expect(event).toBeInstanceOf(Event);
      expect(event.shout).toBe("H");
    }
  });

  test("an instance that refers to itself comes back so", () => {
    const event = new Event();
    event.inner = event;
    const [back] = roundTrip([event]) as [Event];
    expect(back.inner).toBe(back);
  });

  test("a record that refers to itself without instances is no endless walk", () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    const [back] = roundTrip([loop]) as [typeof loop];
    expect(back.self).toBe(back);
  });

  test("records that refer to each other in a chain, forth and back, are walked once", () => {
    interface Link {
      before?: Link;
      after?: Link;
    }
    const links: Link[] = Array.from({ length: 60 }, () => ({}));
    links.forEach((link, at) => Object.assign(link, { before: links[at - 1], after: links[at + 1] }));
    const [back] = roundTrip([links[0]]) as [Link];
    expect(back.after!.after!.before).toBe(back.after);
  });

  test("#private fields are refused with what to do", () => {
    expect(() => roundTrip([new Hidden()])).toThrow(/Hidden, whose #private fields.*make the fields public/);
  });
});
