import { describe, expect, test } from "vitest";
import { sameKey } from "./hash-key.ts";
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
class Stamp extends Date {
  zone = "UTC";
  label() {
    return `${this.getTime()} ${this.zone}`;
  }
}
class Counts extends Map<string, unknown> {
  override get(name: string) {
    return super.get(name) ?? 0;
  }
}
class Path extends Array<unknown> {
  origin = "lake";
}
class Tags extends Set<unknown> {
  sorted() {
    return [...this].sort();
  }
}
class Refused extends Error {
  code: number;
  constructor(code: number) {
    super(`code ${code}`, { cause: new Event() });
    this.code = code;
  }
}
const classes = new Map<number, ClassEntry>([
  [3, { constructor: Event, hasPrivateFields: false }],
  [5, { constructor: Hidden, hasPrivateFields: true }],
  [6, { constructor: Stamp, hasPrivateFields: false }],
  [7, { constructor: Counts, hasPrivateFields: false }],
  [8, { constructor: Path, hasPrivateFields: false }],
  [9, { constructor: Tags, hasPrivateFields: false }],
  [10, { constructor: Refused, hasPrivateFields: false }],
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

  test("instances of classes that extend Date, Map, Array, Set and Error keep what is inside them", () => {
    const counts = new Counts([["inner", new Event()]]);
    counts.set("self", counts);
    const records = [
      new Stamp(5),
      counts,
      Path.from(["a", new Event()]),
      new Tags(["b", "a"]),
      new Refused(7),
    ];
    const [stamp, map, path, tags, refused] = roundTrip(records) as [Stamp, Counts, Path, Tags, Refused];
    expect(stamp).toBeInstanceOf(Stamp);
    expect(stamp.label()).toBe("5 UTC");
    expect(map).toBeInstanceOf(Counts);
    expect([map.size, map.get("self") === map, map.get("other")]).toEqual([2, true, 0]);
    expect((map.get("inner") as Event).shout).toBe("H");
    expect(path).toBeInstanceOf(Path);
    expect([path.length, path[0], path.origin]).toEqual([2, "a", "lake"]);
    expect(path[1]).toBeInstanceOf(Event);
    expect(tags.sorted()).toEqual(["a", "b"]);
    expect(refused).toBeInstanceOf(Refused);
    expect([refused.message, refused.code, refused.stack?.split("\n")[0]]).toEqual([
      "code 7",
      7,
      "Error: code 7",
    ]);
    expect(refused.cause).toBeInstanceOf(Event);
  });

  test("an address of the web comes back as one, also in a key", () => {
    const [[url, query]] = roundTrip([[new URL("http://a.example/b?c=1"), new URLSearchParams("d=2")]]) as [
      [URL, URLSearchParams],
    ];
    expect(url.pathname).toBe("/b");
    expect(query.get("d")).toBe("2");
    expect(sameKey(url, new URL("http://a.example/b?c=1"))).toBe(true);
    expect(sameKey(url, new URL("http://a.example/"))).toBe(false);
  });

  test("#private fields are refused with what to do, of classes that the job doesn't know too", () => {
    class Unknown {
      #secret = 1;
      reveal() {
        return this.#secret;
      }
    }
    for (const record of [new Hidden(), [new Unknown()], { inner: new Headers() }]) {
      expect(() => roundTrip([record])).toThrow(
        /(Hidden|Unknown|Headers), whose #private fields.*make the fields public/,
      );
    }
  });

  test("what is no data is refused by name, and what is nested too deep", () => {
    const deep = Array.from({ length: 50_000 }).reduce<unknown>((inner) => ({ inner }), 1);
    for (const [record, what] of [
      [() => 1, "() => 1 could not be cloned."],
      [{ later: Promise.resolve(1) }, "#<Promise> could not be cloned."],
      [deep, "A record is nested too deep."],
    ] as const) {
      expect(() => roundTrip([record])).toThrow(`${what} Records are data: numbers, text, arrays,`);
    }
  });
});
